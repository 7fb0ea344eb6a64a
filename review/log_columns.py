"""What review adds to an export of the log: how a decision was reviewed, and choosing decisions by their reviewer."""

from __future__ import annotations

from assessment.log_columns import people
from ledger.exports.registry import Column, Criterion, add_columns, add_criterion

# Entries of review about this decision within the range, and the outcome that each return was about.
REVIEWS = """LEFT JOIN LATERAL (
    SELECT
        count(*) FILTER (WHERE x.event = 'review.decision.returned') AS returns,
        min(x.at) FILTER (WHERE x.event = 'review.decision.claimed') AS claimed_at,
        max(x.at) FILTER (WHERE x.event = 'review.decision.approved') AS approved_at,
        (array_agg(x.actor_id ORDER BY place.index DESC)
            FILTER (WHERE x.event IN ('review.decision.approved', 'review.decision.escalated')))[1] AS reviewer_id,
        (array_agg(x.actor_office ORDER BY place.index DESC)
            FILTER (WHERE x.event IN ('review.decision.approved', 'review.decision.escalated')))[1] AS reviewer_office,
        (array_agg(convert_from(x.bytes, 'UTF8')::jsonb #>> '{data,overriding_answer}' ORDER BY place.index DESC)
            FILTER (WHERE x.event IN ('review.decision.approved', 'review.decision.escalated')))[1] AS answer,
        bool_or(x.event = 'review.decision.escalated') AS escalated,
        min(x.at) FILTER (WHERE x.event = 'review.decision.escalated') AS escalated_at,
        (array_agg(x.actor_id ORDER BY place.index)
            FILTER (WHERE x.event = 'review.decision.escalated'))[1] AS escalated_by,
        count(*) FILTER (WHERE x.event = 'review.question.asked') AS asked,
        count(*) FILTER (WHERE x.event = 'review.question.answered') AS answered,
        string_agg(
            CASE WHEN x.event = 'review.question.asked'
                THEN convert_from(x.bytes, 'UTF8')::jsonb #>> '{data,asked}' END,
            '; ' ORDER BY place.index
        ) AS asked_of,
        count(*) FILTER (WHERE x.event = 'review.clock.paused') AS pauses,
        string_agg(
            CASE WHEN x.event = 'review.clock.paused' THEN convert_from(x.bytes, 'UTF8')::jsonb #>> '{data,reason}' END,
            '; ' ORDER BY place.index
        ) AS pause_reasons,
        sum(
            CASE WHEN x.event = 'review.clock.resumed'
                THEN (convert_from(x.bytes, 'UTF8')::jsonb #>> '{data,working_days}')::integer END
        ) AS paused_days,
        count(*) FILTER (WHERE x.event = 'review.clock.resumed') AS resumed,
        string_agg(
            CASE WHEN x.event = 'review.decision.returned' THEN (
                SELECT convert_from(s.bytes, 'UTF8')::jsonb #>> '{data,document,outcome}'
                FROM public.ledger_entry s WHERE s.decision_id = x.decision_id
                    AND s.event = 'assessment.decision.signed' AND s.id < x.id ORDER BY s.id DESC LIMIT 1
            ) END, '; ' ORDER BY place.index
        ) AS returned_outcomes,
        (array_agg(convert_from(x.bytes, 'UTF8')::jsonb -> 'data' ORDER BY place.index DESC)
            FILTER (WHERE x.event = 'review.decision.drawn'))[1] AS drawn,
        (array_agg(convert_from(x.bytes, 'UTF8')::jsonb -> 'data' ORDER BY place.index DESC)
            FILTER (WHERE x.event = 'review.oral.recorded'))[1] AS oral,
        (array_agg(nullif(convert_from(x.bytes, 'UTF8')::jsonb #>> '{data,oral}', '') ORDER BY place.index DESC)
            FILTER (WHERE x.event IN ('review.decision.approved', 'review.decision.returned')
                AND convert_from(x.bytes, 'UTF8')::jsonb #>> '{data,oral}' <> ''))[1] AS oral_answer,
        string_agg(x.actor_office, '; ' ORDER BY place.index)
            FILTER (WHERE x.event = 'review.cover.taken') AS cover,
        string_agg(
            (
                SELECT string_agg(
                    concat_ws(' ', one ->> 'attribute', one ->> 'category',
                        CASE WHEN (one ->> 'upheld')::boolean THEN 'upheld' ELSE 'not upheld' END),
                    '; ' ORDER BY rank
                )
                FROM jsonb_array_elements(
                    coalesce(convert_from(x.bytes, 'UTF8')::jsonb #> '{data,contests}', '[]')
                ) WITH ORDINALITY AS list (one, rank)
            ), '; ' ORDER BY place.index
        ) AS contests
    FROM public.ledger_entry x JOIN public.ledger_leaf place ON place.entry_id = x.id
    WHERE x.decision_id = e.decision_id AND place.index < %(end)s
        AND x.event IN ('review.decision.claimed', 'review.decision.approved', 'review.decision.escalated',
            'review.decision.returned', 'review.decision.drawn', 'review.oral.recorded', 'review.question.asked',
            'review.question.answered', 'review.clock.paused', 'review.clock.resumed', 'review.cover.taken')
) AS reviews ON true"""


def register() -> None:
    """Called once, at start-up."""
    add_columns(
        [
            Column(
                name="reviewer_id",
                sql="reviews.reviewer_id",
                type="text",
                meaning="Supervisor who approved it last, or escalated it",
            ),
            Column(
                name="reviewer_office",
                sql="reviews.reviewer_office",
                type="text",
                meaning="Office of that supervisor at the time",
            ),
            Column(
                name="cover",
                sql="reviews.cover",
                type="text",
                meaning="Office whose supervisor took it for review as cover after hours, for each taking in order;"
                " empty where nobody did",
            ),
            Column(
                name="review_answer",
                sql="reviews.answer",
                type="text",
                meaning="That supervisor’s own answer to the overriding question",
            ),
            Column(
                name="escalated",
                sql="coalesce(reviews.escalated, false)",
                type="boolean",
                meaning="Whether a second supervisor was asked",
            ),
            Column(
                name="escalated_at",
                sql="reviews.escalated_at",
                type="time",
                meaning="When a supervisor first approved it for a second one",
            ),
            Column(
                name="escalated_by_id",
                sql="reviews.escalated_by",
                type="text",
                meaning="Supervisor who first approved it for a second one",
            ),
            Column(
                name="questions_asked",
                sql="reviews.asked",
                type="integer",
                meaning="How often a reviewing supervisor asked another one about it",
            ),
            Column(
                name="questions_answered",
                sql="reviews.answered",
                type="integer",
                meaning="How many of these questions were answered; an answer decides nothing",
            ),
            Column(
                name="questions_asked_of",
                sql="reviews.asked_of",
                type="text",
                meaning="Supervisor who was asked, for each question in order",
            ),
            Column(
                name="pauses",
                sql="reviews.pauses",
                type="integer",
                meaning="How often the clock of its review was paused",
            ),
            Column(
                name="pause_reasons",
                sql="reviews.pause_reasons",
                type="text",
                meaning="Code of the reason of each pause in order; the words beside it are in the log",
            ),
            Column(
                name="paused_working_days",
                sql="reviews.paused_days",
                type="integer",
                meaning="By how much pauses that ended moved the due date; empty where none ended",
                unit="working days",
            ),
            Column(
                name="paused_now",
                sql="reviews.pauses > reviews.resumed",
                type="boolean",
                meaning="Whether the clock stood still at the end of the range",
            ),
            Column(
                name="claimed_at",
                sql="reviews.claimed_at",
                type="time",
                meaning="When it was first taken for review",
            ),
            Column(
                name="approved_at", sql="reviews.approved_at", type="time", meaning="When it was approved"
            ),
            Column(
                name="review_seconds",
                sql="extract(epoch FROM reviews.approved_at - reviews.claimed_at)::bigint",
                type="integer",
                meaning="From first taking to approval",
                unit="seconds",
            ),
            Column(
                name="returns", sql="reviews.returns", type="integer", meaning="How often it was returned"
            ),
            Column(
                name="returned_outcomes",
                sql="reviews.returned_outcomes",
                type="text",
                meaning="Outcome that was signed when it was returned, for each return in order",
            ),
            Column(
                name="contests",
                sql="reviews.contests",
                type="text",
                meaning="Contests of refused words that a supervisor ruled on: attribute, category and ruling",
            ),
            Column(
                name="selected",
                sql="(reviews.drawn ->> 'selected')::boolean",
                type="boolean",
                meaning="Whether it was drawn for review when it was signed last; empty where nothing was drawn",
            ),
            Column(
                name="selection_probability",
                sql="(reviews.drawn ->> 'probability')::integer",
                type="integer",
                meaning="Probability of being drawn, everything counted",
                unit="of a thousand",
            ),
            Column(
                name="selection_reason",
                sql="CASE WHEN (reviews.drawn ->> 'full')::boolean THEN 'full review' WHEN reviews.drawn IS NOT NULL"
                " THEN 'sample' END",
                type="text",
                meaning="Whether the office was under full review or a sample was drawn; what raised the probability"
                " can tell of the person and is in the log alone",
            ),
            Column(
                name="decide_first",
                sql="(reviews.drawn ->> 'decide_first')::boolean",
                type="boolean",
                meaning="Whether the supervisor had to give a view before the outcome was shown",
            ),
            Column(
                name="masked_read",
                sql="(reviews.drawn ->> 'masked')::boolean",
                type="boolean",
                meaning="Whether names, places and pronouns were masked when the supervisor gave that view",
            ),
            Column(
                name="masked_probability",
                sql="(reviews.drawn ->> 'masked_per_thousand')::integer",
                type="integer",
                meaning="Probability of a masked read, given that it was drawn for review; 0 where none could be",
                unit="of a thousand",
            ),
            Column(
                name="review_office",
                sql="reviews.drawn ->> 'office'",
                type="text",
                meaning="Office to which the review was given when it was drawn",
            ),
            Column(
                name="oral_approved_at",
                sql="(reviews.oral ->> 'given_at')::timestamptz",
                type="time",
                meaning="When a supervisor approved it orally, as the officer recorded it last",
            ),
            Column(
                name="oral_recorded_at",
                sql="(reviews.oral ->> 'recorded_at')::timestamptz",
                type="time",
                meaning="When that oral approval was recorded, by the day on which policy is judged",
            ),
            Column(
                name="oral_lag_minutes",
                sql="(reviews.oral ->> 'lag_minutes')::integer",
                type="integer",
                meaning="From the oral approval to its record",
                unit="minutes",
            ),
            Column(
                name="oral_approver_id",
                sql="reviews.oral ->> 'approver'",
                type="text",
                meaning="Supervisor who approved it orally",
            ),
            Column(
                name="oral_answer",
                sql="CASE WHEN reviews.oral IS NOT NULL THEN coalesce(reviews.oral_answer, 'waiting') END",
                type="text",
                meaning="What became of the oral approval: waiting, confirmed, not_confirmed, by_another",
            ),
        ],
        REVIEWS,
    )
    add_criterion(
        Criterion(
            name="reviewer",
            label="Reviewer",
            words="reviewed by",
            decisions="SELECT r.decision_id FROM public.review_review r WHERE r.reviewer_id = %(value)s::uuid",
            choices=lambda: people("supervisor"),
        )
    )
