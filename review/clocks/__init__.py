"""Clocks of review: reminders that are rows, swept every fifteen seconds, and the notifications that they leave.

Invariants: a reminder is a row of the signature's transaction, so that neither a lost broker nor a killed worker loses
it; sending it twice leaves one notification; no clock ever decides, approves, returns or releases anything.
"""
