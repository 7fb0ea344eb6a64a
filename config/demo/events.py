"""The entry of a seeding: which accounts and cases it made."""

from __future__ import annotations

from ledger.events import EventKind, Payload, event


@event("config.demo.seeded", kind=EventKind.CHANGE, words="Made demonstration accounts and cases")
class DemoSeeded(Payload):
    """User names of the accounts and keys of the offices that were missing, and the cases made."""

    accounts: tuple[str, ...]
    offices: tuple[str, ...]
    cases: tuple[str, ...]


@event("config.demo.copied", kind=EventKind.CHANGE, words="Copied demonstration cases in at full size")
class DemoCopied(Payload):
    """How many cases and assessments were asked for, by which seed, and how many cases were added."""

    cases: int
    assessments: int
    seed: int
    added: int
