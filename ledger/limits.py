"""What no check of this log can tell, said wherever a check is offered. Whoever reads "it holds" must know what for."""

from __future__ import annotations

from typing import Final

CANNOT_BE_DETECTED: Final[tuple[str, ...]] = (
    "The newest change of a case that is not sealed yet: whoever owns the database can take it away, since nothing"
    " after it depends on it.",
    "An entry without a case (a search, a sign-in, an export) that is not sealed yet: nothing ties it to its neighbours"
    " until then.",
    "A case's chain that the owner of the database recomputed, number by number, before its entries were sealed.",
    "What was never written: the log shows what the system recorded, not what happened outside of it or what somebody"
    " chose not to record.",
    "A false statement that was recorded as it was made: the log proves that it was made, by which account and in which"
    " order, not that it is true.",
)
"""Each as a sentence. The first three end with the seal: `SEALED_WITHIN` is their bound."""

SEALED_WITHIN: Final = (
    "Entries are sealed about four times a second, so that these three are possible for that long; longer only while a"
    " seal waits for an open transaction (at most 30 seconds) or the sealer stands still, which the operator sees as"
    " seal lag."
)
PUBLISHED_WITHIN: Final = (
    "Until a checkpoint has left the machine, one who has the database and the signing key could still make another"
    " history. Checkpoints leave it every few seconds; those that a witness co-signed, or that you kept, cannot be"
    " taken back. Compare with one of them."
)
TIME: Final = (
    "The time in an entry is the application's own, within five seconds of the database's. That an entry existed by a"
    " certain day is proved only by a witness's cosignature, which has a time of its own."
)
ERASED: Final = (
    "A value that was erased by order stays erased: its commitment proves that there was one, and the entry of the"
    " erasure who ordered it, but not what it said."
)


def all_sentences() -> list[str]:
    """Everything above in the order in which a page shows it."""
    return [*CANNOT_BE_DETECTED, SEALED_WITHIN, PUBLISHED_WITHIN, TIME, ERASED]
