"""What no check of this log can tell, said wherever a check is offered. Whoever reads "it holds" must know what for."""

from __future__ import annotations

from typing import Final

CANNOT_BE_DETECTED: Final[tuple[str, ...]] = (
    "The newest change of a case that is not sealed yet: whoever owns the database can take it away, since nothing"
    " after it depends on it.",
    "An entry without a case (a search, a sign-in, an export) that is not sealed yet: nothing ties it to its neighbours"
    " until then.",
    "A case's chain that the owner of the database recomputed, number by number, before its entries were sealed.",
    "Two changes of one case, written within five minutes of each other, whose numbers in the case the owner of the"
    " database exchanged and whose chain was recomputed, also after the seal: the tree fixes every entry and its index,"
    " not its number in the case. Where order matters, go by the index.",
    "What was never written: the log shows what the system recorded, not what happened outside of it or what somebody"
    " chose not to record.",
    "A false statement that was recorded as it was made: the log proves that it was made and in which order, not that"
    " it is true.",
    "An entry in somebody else's name: whoever owns the database, or has the password that the application has to it,"
    " can write one as of now. Entries are tied to each other, not signed by the people they name.",
    "Which entries an export should have held: its index shows how many entries of the range are there as hashes only,"
    " not whether the filter left them out or the exporter did; nor whether the range is all of the days asked for,"
    " unless the export before it ends, and the one after it begins, where this one does.",
    "What the manifest and the tables (decisions.*, the dictionary) say in the exporter's own words: nobody signed"
    " them. Count from the entries, or compare the digest of the export with the one that the log keeps of it.",
    "A value that an export withholds: that there is one can be seen, not whether a mask or the exporter took it.",
    "A witness's cosignature that was taken away, and one whose key you do not know.",
    "Triggers and functions that the owner of the database replaced for a while and put back: the check of the database"
    " sees how they stand now.",
)
"""Each as a sentence. The first three end with the seal: `SEALED_WITHIN` is their bound."""

SEALED_WITHIN: Final = (
    "Entries are sealed about four times a second, so that the first three of these are possible for that long; longer"
    " only while a seal waits for an open transaction (at most 30 seconds) or the sealer stands still, which the"
    " operator sees as seal lag."
)
PUBLISHED_WITHIN: Final = (
    "Until a checkpoint has left the machine, one who has the database and the signing key could still make another"
    " history. Checkpoints leave it every few seconds; those that a witness co-signed, or that you kept, cannot be"
    " taken back. Compare with one of them."
)
TIME: Final = (
    "The time in an entry is the application's own, within five seconds of the database's; one that the owner of the"
    " database wrote past that rule is named only when it is five minutes off from those around it. That an entry"
    " existed by a certain day is proved only by a witness's cosignature, which has a time of its own."
)
ERASED: Final = (
    "A value that was erased by order stays erased: its commitment proves that there was one, and the entry of the"
    " erasure who ordered it, but not what it said."
)


def all_sentences() -> list[str]:
    """Everything above in the order in which a page shows it."""
    return [*CANNOT_BE_DETECTED, SEALED_WITHIN, PUBLISHED_WITHIN, TIME, ERASED]
