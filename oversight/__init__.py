"""Finding and comparing what the record and the log hold, for auditors.

Everything here describes: it proposes nothing, orders nothing by outcome, and computes nothing about a person. The room
has no table of its own and writes nothing but the entry of each reading. Cases that the law masks (8 U.S.C. 1367, 8 CFR
208.6) are in no list and in no office's count, as in an export; a count of fewer than ten is not told (`cells`).
"""
