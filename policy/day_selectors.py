"""A day of the guidance for its page: who is bound by what, for which decisions, and what the form then asks.

Several answers on one day are normal: each part of the department has its own, and an order may reach some decisions
only. None is an answer too: the form then rests on the law and on general discretion.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from policy import calendar_store, contents
from policy.calendar import Calendar, Interval
from policy.calendar_changes.selectors import decision_words
from policy.calendar_file import seed
from policy.editions import Edition
from policy.editions.factors import Factor
from policy.editions.questions import Question
from policy.selectors import STATUS_WORDS, decision_type_keys
from policy.services import edition_for
from policy.standing import OF_OFFICERS, Standing, standing_in

BODIES: Final = (
    ("DHS", "Department of Homeland Security"),
    ("ERO", "ICE, Enforcement and Removal Operations"),
    ("HSI", "ICE, Homeland Security Investigations"),
    ("OPLA", "ICE, Office of the Principal Legal Advisor"),
)
STEPS: Final = (
    ("status", "Status and removability"),
    ("assessment", "Assessment"),
    ("factor", "Each factor"),
    ("decision", "Decision"),
    ("review", "Review"),
)


@dataclass(frozen=True, slots=True)
class ForDecisions:
    """What is said of an edition for some decision types, where they do not all read alike."""

    decisions: str
    status: str
    scope: str
    authority: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of one edition on the day. `split` is empty where all decision types read alike."""

    interval: Interval
    name: str
    status: str
    split: tuple[ForDecisions, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """A part of the department, the guidance that binds it on the day, and what does not (any more, or yet)."""

    key: str
    title: str
    binding: tuple[Answer, ...]
    other: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """What an edition asks. `priorities` says whether findings on priorities and criteria are asked on the day."""

    edition: Edition
    answer: Answer | None
    priorities: bool
    questions: tuple[tuple[str, tuple[Question, ...]], ...]

    @property
    def factors(self) -> tuple[tuple[str, tuple[Factor, ...]], ...]:
        """Both lists, with equal room."""
        return (
            ("Aggravating", self.edition.factors_of("aggravating")),
            ("Mitigating", self.edition.factors_of("mitigating")),
        )


@dataclass(frozen=True, slots=True)
class Day:
    """Everything that the page of a day shows, as far as it was known on `known_at` (None: all that is known)."""

    day: date
    known_at: date | None
    standing: Standing
    bodies: tuple[Body, ...]
    forms: tuple[Form, ...]


def day_of(day: date, known_at: date | None = None) -> Day:
    """What applied on a day. Never raises."""
    calendar = calendar_store.calendar()
    answers = [_answer(calendar, one, known_at, day) for one in calendar.on(day, known_at)]
    standing = standing_in(calendar, seed(), day, "", known_at)
    forms = [
        _form(one) for one in answers if one.interval.in_force and contents.activated(one.interval.edition)
    ]
    # Officers' guidance before that of attorneys, the newest first, as it leads an officer's form.
    forms.sort(key=lambda form: (form.edition.component in OF_OFFICERS, form.edition.key), reverse=True)
    if not standing.in_force:
        forms.insert(0, Form(edition_for(standing), None, False, _questions(edition_for(standing))))
    return Day(day, known_at, standing, tuple(_bodies(answers)), tuple(forms))


def _bodies(answers: list[Answer]) -> Iterator[Body]:
    for key, title in BODIES:
        ours = [one for one in answers if _speaks_to(one.interval, key)]
        yield Body(
            key,
            title,
            tuple(one for one in ours if one.interval.in_force),
            tuple(one for one in ours if not one.interval.in_force),
        )


def _speaks_to(one: Interval, body: str) -> bool:
    """The department's guidance speaks to all; that of ICE to its parts; that of OPLA to its attorneys."""
    if one.component == "ICE":
        return body in one.row.bodies or (not one.row.bodies and body != "DHS")
    return one.component in ("DHS", body)


def _answer(calendar: Calendar, one: Interval, known_at: date | None, day: date) -> Answer:
    """One edition's answer, split by decision type where an order reaches some of them only."""
    grouped: dict[tuple[str, str, str], list[str]] = {}
    types = decision_type_keys()
    for decision in types:
        for said in calendar.on(day, known_at, decision):
            if said.edition == one.edition:
                read = (STATUS_WORDS[said.status], said.scope if said.overlays else "", said.row.authority)
                grouped.setdefault(read, []).append(decision)
    split = tuple(
        ForDecisions(decision_words(kinds) if len(kinds) <= len(types) // 2 else "All others", *read)
        for read, kinds in sorted(grouped.items(), key=lambda pair: len(pair[1]))
    )
    return Answer(one, seed().name(one.edition), STATUS_WORDS[one.status], split if len(split) > 1 else ())


def _form(answer: Answer) -> Form:
    edition = contents.in_force(answer.interval.edition)
    return Form(edition, answer, True, _questions(edition))


def _questions(edition: Edition) -> tuple[tuple[str, tuple[Question, ...]], ...]:
    return tuple(
        (title, found)
        for where, title in STEPS
        if (found := tuple(one for one in edition.questions if one.where == where))
    )
