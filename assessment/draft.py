"""What the rules look at: one decision on one assessment, with the record as it stands. Plain data, no queries.

`facts` holds every fact of the case by its current reference `kind:id:version`; a pin that names an older version is
found by `fact()` and is not current.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assessment.answers import list_of, text_of
from assessment.fields import DECISION_STEP, FACT_STEPS, PRIORITY_STEPS, factor_name, known_values
from assessment.returning import RETURN_STEP, PointAnswered, why_name
from assessment.stops.halt import Halt
from cases.screening.words import Word
from cases.selectors import EvidenceView, FactView
from policy.editions import Edition


def died(ref: str, fact: FactView) -> bool:
    """Whether a pin died: it names a version whose protected words were taken out since. It is pinned anew, or not."""
    version = ref.rpartition(":")[2]
    return bool(fact.words_until) and version.isdecimal() and int(version) <= fact.words_until


def steps_asked(priorities_in_force: bool) -> tuple[str, ...]:
    """The fact steps of a day with or without priorities in force."""
    if priorities_in_force:
        return FACT_STEPS
    return tuple(step for step in FACT_STEPS if step not in PRIORITY_STEPS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    edition: Edition
    # False on a day without department priorities: findings and criteria fall away, the rest of the assessment stays.
    priorities_in_force: bool
    day: datetime.date
    decision_type: str
    direction: str
    answers: Mapping[str, Any]
    facts: Mapping[str, FactView]
    evidence: Mapping[str, EvidenceView]
    status_complete: bool
    dispute_source: bool = False
    stop_signs: Sequence[Halt] = ()
    # 8 U.S.C. 1367 protects the person; some places then ask for a certificate.
    protected_1367: bool = False
    fear_voiced: bool = False
    # The guidance is not what it was when the author began the draft or last re-affirmed it.
    policy_moved: bool = False
    # Of a returned decision: the points with their answers, and the sections that differ from what was returned.
    return_points: Sequence[PointAnswered] = ()
    changed_sections: frozenset[str] = frozenset()
    # What the screen found in the free texts, by field; contested words say so.
    words: Mapping[str, tuple[Word, ...]] = field(default_factory=dict)

    @property
    def outcome(self) -> str:
        return self.text("outcome")

    @property
    def acts(self) -> bool:
        return self.outcome == "act"

    @property
    def adverse(self) -> bool:
        """Whether acting in this direction bears on the person; declining never does."""
        return self.acts and self.edition.decision_type(self.decision_type).adverse(self.direction)

    @property
    def mandated(self) -> bool:
        """Whether a statute is said to leave no choice: the lane that only some decision types have."""
        return (
            self.edition.decision_type(self.decision_type).mandate_lane
            and self.direction == "do"
            and self.text("lane") == "mandated"
        )

    @property
    def needs_second_review(self) -> bool:
        """Acting while no priority is found goes past a second supervisor."""
        return self.adverse and self.priorities_in_force and not self.any_priority_found and not self.mandated

    @property
    def steps(self) -> tuple[str, ...]:
        """The fact steps that apply on this day."""
        return steps_asked(self.priorities_in_force)

    def text(self, name: str) -> str:
        """A text, or the key of a coded answer; an answer that the edition does not know is no answer."""
        value = text_of(self.answers, name)
        known = known_values(self.edition).get(name)
        return value if known is None or value in known else ""

    def picked(self, name: str) -> list[str]:
        """The picks of a field, without those that the edition does not know."""
        known = known_values(self.edition).get(name)
        return [value for value in list_of(self.answers, name) if known is None or value in known]

    def fact(self, ref: str) -> FactView | None:
        """The fact that a pin names: the one of that version, or the current one when the version is older."""
        if ref in self.facts:
            return self.facts[ref]
        stem = ref.rpartition(":")[0]
        return next((fact for key, fact in self.facts.items() if key.rpartition(":")[0] == stem), None)

    def pinned(self, name: str) -> list[FactView]:
        """The facts pinned in one field; a pin whose fact is gone gives nothing."""
        found = ((ref, self.fact(ref)) for ref in self.picked(name))
        return [fact for ref, fact in found if fact is not None and not died(ref, fact)]

    def pin_fields(self) -> list[str]:
        """Every field of this decision that can hold pins and applies to the present answers."""
        if self.mandated:
            return ["mandate_predicate"]
        names = ["consequences_pins", "opposite_pins", "rationale_pins"]
        if self.priorities_in_force:
            if self.text("national_security_finding") == "found":
                names.append("national_security_conduct")
            if self.text("border_security_finding") == "found":
                names.append("border_security_facts")
            if self.text("public_safety_finding") == "found":
                names.append("public_safety_last_conduct")
        if self.text("dispute") == "yes":
            names.append("dispute_pins")
        names += [
            factor_name(factor.key, "pins")
            for factor in self.edition.factors
            if self.text(factor_name(factor.key, "presence")) == "present"
        ]
        return names

    def spoken(self) -> list[tuple[str, str]]:
        """The free texts that are part of the decision as it stands, as step and field."""
        texts = [
            ("consequences", "consequences"),
            (DECISION_STEP, "opposite_case"),
            (DECISION_STEP, "rationale"),
        ]
        if self.text("public_safety_finding") == "found":
            texts.insert(0, ("public-safety", "public_safety_why_current"))
        if self.needs_second_review:
            texts.append((DECISION_STEP, "no_priority_ground"))
        texts += [
            ("factors", factor_name(factor.key, "why"))
            for factor in self.edition.factors
            if self.text(factor_name(factor.key, "presence")) == "present"
        ]
        given = [(step, name) for step, name in texts if self.text(name)]
        return given + [(RETURN_STEP, why_name(one.ordinal)) for one in self.return_points if one.why]

    def spoken_words(self) -> list[tuple[str, Word]]:
        """What the screen found in the texts of the decision, by field, contested words included."""
        return [(name, word) for _, name in self.spoken() for word in self.words.get(name, ())]

    def carrying(self) -> list[FactView]:
        """The facts that an action rests on: pinned to the reasons, the findings and the present aggravating factors.

        What speaks for the other outcome carries no action, however good its evidence is.
        """
        carries = {factor_name(factor.key, "pins") for factor in self.edition.factors_of("aggravating")} | {
            "rationale_pins",
            "public_safety_last_conduct",
            "national_security_conduct",
            "border_security_facts",
            "mandate_predicate",
        }
        return [fact for field in self.pin_fields() if field in carries for fact in self.pinned(field)]

    def findings(self) -> dict[str, str]:
        """The answers to the three priority questions, by priority; empty on a day without priorities."""
        if not self.priorities_in_force:
            return {}
        return {
            key: self.text(f"{key}_finding")
            for key in ("national_security", "public_safety", "border_security")
        }

    @property
    def any_priority_found(self) -> bool:
        return "found" in self.findings().values()

    def reviewed_records(self) -> set[str]:
        """Record kinds that were obtained and read."""
        reviewed = {state.key for state in self.edition.record_states if state.counts_as_reviewed}
        return {
            kind.key
            for kind in self.edition.record_kinds
            if self.text(f"record_{kind.key}_state") in reviewed
        }
