"""What the pages of an assessment show, ready for templates: fields with words and answers, sections with state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from assessment import returning, straddling
from assessment.answers import list_of, text_of
from assessment.draft import died
from assessment.fields import (
    CONDUCT_KINDS,
    DECISION_STEP,
    LAST_CONDUCT,
    Field,
    Kind,
    Option,
    all_fields,
    top_fields,
)
from assessment.held_records import HeldRecord
from assessment.returning import RETURN_STEP
from assessment.rules import Unmet, unmet_rules
from assessment.selectors import Working
from assessment.straddling import POLICY_STEP
from cases.screening.words import Word
from cases.selectors import EvidenceView, FactView
from policy.editions import Edition
from policy.statutes import mandates_on


@dataclass(slots=True)
class OptionView:
    value: str
    label: str
    hint: str
    checked: bool
    id: str


@dataclass(slots=True)
class FieldView:
    name: str
    id: str
    kind: str
    label: str
    hint: str
    asked_because: str
    clauses: list[tuple[str, str]]
    options: list[OptionView]
    value: str
    error: str
    dependants: list[FieldView] = field(default_factory=list)
    opens_on: str = ""
    # What the screen found in the text as it was saved.
    words: tuple[Word, ...] = ()

    @property
    def describedby(self) -> str:
        parts = [f"{self.id}_hint"] if self.hint else []
        if self.error:
            parts.append(f"{self.id}_error")
        return " ".join(parts)


_clauses: dict[tuple[str, tuple[str, ...]], list[tuple[str, str]]] = {}
# By the digest of the content; a page of factors asks for about ninety.


def clause_words(edition: Edition, ids: tuple[str, ...]) -> list[tuple[str, str]]:
    """The clauses as `(id, paraphrase)`; the words come from the edition alone."""
    key = (edition.content_digest, ids)
    if key not in _clauses:
        _clauses[key] = [(one, edition.clause(one).text) for one in ids]
    return _clauses[key]


@dataclass(frozen=True, slots=True)
class StepWords:
    """Title, introduction and clauses of a page."""

    title: str
    intro: str
    clauses: tuple[str, ...]


def step_words(work: Working, step: str) -> StepWords:
    """The words of a step come from the edition; those of the points of a return are the product's own."""
    if step == POLICY_STEP:
        return StepWords(straddling.TITLE, "", ("VI#28",))
    if step == RETURN_STEP:
        return StepWords(returning.TITLE, returning.INTRO, (returning.CLAUSE,))
    words = work.draft.edition.step(step)
    return StepWords(words.title, words.intro, words.clauses)


def top_fields_of(work: Working, step: str) -> tuple[Field, ...]:
    """The fields of a page in order."""
    if step == RETURN_STEP:
        return returning.return_fields(work.draft.return_points)
    return top_fields(work.draft.edition, step)


def all_fields_of(work: Working, step: str) -> dict[str, Field]:
    """Every field of a page by name."""
    if step == RETURN_STEP:
        return {one.name: one for one in top_fields_of(work, step)}
    return all_fields(work.draft.edition, step)


def field_views(
    work: Working, step: str, answers: Mapping[str, Any], errors: Mapping[str, str]
) -> list[FieldView]:
    """The fields of a step with their answers and errors."""
    pins = [_fact_option(fact) for fact in work.facts if fact.pinnable]
    return [
        _view(work, one, answers, errors, pins)
        for one in top_fields_of(work, step)
        if _applies(work, one.name)
    ]


def _applies(work: Working, name: str) -> bool:
    """Whether this decision asks the question; the same for both outcomes."""
    if work.decision is None or name not in {"lane", "action_place", "no_priority_ground"}:
        return True
    kind = work.draft.edition.decision_type(work.decision.type)
    if name == "lane":
        return kind.mandate_lane and work.decision.direction == "do"
    if name == "action_place":
        return kind.asks_place and work.decision.direction == "do"
    findings = work.draft.findings()
    return bool(findings) and not work.draft.any_priority_found and kind.adverse(work.decision.direction)


def _view(
    work: Working,
    one: Field,
    answers: Mapping[str, Any],
    errors: Mapping[str, str],
    pins: Sequence[Option],
) -> FieldView:
    identifier = f"id_{one.name}"
    picked = set(list_of(answers, one.name))
    return FieldView(
        name=one.name,
        id=identifier,
        kind=one.kind.value,
        label=one.label,
        hint=one.hint,
        asked_because=one.asked_because,
        clauses=clause_words(work.draft.edition, one.clauses),
        options=[
            OptionView(option.value, option.label, option.hint, checked, f"{identifier}_{index}")
            for index, (option, checked) in enumerate(_options(work, one, picked, pins))
        ],
        value=str(answers.get(one.name, "")) if not one.many else "",
        error=errors.get(one.name, ""),
        dependants=[_view(work, dependant, answers, errors, pins) for dependant in one.dependants],
        opens_on=" ".join(f"tot-if-{value}" for value in one.opens_on),
        words=_words(work, one, answers),
    )


def _words(work: Working, one: Field, answers: Mapping[str, Any]) -> tuple[Word, ...]:
    """What was found in a text, as long as the page shows the text that was saved."""
    found = work.draft.words.get(one.name, ())
    return found if found and text_of(answers, one.name) == work.draft.text(one.name) else ()


def _options(
    work: Working, one: Field, picked: set[str], pins: Sequence[Option]
) -> list[tuple[Option, bool]]:
    if one.kind == Kind.PINS:
        stems = {_stem(ref): ref for ref in picked if not _died(work, ref)}
        if one.name == LAST_CONDUCT:
            pins = [option for option in pins if option.value.partition(":")[0] in CONDUCT_KINDS]
        return [_pinned(option, stems.get(_stem(option.value))) for option in pins]
    if one.kind == Kind.EVIDENCE:
        return [(_evidence_option(piece), str(piece.id) in picked) for piece in work.evidence]
    if one.name == "outcome" and work.decision is not None:
        kind = work.draft.edition.decision_type(work.decision.type)
        return [
            (Option(key, kind.outcome_label(work.decision.direction, key)), key in picked)
            for key in work.assessment.outcome_order
        ]
    if one.name == "mandate_statute":
        return [
            (Option(law.key, law.label, f"{law.citation}. {law.words}"), law.key in picked)
            for law in mandates_on(work.draft.day)
        ]
    if one.name == "would_change":
        return [(Option(value, label), value in picked) for value, label in work.would_change.items()]
    return [(option, option.value in picked) for option in one.options]


def _died(work: Working, ref: str) -> bool:
    fact = work.draft.fact(ref)
    return fact is not None and died(ref, fact)


def _stem(ref: str) -> str:
    return ref.rpartition(":")[0]


def _fact_option(fact: FactView) -> Option:
    words = [piece.kind_label for piece in fact.evidence]
    hint = f"Evidence: {', '.join(words)}" if words else "No evidence under it yet"
    return Option(fact.ref, fact.summary, hint)


def _pinned(option: Option, pinned: str | None) -> tuple[Option, bool]:
    """The fact as one field offers it; `pinned` is the reference that the field holds of it, of any version."""
    if pinned is None or pinned == option.value:
        return option, pinned is not None
    hint = f"Changed since you pinned it; saving pins it as it is now. {option.hint}"
    return Option(option.value, option.label, hint), True


def _evidence_option(piece: EvidenceView) -> Option:
    dated = f", information of {piece.information_date}" if piece.information_date else ""
    return Option(str(piece.id), f"{piece.kind_label}, {piece.source}{dated}", piece.caption)


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record: what the case holds of it, and the question; `folded` when taking over answers it."""

    held: HeldRecord
    field: FieldView
    folded: bool
    agrees: bool
    differs: bool


def record_lines(
    work: Working, fields: list[FieldView], answers: Mapping[str, Any], errors: Mapping[str, str]
) -> list[RecordLine]:
    """The records in the edition's order. What the case knows is not asked again; it can be answered otherwise."""
    given = dict(answers)
    lines = []
    for held, one in zip(work.held_records, fields, strict=True):
        agrees, answered = held.agrees(given), held.answered(given)
        wrong = any(name.startswith(f"record_{held.key}_") for name in errors)
        lines.append(
            RecordLine(
                held=held,
                field=one,
                folded=held.known and not wrong and (agrees or not answered),
                agrees=agrees,
                differs=held.known and answered and not agrees,
            )
        )
    return lines


@dataclass(frozen=True, slots=True)
class Section:
    """One line of the task list."""

    key: str
    title: str
    url: str
    state: str
    missing: list[Unmet]


STATES = {
    "not_started": "Not started",
    "in_progress": "In progress",
    "attention": "Needs attention",
    "complete": "Complete",
}
ATTENTION = frozenset(
    {"pins_hold", "vacated_conviction_not_aggravating", "stops_halt_adverse_steps", "reaffirmed_after_change"}
)


def page_order(work: Working) -> tuple[str, ...]:
    """The steps in the order of the pages."""
    first: tuple[str, ...] = (POLICY_STEP,) if work.draft.policy_moved else ()
    first += (RETURN_STEP,) if work.draft.return_points else ()
    last = (DECISION_STEP,) if work.decision is not None else ()
    return (*first, *work.draft.steps, *last)


def place_of(work: Working, step: str) -> str:
    """Where a page stands among the others, as "Page 2 of 8"."""
    order = page_order(work)
    return f"Page {order.index(step) + 1} of {len(order)}" if step in order else ""


def sections(work: Working, unmet: list[Unmet]) -> list[Section]:
    """The steps with their state and what is missing in each; fact steps first, then the decision's own page."""
    listed = []
    for step in page_order(work):
        missing = [one for one in unmet if one.step == step]
        answered = bool(
            work.decision.answers if step == DECISION_STEP and work.decision else step_answers(work, step)
        )
        state = "complete"
        if missing:
            state = "in_progress" if answered else "not_started"
            if any(one.rule in ATTENTION for one in missing):
                state = "attention"
        listed.append(
            Section(step, step_words(work, step).title, step_url(work, step), STATES[state], missing)
        )
    return listed


def step_answers(work: Working, step: str) -> dict[str, Any]:
    row = work.return_row if step == RETURN_STEP else work.steps.get(step)
    return row.answers if row else {}


def step_url(work: Working, step: str) -> str:
    if step == "status":
        return reverse("cases:status", args=[work.assessment.case_id])
    url = reverse("assessment:step", args=[work.assessment.pk, step])
    return f"{url}?decision={work.decision.pk}" if work.decision else url


def submit_url(work: Working) -> str:
    url = reverse("assessment:submit", args=[work.assessment.pk])
    return f"{url}?decision={work.decision.pk}" if work.decision else url


@dataclass(frozen=True, slots=True)
class UnmetLine:
    """An unmet rule with the link to its field and the clause in words."""

    what: str
    next: str
    url: str
    clause: str
    clause_words: str


def unmet_lines(work: Working, unmet: list[Unmet]) -> list[UnmetLine]:
    return [
        UnmetLine(
            one.what,
            one.next,
            step_url(work, one.step) + (f"#id_{one.field}" if one.field else ""),
            work.draft.edition.clause(one.clause).id,
            work.draft.edition.clause(one.clause).text,
        )
        for one in unmet
    ]


def next_step(work: Working, step: str) -> str:
    """The page after `step`: the next step, and after the last one the page before signing."""
    order = [*work.draft.steps, DECISION_STEP]
    if step not in order or step == DECISION_STEP:
        # The points of a return are answered last, so they lead to the page before signing as well.
        return submit_url(work)
    following = order[order.index(step) + 1]
    if following == DECISION_STEP and work.decision is None:
        return reverse("assessment:tasks", args=[work.assessment.pk])
    return step_url(work, following)


def unmet_now(work: Working) -> list[Unmet]:
    return unmet_rules(work.draft) if work.decision else []
