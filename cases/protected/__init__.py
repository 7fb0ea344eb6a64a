"""What no decision may be made of: in schema `protected`, reached only through functions of schema `gate`.

Invariants: nothing here reads a value back; a value lives no longer than the call that hands it over, and
never reaches a log line, an entry of the decision log, a cache or a session.
"""
