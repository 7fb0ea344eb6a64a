"""Cover after hours: a supervisor of another office takes the urgent decisions of this one between two moments.

Invariants: cover is set by a supervisor of the covered office and is an entry; it opens urgent decisions only, never a
restricted case, and one by one; each that is taken is an entry and is marked as cover wherever it is shown.
"""
