"""How the open pages of an assessment give their free texts and take a changed one (see `cases.screening.doors`)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from assessment import services, workflow
from assessment.errors import Conflict, NotAllowed
from assessment.fields import DECISION_STEP
from assessment.models import Decision, StepAnswers
from assessment.screening import texts_of_answers
from cases.errors import Refused
from cases.screening.doors import FreeText, Writing, register

GONE = "The text was changed or signed since you looked, so nothing was moved. Look again."


def _of_steps(case_id: uuid.UUID) -> Iterator[FreeText]:
    rows = StepAnswers.objects.filter(assessment__case=case_id, assessment__state="open")
    for row in rows.select_related("assessment").order_by("id"):
        texts = texts_of_answers(row.assessment.edition_key, row.step, row.answers)
        for name, text in texts.items():
            yield FreeText("step", row.pk, name, text)


def _write_step(one: Writing) -> None:
    rows = StepAnswers.objects.select_related("assessment")
    row = rows.filter(pk=one.row_id, assessment__case=one.case, assessment__state="open").first()
    if row is None or not isinstance(row.answers.get(one.field), str):
        raise Refused(GONE)
    try:
        services.save_step(
            actor=one.actor,
            user=one.user,
            assessment=row.assessment,
            step=row.step,
            answers=row.answers | {one.field: one.change(row.answers[one.field])},
            version=row.version,
            page="",
            by_button=True,
        )
    except (Conflict, NotAllowed) as refused:
        raise Refused(f"{refused} Nothing was moved.") from refused


def _of_decisions(case_id: uuid.UUID) -> Iterator[FreeText]:
    rows = Decision.objects.filter(case=case_id, state__in=workflow.EDITABLE).select_related("assessment")
    for row in rows.order_by("id"):
        texts = texts_of_answers(row.assessment.edition_key, DECISION_STEP, row.answers)
        for name, text in texts.items():
            yield FreeText("decision", row.pk, name, text)


def _write_decision(one: Writing) -> None:
    rows = Decision.objects.filter(state__in=workflow.EDITABLE)
    row = rows.filter(pk=one.row_id, case=one.case).first()
    if row is None or not isinstance(row.answers.get(one.field), str):
        raise Refused(GONE)
    try:
        services.save_decision(
            actor=one.actor,
            user=one.user,
            decision=row,
            answers=row.answers | {one.field: one.change(row.answers[one.field])},
            version=row.version,
            page="",
            by_button=True,
        )
    except (Conflict, NotAllowed) as refused:
        raise Refused(f"{refused} Nothing was moved.") from refused


def register_all() -> None:
    """Called once, at start-up."""
    register("step", _of_steps, _write_step)
    register("decision", _of_decisions, _write_decision)
