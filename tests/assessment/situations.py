"""Situations on the real database, made through the verbs of the product: a case, an assessment, a signed decision."""

from __future__ import annotations

import datetime
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.db import connections
from django.urls import reverse

from accounts.models import Office, Role, User
from assessment import services
from assessment.answers import Answers
from assessment.fields import DECISION_STEP, FACT_STEPS, all_fields
from assessment.models import Assessment, Decision, DecisionVersion, StepAnswers
from cases import services as case_services
from cases.dates import UncertainDate
from cases.models import Case, Evidence, Fact
from cases.selectors import facts_of
from cases.services import StatusAnswers
from ledger.models import Entry
from ledger.selectors import open_entry_payload
from tests import factories
from tests.assessment import drafts
from tests.support.sessions import signed_in

DAY = datetime.date(2024, 12, 10)
EDITION_KEY = "2021-09-30"
CLEAR = StatusAnswers(
    charges=("237(a)(1)(B)",),
    immigration_status="none",
    bases=(("admission_record", None),),
    citizenship_claim="no",
    citizenship_looked="looked_not_found",
    minor_check="no",
    section_1367_check="no",
    fear_of_return="no",
    representative="no",
    referral_source="jail",
    source_relation="agency",
)


@dataclass
class Situation:
    """One case of one office with its people; `facts` gives references by kind."""

    officer: User
    case: Case
    evidence: Evidence
    rows: dict[str, Fact]

    @property
    def facts(self) -> dict[str, str]:
        return {fact.kind: fact.ref for fact in facts_of(self.case, DAY)}

    def change_status(self, **changes: Any) -> None:
        """Save the status page again, with these answers changed."""
        case_services.save_status(
            actor=self.officer.actor(),
            user=self.officer,
            case=self.case,
            version=self.case.status.version,
            answers=replace(CLEAR, **changes),
        )
        self.case.refresh_from_db()

    def change_conduct(self, what: str) -> None:
        """The record moves on: the conduct is told in other words, as its next version."""
        row = self.rows["conduct"]
        row.refresh_from_db()
        case_services.change_fact(
            actor=self.officer.actor(),
            user=self.officer,
            fact=row,
            version=row.version,
            details={"what": what},
            on=UncertainDate.parse("2024-05-25"),
            evidence=[self.evidence.pk],
        )

    def withdraw(self, kind: str) -> None:
        row = self.rows[kind]
        row.refresh_from_db()
        case_services.withdraw_fact(
            actor=self.officer.actor(), user=self.officer, fact=row, version=row.version
        )


def ready(
    officer: User | None = None, *, status: StatusAnswers | None = CLEAR, birth: str = "1990-04-12"
) -> Situation:
    """A case with evidence, three facts, an encounter and, unless `status` is None, a status page."""
    officer = officer or factories.user(Role.OFFICER)
    who: dict[str, Any] = {"actor": officer.actor(), "user": officer}
    case = case_services.create_person_and_case(
        **who, family_name="Quillworth", given_name="Tamsin", birth=UncertainDate.parse(birth)
    )
    evidence = case_services.record_evidence(
        **who,
        case=case,
        kind="court_record",
        source="Millbrook Superior Court",
        source_relation="court",
        caption="Judgment",
        obtained_on=datetime.date(2024, 12, 2),
        reviewed_on=datetime.date(2024, 12, 3),
    )
    rows = {}
    for kind, details, on in (
        (
            "conviction",
            {"statute": "Cal. Veh. Code 23152(a)", "description": "Driving", "disposition": "plea_guilty"},
            "2024-05-30",
        ),
        ("conduct", {"what": "Drove at twice the limit and hit a parked car"}, "2024-05-25"),
        ("presence", {"continuous": "yes"}, "about 2009"),
    ):
        rows[kind] = case_services.record_fact(
            **who,
            case=case,
            kind=kind,
            details=details,
            on=UncertainDate.parse(on),
            evidence=[evidence.pk],
        )
    case_services.record_encounter(
        **who,
        case=case,
        on=UncertainDate.parse("2024-11-30"),
        referral_source="jail",
        source_relation="agency",
    )
    if status is not None:
        case_services.save_status(**who, case=case, version=0, answers=status)
    return Situation(officer, Case.objects.get(pk=case.pk), evidence, rows)


def started(at: Situation, kind: str = "detainer", direction: str = "do") -> Decision:
    _, decision = services.start_assessment(
        actor=at.officer.actor(), user=at.officer, case=at.case, decision_type=kind, direction=direction
    )
    return decision


def step_answers(at: Situation, **changes: Any) -> dict[str, Any]:
    """Complete answers whose pins are the facts of this case. A change to None takes the answer away."""
    refs = at.facts
    moved = {
        drafts.CONDUCT.ref: refs["conduct"],
        drafts.CONVICTION.ref: refs["conviction"],
        drafts.PRESENCE.ref: refs["presence"],
    }
    given: dict[str, Any] = {}
    for name, value in drafts.answers(**changes).items():
        given[name] = [moved.get(one, one) for one in value] if isinstance(value, list) else value
    # A detainer, which these situations decide on, does not ask for the place.
    given.pop("action_place", None)
    return given


def fill(at: Situation, decision: Decision, **changes: Any) -> Decision:
    """Answer every page of the assessment and of the decision; `changes` as in `drafts.answers`."""
    given = step_answers(at, **changes)
    for step in FACT_STEPS:
        mine: Answers = {name: given[name] for name in all_fields(EDITION_KEY, step) if name in given}
        row = StepAnswers.objects.get(assessment=decision.assessment_id, step=step)
        save(decision, step, mine, version=row.version)
    own: Answers = {name: given[name] for name in all_fields(EDITION_KEY, DECISION_STEP) if name in given}
    decision = Decision.objects.get(pk=decision.pk)
    save(decision, DECISION_STEP, own, version=decision.version)
    return Decision.objects.get(pk=decision.pk)


def save(
    decision: Decision, step: str, answers: Answers, *, version: int, page: str = "", by_button: bool = True
) -> int:
    """Save one page as the officer who began it."""
    who: Any = decision.created_by
    shared: dict[str, Any] = {
        "actor": who.actor(),
        "user": who,
        "answers": answers,
        "version": version,
        "page": page,
        "by_button": by_button,
    }
    if step == DECISION_STEP:
        return services.save_decision(decision=decision, **shared)
    assessment = Assessment.objects.get(pk=decision.assessment_id)
    return services.save_step(assessment=assessment, step=step, **shared)


def sign(decision: Decision) -> DecisionVersion:
    who: Any = decision.created_by
    return services.sign_decision(actor=who.actor(), user=who, decision=decision)


def answer_points(
    decision: Decision, count: int, answer: str = "not_changed", why: str = "It holds."
) -> None:
    """Answer the points of the last return, all alike."""
    who: Any = decision.created_by
    given: Answers = {}
    for ordinal in range(1, count + 1):
        given |= {f"point_{ordinal}_answer": answer, f"point_{ordinal}_why": why}
    services.save_return_answers(
        actor=who.actor(), user=who, decision=decision, answers=given, version=1, page="", by_button=True
    )


def signed(at: Situation, kind: str = "detainer", direction: str = "do", **changes: Any) -> Decision:
    """A decision of this case that waits for its review."""
    decision = fill(at, started(at, kind, direction), **changes)
    sign(decision)
    return Decision.objects.get(pk=decision.pk)


client = signed_in


def events(case: Case | None = None, prefix: str = "") -> list[str]:
    """The codes of the entries, oldest first."""
    entries = Entry.objects.filter(event__startswith=prefix).order_by("id")
    if case is not None:
        entries = entries.filter(case_id=case.pk)
    return list(entries.values_list("event", flat=True))


def told(entry: Entry) -> Any:
    """What an entry tells, with every committed value in its place."""
    return open_entry_payload(entry)


def tasks_url(decision: Decision) -> str:
    return f"{reverse('assessment:tasks', args=[decision.assessment_id])}?decision={decision.pk}"


def step_url(decision: Decision, step: str) -> str:
    return f"{reverse('assessment:step', args=[decision.assessment_id, step])}?decision={decision.pk}"


def submit_url(decision: Decision) -> str:
    return f"{reverse('assessment:submit', args=[decision.assessment_id])}?decision={decision.pk}"


def main_of(response: Any) -> str:
    """The part of a page that is about the case, without the shell, tokens and nonces."""
    text: str = response.content.decode()
    found = re.search(r"<main.*?</main>", text, re.DOTALL)
    assert found, text[:500]
    return re.sub(r'name="(csrfmiddlewaretoken|page)"\s+value="[^"]*"', "", found.group())


def chosen(response: Any) -> list[str]:
    """The radio buttons, boxes and options of a page that are chosen already."""
    return re.findall(r"<(?:input|option)[^>]*\s(?:checked|selected)\b[^>]*>", main_of(response))


def together(count: int, work: Callable[[int], None]) -> list[BaseException]:
    """Run `work(place)` in threads that start at once; what they raised."""
    failed: list[BaseException] = []
    start = threading.Barrier(count)

    def run(place: int) -> None:
        try:
            start.wait(timeout=60)
            work(place)
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert not any(thread.is_alive() for thread in threads)
    return failed


def second_office() -> Office:
    return factories.office("portland", "Portland")
