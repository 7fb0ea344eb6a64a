"""Demonstration data: offices, accounts and invented persons.

Invariants: only with DEBUG on; every name, number and place of business is made up; persons come in through
the verbs of `cases`, so that each step has its entry; running it again adds only what is missing.
"""
