"""Why an entry was refused. Nothing here is shown to a visitor as it stands; all of it stops the change."""

from __future__ import annotations


class LedgerError(Exception):
    """An entry could not be written; the change that it tells of must not happen either."""


class UnknownEvent(LedgerError):
    """The payload's class was never registered with `ledger.events.event`."""


class PayloadRefused(LedgerError):
    """The payload, subject or edition does not fit what an entry may hold."""


class NoTransaction(LedgerError):
    """`append` was called outside `transaction.atomic()`, so change and proof could not commit together."""


class CaseContended(LedgerError):
    """Other writers took the next number of the same case too many times in a row; the whole action may be
    retried.
    """


class DisclosureAltered(LedgerError):
    """A disclosed value does not fit its commitment in the entry's bytes; it must not be shown as what was
    written.
    """
