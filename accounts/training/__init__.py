"""Training of officers: course, edition, date, expiry. Recorded by supervisors, by hand or from CSV.

Rows are insert-only.

Lapsed training is never a dead end: the officer may sign, and the supervisor co-signs.
"""
