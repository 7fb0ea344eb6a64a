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
    """How many cases and assessments were asked for, by which seed, how many cases were added, and how many of the
    newest have entries of their own.
    """

    cases: int
    assessments: int
    seed: int
    added: int
    newest: int = 0


@event("config.demo.record_copied", kind=EventKind.CHANGE, words="Copied a part of an invented record in")
class DemoRecordCopied(Payload):
    """Which part of the record (case, assessment, answers, decision, version), how many lines it has, and the SHA-256
    of those lines as they were copied: whoever makes the demonstration anew from its seed can compare.
    """

    part: str
    lines: int
    digest: str
