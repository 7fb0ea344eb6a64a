"""The record as a file of ours: the types of its lines, how rows become lines and back, and the verb that writes it.

Invariants: what the account may not see is not in the file, not even as a number; protected values are never in
it, since this code cannot read them; the same record gives the same bytes; every file has its entry in the log.
"""
