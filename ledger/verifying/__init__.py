"""Checking the whole log where it lies, as the application's role, in steps of a bounded size.

- `rows`    every entry: bytes, columns, disclosures, its leaf, its number in its case
- `chains`  every case: numbers without gaps, running hashes
- `leaves`  the tree: indexes, stored nodes, every checkpoint's root
- `signed`  checkpoints, their signatures, the batches of the sealer, and what was published
- `frozen`  frozen months against the entries that told of them
- `guards`  the triggers and functions that keep the tables as they are
- `times`   what entries say of their time against the order in which they were sealed
- `report`  all of them, counted

Nothing stops at the first break: everything is looked at, and each finding is classified. Entries that are written
meanwhile are counted as not sealed yet, or not looked at.
"""
