"""Records, evidence, sources and the other closed lists that a case is described with."""

from __future__ import annotations

from .base import ClauseId, Key, OptionalWords, Part, Term, Words


class RecordKind(Part):
    """A record that the edition asks officers to obtain and review as far as they can."""

    key: Key
    label: Words
    hint: OptionalWords = ""
    clauses: tuple[ClauseId, ...]


class RecordState(Term):
    """Where the search for a record stands, and which further answers that state needs."""

    needs_date: bool = False
    needs_reason: bool = False
    counts_as_reviewed: bool = False


class EvidenceKind(Term):
    """A kind of evidence. ``alone_insufficient`` kinds cannot carry an action by themselves."""

    alone_insufficient: bool = False


class SourceRelation(Term):
    """Who a source is to the person. The flags start a check; they decide nothing."""

    prohibited_1367: bool = False
    dispute_source: bool = False


class AlienageBasis(Term):
    """What shows that a person is a noncitizen. ``independent``: not the person's own word."""

    independent: bool = False


class Charge(Part):
    """A charge of removability: the label of a statute, never a factor."""

    key: str
    label: Words
    statute: str
    code: str
    other: bool = False


class ActionPlace(Term):
    """Where an action is planned. ``protected_239e``: INA 239(e) asks for a certificate in a protected case."""

    protected_239e: bool = False
