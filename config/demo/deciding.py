"""How the demo officers and supervisors decide: the same verbs as on the pages, each step with its entry.

`Told` holds what an officer answers, with pins as kinds of facts; `Deciding` saves it page by page, signs and reviews.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from accounts.models import User
from assessment import services
from assessment.answers import Answers
from assessment.errors import RulesUnmet
from assessment.fields import DECISION_STEP, FACT_STEPS, all_fields, factor_name
from assessment.models import Assessment, Decision, StepAnswers
from cases.models import Case, ScreenedText
from cases.selectors import facts_of
from cases.services import raise_contest
from config.demo.days import on_day
from config.demo.recorder import Recorder, day
from ledger.clock import policy_date
from policy.services import current
from review import services as review
from review.regime.decide_first import SecondLook, is_withheld
from review.regime.viewing import record_view

Pins = tuple[str, ...]
READ: Final = "obtained_reviewed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Present:
    """A factor that is present: its weight in words, the kinds of facts pinned to it, why, and its subtypes."""

    weight: str
    pins: Pins
    why: str = ""
    subtypes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """The answers of one officer. A factor that is neither present nor looked for was not looked for."""

    read_on: str
    outcome: str
    consequences: str
    consequences_pins: Pins
    opposite: str
    opposite_pins: Pins
    reasons: str
    reasons_pins: Pins
    factors: Mapping[str, Present]
    # Factors that were looked for and not found, with the record that was read.
    looked: Mapping[str, str] = field(default_factory=dict)
    # Records that were not read: kind to state, day and reason.
    records: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    # Why the threat is current, and the conduct; without it public safety is not found.
    threat: str = ""
    conduct: Pins = ()
    dispute: tuple[str, ...] = ()
    more: Mapping[str, str] = field(default_factory=dict)


class Deciding:
    """One decision on the case of `one`; `users` are the demo accounts by name."""

    def __init__(self, one: Recorder, users: Mapping[str, User]) -> None:
        self.users = users
        self.officer = one.user
        self.who: dict[str, Any] = {"actor": one.actor, "user": one.user}
        self.case: Case = one.case

    def begin(self, kind: str, direction: str = "do") -> None:
        # The record was written by other verbs meanwhile; the case is read again.
        self.case = Case.objects.get(pk=self.case.pk)
        self.assessment, self.decision = services.start_assessment(
            **self.who, case=self.case, decision_type=kind, direction=direction
        )

    def answer(self, told: Told, *, steps: Sequence[str] = (*FACT_STEPS, DECISION_STEP)) -> None:
        """Save the pages one by one, by the button, as far as `steps` go."""
        given = self._answers(told)
        edition, _ = current()
        for step in steps:
            mine: Answers = {name: given[name] for name in all_fields(edition, step) if name in given}
            shared: dict[str, Any] = {**self.who, "answers": mine, "page": "", "by_button": True}
            if step == DECISION_STEP:
                self._reread()
                services.save_decision(decision=self.decision, version=self.decision.version, **shared)
            else:
                row = StepAnswers.objects.get(assessment=self.assessment, step=step)
                assessment = Assessment.objects.get(pk=self.assessment.pk)
                services.save_step(assessment=assessment, step=step, version=row.version, **shared)
        self._reread()

    def sign(self) -> None:
        services.sign_decision(**self.who, decision=self.decision)
        self._reread()

    def sign_with_contest(self, name: str, category: str) -> None:
        """Signing is refused for words of the field `name`; the officer says why they may stand, and signs."""
        try:
            services.sign_decision(**self.who, decision=self.decision)
        except RulesUnmet:
            text = ScreenedText.objects.get(row_id=self.decision.pk, field=name)
            for found in text.findings:
                raise_contest(
                    **self.who, case=self.case, screened=text.pk, key=found["key"], category=category
                )
            services.sign_decision(**self.who, decision=self.decision)
        self._reread()

    def approve(self, by: str, answer: str, reason: str) -> None:
        opened = self._opened(by)
        look = self._view(opened, self.decision.versions.get(number=opened["number"]).outcome, reason)
        review.approve(**opened, look=look, answer=answer, reason=reason, acknowledged=True, cosigned=True)
        self._reread()

    def give_back(self, by: str, answer: str, reason: str, *points: tuple[str, str]) -> None:
        """Return it with points, each a section and what to do."""
        opened = self._opened(by)
        review.return_decision(
            **opened,
            look=self._view(opened, "cannot_tell", reason),
            answer=answer,
            reason=reason,
            acknowledged=True,
            points=[review.Point(about, text) for about, text in points],
        )
        self._reread()

    def carried_out(self, on: str, note: str) -> None:
        services.record_execution(**self.who, decision=self.decision, carried_out=True, on=day(on), note=note)

    def _opened(self, by: str) -> dict[str, Any]:
        """Nobody reviews what they have not opened."""
        user = self.users[by]
        review.note_opened(actor=user.actor(), decision=self.decision)
        return {
            "actor": user.actor(),
            "user": user,
            "decision": self.decision,
            "number": self.decision.signed_number,
        }

    def _view(self, opened: dict[str, Any], view: str, reason: str) -> SecondLook | None:
        """The view that is recorded first where the draw says so, and kept."""
        if not is_withheld(opened["user"], self.decision):
            return None
        record_view(**opened, view=view, reason=reason)
        return SecondLook(view, "")

    def _reread(self) -> None:
        self.decision = Decision.objects.select_related("created_by").get(pk=self.decision.pk)

    def _pins(self, kinds: Pins) -> list[str]:
        return sorted(fact.ref for fact in facts_of(self.case, policy_date()) if fact.kind in kinds)

    def _answers(self, told: Told) -> dict[str, str | list[str]]:
        edition, _ = current()
        given: dict[str, str | list[str]] = {
            "national_security_finding": "not_found",
            "public_safety_finding": "found" if told.threat else "not_found",
            "border_security_finding": "not_found",
            "dispute": "yes" if told.dispute else "no",
            "consequences": told.consequences,
            "consequences_pins": self._pins(told.consequences_pins),
            "outcome": told.outcome,
            "opposite_case": told.opposite,
            "opposite_pins": self._pins(told.opposite_pins),
            "rationale": told.reasons,
            "rationale_pins": self._pins(told.reasons_pins),
        }
        if told.threat:
            given["public_safety_why_current"] = told.threat
            given["public_safety_last_conduct"] = self._pins(told.conduct)
        if told.dispute:
            given["dispute_kind"] = list(told.dispute)
            given["dispute_pins"] = self._pins(("role",))
        for kind in edition.record_kinds:
            state, on, why = told.records.get(kind.key, (READ, told.read_on, ""))
            named = {"state": state, "on": on, "reason": why}
            given |= {f"record_{kind.key}_{part}": value for part, value in named.items() if value}
        for factor in edition.factors:
            given |= self._factor(factor.key, told)
        return given | dict(told.more)

    def _factor(self, key: str, told: Told) -> dict[str, str | list[str]]:
        found = told.factors.get(key)
        if found is not None:
            parts: dict[str, str | list[str]] = {
                "presence": "present",
                "weight": found.weight,
                "pins": self._pins(found.pins),
                "why": found.why,
                "subtype": list(found.subtypes),
            }
            return {factor_name(key, part): value for part, value in parts.items() if value}
        if key in told.looked:
            return {
                factor_name(key, "presence"): "looked_not_found",
                factor_name(key, "record"): told.looked[key],
            }
        return {factor_name(key, "presence"): "did_not_look"}


@dataclass(frozen=True, slots=True)
class Act:
    """What happened on one day."""

    on: str
    do: Callable[[Deciding], None]


def decide(one: Recorder, users: Mapping[str, User], acts: Sequence[Act]) -> None:
    """Play the acts of one case, each on its day."""
    it = Deciding(one, users)
    for act in acts:
        with on_day(act.on):
            act.do(it)
