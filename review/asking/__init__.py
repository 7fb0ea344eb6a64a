"""Escalating a question: the reviewing supervisor asks another one, with a reason, and gets an answer.

Invariants: asking moves no state and answering neither; the decision stays with who reviews it, who still gives an own
answer and an own reason. Nobody is asked about a decision that they wrote, and nobody who has yet to record a view of
their own reads what was asked.
"""
