"""Import of extracts: reading, mapping by layout, comparing with the record, writing in batches.

Invariants: a row that cannot be read is set aside with its line number and reason and never stops the others;
each batch is one transaction with one entry for each case that it creates or changes; running a file again
changes no record; protected columns go through `cases.protected.gate` and nowhere else; memory does not grow
with the file.
"""
