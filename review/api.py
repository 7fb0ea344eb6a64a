"""The programs' way into review: the queue, one decision as signed, approving and returning. No rule lives here."""

from __future__ import annotations

import dataclasses
import datetime
import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from django.urls import path, reverse
from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response

from assessment import workflow
from assessment.api.shapes import DecisionStateShape, state_shape
from assessment.carried_codes import NOTICES, URGENCIES
from assessment.models import Decision
from assessment.selectors import signed_page, title_of
from cases.api.base import ApiView, Operation, Query, body_of, filled, form_schema, user_of
from cases.selectors import notes_to_rule_on
from review import selectors, services
from review.api_access import asked_decision
from review.api_forms import ApproveForm, ReturnForm, ViewForm
from review.asking.api import AnswerIt, Ask
from review.clocks.api import PauseIt, ResumeIt
from review.desk import filters
from review.desk import queue as desk
from review.oral.api import Oral
from review.record import fact_lines
from review.regime import masked_read
from review.regime.decide_first import facts_only, is_withheld
from review.regime.viewing import record_view


class QueueLine(BaseModel):
    """One decision that waits."""

    decision: uuid.UUID
    case: uuid.UUID
    person: str
    decision_type: str
    direction: str
    state: str
    state_words: str
    officer: str
    claimed_by: str
    assigned_to: str
    due_on: datetime.date
    overdue: bool
    waiting_days: int
    # Since when and why the clock stands still, in words; empty while it runs.
    paused: str
    urgency: str
    notices: list[str]
    number: int


class QueueShape(BaseModel):
    """A page of the queue by due date, then by time waited. `next` is the address of the following page, or empty."""

    results: list[QueueLine]
    next: str


class TakenShape(BaseModel):
    """The decision that was taken; null when nothing waits that this person could take."""

    decision: uuid.UUID | None
    number: int | None


class PointShape(BaseModel):
    """A point of a return, and what the officer did about it; both answers are empty while it is returned."""

    about: str
    text: str
    answer: str
    why: str


class FactShape(BaseModel):
    """A fact of the record, in the record's order; `since` tells in words what became of it after signing."""

    label: str
    summary: str
    evidence: list[str]
    used_in: list[str]
    why_not: str
    since: str


class EarlierReview(BaseModel):
    """A review of this or an earlier version, with its points."""

    number: int
    level: int
    verdict: str
    reviewer: str
    overriding_answer: str
    reason: str
    at: datetime.datetime
    points: list[PointShape]


class ReviewShape(BaseModel):
    """A decision as signed: `document` is what the log holds, `changed` names its sections that differ from the
    version that was returned before. `pattern` tells of sources that come again; `notes` are sealed notes that wait for
    a ruling, which is given only by who opened them in the browser."""

    decision: uuid.UUID
    case: uuid.UUID
    title: str
    state: str
    state_words: str
    number: int
    entry: uuid.UUID
    due_on: datetime.date | None
    document: dict[str, Any]
    earlier: list[EarlierReview]
    changed: list[str]
    facts: list[FactShape]
    pattern: list[str]
    notes: list[uuid.UUID]
    # True: `document` holds the facts alone until this person records a view.
    own_view_first: bool
    # True: names, places and pronouns in it are masked until then.
    masked: bool


class ReviewedShape(DecisionStateShape):
    review: uuid.UUID


class Queue(ApiView):
    """What waits for this supervisor's review."""

    operations: ClassVar[Mapping[str, Operation]] = {
        "GET": Operation(
            page="review:queue",
            summary="List what waits for a review",
            answer=QueueShape,
            queries=(
                Query("state", f"One of {', '.join(filters.STATES)}; empty for everything in review."),
                Query("type", "Key of a decision type, or empty for all."),
                Query("direction", "do, undo, or empty for both."),
                Query("urgency", f"One of {', '.join(URGENCIES)}; empty for any."),
                Query("due", f"One of {', '.join(filters.DUES)}; empty for any day."),
                Query("officer", "Id of the person who wrote it."),
                Query("taken_by", "Id of the person who has it."),
                Query("notice", f"Any of {', '.join(NOTICES)}; given more than once, all are asked for."),
                Query("after", "Where the page begins; taken from `next`."),
            ),
        )
    }

    def get(self, request: Request) -> Response:
        user = user_of(request)
        chosen = filters.read(request.query_params)
        rows, after = desk.queue(user, chosen, filters.read_cursor(request.query_params.get("after", "")))
        services.note_queue(actor=user.actor(), filter_words=chosen.words(), shown=[row.id for row in rows])
        following = f"{reverse('api:queue')}?{chosen.address(after=str(after))}" if after is not None else ""
        return self.reply(QueueShape(results=[_line(row) for row in rows], next=following))


def _line(row: desk.QueueRow) -> QueueLine:
    return QueueLine(
        decision=row.id,
        case=row.case_id,
        person=row.person,
        decision_type=row.type,
        direction=row.direction,
        state=row.state,
        state_words=workflow.LABELS[row.state],
        officer=row.officer,
        claimed_by=row.claimed_by,
        assigned_to=row.assigned_to,
        due_on=row.due_on,
        overdue=row.overdue,
        waiting_days=row.waiting_days,
        paused=row.paused,
        urgency=row.urgency,
        notices=list(row.notices),
        number=row.number,
    )


class Next(ApiView):
    """Takes what has waited longest by its due date."""

    operations: ClassVar[Mapping[str, Operation]] = {
        "POST": Operation(page="review:next", summary="Take the next decision", answer=TakenShape)
    }

    def post(self, request: Request) -> Response:
        user = user_of(request)
        taken = services.claim_next(actor=user.actor(), user=user)
        if taken is None:
            return self.reply(TakenShape(decision=None, number=None))
        return self.reply(TakenShape(decision=taken.pk, number=taken.signed_number))


class OneReview(ApiView):
    """One decision as signed, with its earlier reviews."""

    operations: ClassVar[Mapping[str, Operation]] = {
        "GET": Operation(
            page="review:detail", summary="Read a signed decision", answer=ReviewShape, problems=(404,)
        )
    }

    def get(self, request: Request, decision_id: uuid.UUID) -> Response:
        user = user_of(request)
        decision = asked_decision(request, decision_id)
        services.note_opened(actor=user.actor(), decision=decision)
        version = decision.versions.select_related("signed_by").get(number=decision.signed_number)
        document = signed_page(version).document
        changed = selectors.changed_since_return(version, document)
        withheld = is_withheld(user, decision)
        record = selectors.record_now(decision)
        pattern = selectors.source_pattern(decision.case)
        masked = withheld and masked_read.reads_masked(decision)
        if withheld:
            document = facts_only(document)
        facts = fact_lines(document, record)
        if masked:
            known = masked_read.known_of(decision, document, record)
            document = masked_read.masked_document(document, known)
            facts, pattern = masked_read.masked_facts(facts, known), []
        return self.reply(
            ReviewShape(
                decision=decision.pk,
                case=decision.case_id,
                title=title_of(decision),
                state=decision.state,
                state_words=decision.state_words,
                number=decision.signed_number,
                entry=version.entry_id,
                due_on=decision.due_on,
                document=document,
                earlier=[
                    EarlierReview(
                        number=one.review.version_number,
                        level=one.review.level,
                        verdict=one.review.verdict,
                        reviewer=one.review.reviewer.full_name,
                        overriding_answer=one.review.overriding_answer,
                        reason=one.review.reason,
                        at=one.review.at,
                        points=[
                            PointShape(about=point.about, text=point.text, answer=point.answer, why=point.why)
                            for point in one.points
                        ],
                    )
                    for one in selectors.earlier_reviews(decision)
                ],
                changed=[key for key, _ in changed.sections] if changed else [],
                facts=[FactShape(**dataclasses.asdict(one)) for one in facts],
                pattern=pattern,
                notes=[one.pk for one in notes_to_rule_on(decision.case_id)],
                own_view_first=withheld,
                masked=masked,
            )
        )


class OwnView(ApiView):
    """Records the supervisor's own view, where it is asked for before the officer's outcome is shown."""

    operations: ClassVar[Mapping[str, Operation]] = {
        "POST": Operation(
            page="review:view",
            summary="Record your own view of a decision",
            answer=DecisionStateShape,
            body=lambda: form_schema(ViewForm()),
            problems=(404, 409),
        )
    }

    def post(self, request: Request, decision_id: uuid.UUID) -> Response:
        user = user_of(request)
        decision = asked_decision(request, decision_id)
        given = filled(ViewForm, body_of(request)).cleaned_data
        record_view(
            actor=user.actor(),
            user=user,
            decision=decision,
            number=given["number"],
            view=given["view_outcome"],
            reason=given["view_reason"].replace("\r\n", "\n"),
        )
        return self.reply(state_shape(Decision.objects.get(pk=decision.pk)))


class Approve(ApiView):
    """Approves the version that was read."""

    operations: ClassVar[Mapping[str, Operation]] = {
        "POST": Operation(
            page="review:detail",
            summary="Approve a decision",
            answer=ReviewedShape,
            body=lambda: form_schema(ApproveForm()),
            problems=(404, 409),
        )
    }

    def post(self, request: Request, decision_id: uuid.UUID) -> Response:
        user = user_of(request)
        decision = asked_decision(request, decision_id)
        form = filled(ApproveForm, body_of(request))
        review = services.approve(actor=user.actor(), user=user, decision=decision, **form.given())
        return self.reply(_reviewed(decision, review.pk))


class Return(ApiView):
    """Returns the version that was read, with points."""

    operations: ClassVar[Mapping[str, Operation]] = {
        "POST": Operation(
            page="review:detail",
            summary="Return a decision with points",
            answer=ReviewedShape,
            body=lambda: form_schema(ReturnForm()),
            problems=(404, 409),
        )
    }

    def post(self, request: Request, decision_id: uuid.UUID) -> Response:
        user = user_of(request)
        decision = asked_decision(request, decision_id)
        form = filled(ReturnForm, body_of(request))
        review = services.return_decision(
            actor=user.actor(), user=user, decision=decision, points=form.points(), **form.given()
        )
        return self.reply(_reviewed(decision, review.pk))


def _reviewed(decision: Decision, review: uuid.UUID) -> ReviewedShape:
    done = state_shape(Decision.objects.get(pk=decision.pk))
    return ReviewedShape(**done.model_dump(), review=review)


urlpatterns = [
    path("review/", Queue.as_view(), name="queue"),
    path("review/next/", Next.as_view(), name="next"),
    path("review/<uuid:decision_id>/", OneReview.as_view(), name="review"),
    path("review/<uuid:decision_id>/view/", OwnView.as_view(), name="view"),
    path("review/<uuid:decision_id>/oral/", Oral.as_view(), name="oral"),
    path("review/<uuid:decision_id>/question/", Ask.as_view(), name="question"),
    path("review/<uuid:decision_id>/answer/", AnswerIt.as_view(), name="answer"),
    path("review/<uuid:decision_id>/pause/", PauseIt.as_view(), name="pause"),
    path("review/<uuid:decision_id>/resume/", ResumeIt.as_view(), name="resume"),
    path("review/<uuid:decision_id>/approve/", Approve.as_view(), name="approve"),
    path("review/<uuid:decision_id>/return/", Return.as_view(), name="return"),
]
