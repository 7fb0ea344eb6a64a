"""An edition: everything that one piece of guidance says, frozen, with look-ups by key."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Annotated, Protocol, TypeVar

from pydantic import StringConstraints

from . import digests
from .base import NOT_RULE, Part, Term, Words
from .clauses import Citation, Clause, Heading, NarrowException, ProtectedAttribute
from .decisions import DecisionType, ReviewRegime
from .factors import Factor, Side
from .priorities import Criterion, Priority
from .questions import Question, Step
from .records import (
    ActionPlace,
    AlienageBasis,
    Charge,
    EvidenceKind,
    RecordKind,
    RecordState,
    SourceRelation,
)


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


_K = TypeVar("_K", bound=_Keyed)


class Edition(Part):
    """One edition of the guidance. Its key is the day on which it was signed."""

    key: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    title: Words
    short_title: Words
    issuer: Words
    component: str
    signed: date
    effective: date
    review_by: Annotated[date, NOT_RULE]
    supersedes: tuple[str, ...]
    form_from: str = ""
    summary: Words
    no_private_right: Words

    parts: Annotated[tuple[Heading, ...], NOT_RULE]
    clauses: tuple[Clause, ...]
    citations: Annotated[tuple[Citation, ...], NOT_RULE]
    protected_attributes: tuple[ProtectedAttribute, ...]
    narrow_exception: NarrowException

    priorities: tuple[Priority, ...]
    criteria: tuple[Criterion, ...]
    factors: tuple[Factor, ...]
    decision_types: tuple[DecisionType, ...]
    review_regime: ReviewRegime

    record_kinds: tuple[RecordKind, ...]
    record_states: tuple[RecordState, ...]
    unavailable_reasons: tuple[Term, ...]
    evidence_kinds: tuple[EvidenceKind, ...]
    source_relations: tuple[SourceRelation, ...]
    action_places: tuple[ActionPlace, ...]
    alienage_bases: tuple[AlienageBasis, ...]
    charges: tuple[Charge, ...]
    citizenship_indicia: tuple[Term, ...]
    referral_sources: tuple[Term, ...]
    presence_states: tuple[Term, ...]
    weights: tuple[Term, ...]
    findings: tuple[Term, ...]
    dispute_answers: tuple[Term, ...]
    dispute_kinds: tuple[Term, ...]
    yes_no_unknown: tuple[Term, ...]
    outcomes: tuple[Term, ...]

    steps: tuple[Step, ...]
    questions: tuple[Question, ...]

    @classmethod
    def kept(cls, content: str, content_digest: str, rules_digest: str) -> Edition:
        """An edition from bytes that were kept, under the digests that it was kept by.

        A later release may know more fields than the bytes have; the identity stays the one that decisions carry.
        Raises ValueError when the bytes are not those of the digest.
        """
        if hashlib.sha256(content.encode()).hexdigest() != content_digest:
            raise ValueError(f"the kept content {content_digest[:12]} is not what its digest says")
        edition = cls.model_validate_json(content)
        edition.__dict__.update(content_digest=content_digest, rules_digest=rules_digest)
        return edition

    @cached_property
    def content_bytes(self) -> bytes:
        """The canonical JSON of the whole edition."""
        return digests.content_bytes(self)

    @cached_property
    def rules_digest(self) -> str:
        """SHA-256 (hex) of what the edition asks: parameters, keys, criteria, needed answers, dates."""
        return digests.rules_digest(self)

    @cached_property
    def content_digest(self) -> str:
        """SHA-256 (hex) of the whole edition, wording and citations included."""
        return digests.content_digest(self)

    @cached_property
    def _clauses(self) -> dict[str, Clause]:
        # A rule of the product names a clause of the form's edition; here it finds the clause that is like it.
        like = {one: clause for clause in reversed(self.clauses) for one in clause.like}
        return {**like, **{clause.id: clause for clause in self.clauses}}

    @cached_property
    def _questions(self) -> dict[str, Question]:
        return {question.key: question for question in self.questions}

    @cached_property
    def _factors(self) -> dict[str, Factor]:
        return {factor.key: factor for factor in self.factors}

    def _find(self, kind: str, items: Iterable[_K], key: str) -> _K:
        for item in items:
            if item.key == key:
                return item
        raise KeyError(f"edition {self.key} has no {kind} {key!r}")

    def clause(self, clause_id: str) -> Clause:
        """Return a clause by its id, as in ``II.B#13``, or by the id of the form's clause that it is like.

        All look-ups raise KeyError for what is not there.
        """
        try:
            return self._clauses[clause_id]
        except KeyError:
            raise KeyError(f"edition {self.key} has no clause {clause_id!r}") from None

    def clauses_of(self, part: str) -> tuple[Clause, ...]:
        """The clauses of one part, in order."""
        return tuple(clause for clause in self.clauses if clause.part == part)

    def question(self, key: str) -> Question:
        """Return a question by its field key."""
        try:
            return self._questions[key]
        except KeyError:
            raise KeyError(f"edition {self.key} has no question {key!r}") from None

    def options(self, key: str) -> tuple[Term | Charge, ...]:
        """The answers that a question allows; empty for texts, dates and pins."""
        question = self.question(key)
        if question.options_from is None:
            return question.options
        of_priority, grounds, _ = question.options_from.partition("_grounds")
        if grounds:
            return self.priority(of_priority).grounds
        listed: tuple[Term | Charge, ...] = getattr(self, question.options_from)
        return listed

    def option_label(self, key: str, value: str) -> str:
        """Words of one answer of a question."""
        return self._find(f"answer to {key}", self.options(key), value).label

    def factor(self, key: str) -> Factor:
        """Return a factor by its key."""
        try:
            return self._factors[key]
        except KeyError:
            raise KeyError(f"edition {self.key} has no factor {key!r}") from None

    def factors_of(self, side: Side) -> tuple[Factor, ...]:
        """The factors of one side, in the edition's order."""
        return tuple(factor for factor in self.factors if factor.side == side)

    def decision_type(self, key: str) -> DecisionType:
        return self._find("decision type", self.decision_types, key)

    def priority(self, key: str) -> Priority:
        return self._find("priority", self.priorities, key)

    def criterion(self, key: str) -> Criterion:
        return self._find("criterion", self.criteria, key)

    def step(self, key: str) -> Step:
        return self._find("step", self.steps, key)

    def citation(self, key: str) -> Citation:
        return self._find("citation", self.citations, key)

    def record_kind(self, key: str) -> RecordKind:
        return self._find("record kind", self.record_kinds, key)

    def record_state(self, key: str) -> RecordState:
        return self._find("record state", self.record_states, key)

    def evidence_kind(self, key: str) -> EvidenceKind:
        return self._find("evidence kind", self.evidence_kinds, key)

    def source_relation(self, key: str) -> SourceRelation:
        return self._find("source relation", self.source_relations, key)

    def alienage_basis(self, key: str) -> AlienageBasis:
        return self._find("alienage basis", self.alienage_bases, key)

    def charge(self, key: str) -> Charge:
        return self._find("charge", self.charges, key)
