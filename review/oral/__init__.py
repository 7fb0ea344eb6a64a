"""Oral approval: what a supervisor said when something could not wait, written down with its own time.

Invariants: it is no review and moves no state; the decision stays in review, is marked as approved orally until the
supervisor who said it confirms or returns it by the ordinary form, and no clock ever confirms it. Nobody approves their
own decision orally, nor does whoever stands in for the author.
"""
