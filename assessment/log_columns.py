"""What assessments add to an export of the log: columns of a decision, and the ways to choose decisions.

Everything comes from the signed entry and the values beside it, so that an erased value is gone here too. Columns of
priorities, factors and records are those of all editions, so that exports of different years fit together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from accounts.models import User
from ledger.exports.registry import (
    Column,
    Criterion,
    add_columns,
    add_criterion,
    decisions_are_signed_by,
)
from policy.editions import Edition, available, load

SIGNED = "assessment.decision.signed"
DOCUMENT = "doc.j #> '{data,document}'"

# One pass over the lists of the document; what is committed is joined from the values beside the entry.
LISTS = f"""CROSS JOIN LATERAL (
    SELECT
        (SELECT jsonb_object_agg(one ->> 'priority', one ->> 'finding')
            FROM jsonb_array_elements({DOCUMENT} -> 'findings') AS one) AS findings,
        (SELECT jsonb_object_agg(one ->> 'kind', one ->> 'state')
            FROM jsonb_array_elements({DOCUMENT} -> 'records') AS one) AS records,
        (SELECT jsonb_object_agg(one ->> 'key', opened.v -> ('/data/document/factors/' || place - 1 || '/detail'))
            FROM jsonb_array_elements({DOCUMENT} -> 'factors') WITH ORDINALITY AS list (one, place)) AS factors
    OFFSET 0
) AS lists"""

# What the log tells of the decision within the range, before and after the signing.
HISTORY = """LEFT JOIN LATERAL (
    SELECT
        count(*) FILTER (WHERE x.event = 'assessment.decision.signed') AS signings,
        count(*) FILTER (WHERE x.event IN ('assessment.signing.refused', 'assessment.text.refused')) AS refusals,
        count(*) FILTER (WHERE x.event = 'assessment.text.refused') AS text_refusals,
        bool_or(x.event = 'assessment.decision.withdrawn') AS withdrawn,
        min(x.at) FILTER (WHERE x.event = 'assessment.decision.drafted') AS drafted_at,
        (array_agg(convert_from(x.bytes, 'UTF8')::jsonb #>> '{data,document,outcome}' ORDER BY place.index)
            FILTER (WHERE x.event = 'assessment.decision.signed'))[1] AS first_outcome,
        (array_agg(convert_from(x.bytes, 'UTF8')::jsonb -> 'data' ORDER BY place.index)
            FILTER (WHERE x.event = 'assessment.execution.recorded'))[1] AS execution
    FROM public.ledger_entry x JOIN public.ledger_leaf place ON place.entry_id = x.id
    WHERE x.decision_id = e.decision_id AND place.index < %(end)s
) AS history ON true"""

EVIDENCE = """(SELECT string_agg(DISTINCT piece #>> '{}', '; ')
    FROM jsonb_path_query(opened.v, 'strict $.**.evidence[*]', silent => true) AS piece)"""


REWRITTEN = f"""(SELECT string_agg(
        concat_ws(' ', one ->> 'field', one ->> 'attribute', one ->> 'count'), '; ' ORDER BY place)
    FROM jsonb_array_elements({DOCUMENT} -> 'rewritten') WITH ORDINALITY AS list (one, place))"""


def register() -> None:
    """Called once, at start-up."""
    decisions_are_signed_by(SIGNED)
    add_columns([*_decision(), *_course(), *_grounds()], f"{LISTS} {HISTORY}")
    for criterion in _criteria():
        add_criterion(criterion)


def _in_document(name: str) -> str:
    return f"{DOCUMENT} ->> '{name}'"


def _value(name: str, *path: str) -> str:
    inside = "".join(f",{part}" for part in path)
    return f"""opened.v #>> '{{"/data/document/{name}"{inside}}}'"""


def _decision() -> Iterable[Column]:
    text, flag = "text", "boolean"
    yield Column(name="decision_id", sql="e.decision_id", type=text, meaning="The decision")
    yield Column(
        name="assessment_id", sql="e.assessment_id", type=text, meaning="Assessment that it rests on"
    )
    yield Column(name="decision_type", sql=_in_document("decision_type"), type=text, meaning="Kind of action")
    yield Column(
        name="direction", sql=_in_document("direction"), type=text, meaning="do, or undo what was done before"
    )
    yield Column(
        name="outcome", sql=_in_document("outcome"), type=text, meaning="Outcome that was signed last"
    )
    yield Column(
        name="first_outcome", sql="history.first_outcome", type=text, meaning="Outcome that was signed first"
    )
    yield Column(
        name="policy_date", sql="e.policy_date", type="date", meaning="Day by which policy was judged"
    )
    yield Column(
        name="edition", sql="doc.j #>> '{edition,key}'", type=text, meaning="Edition of the guidance"
    )
    yield Column(
        name="edition_status",
        sql="doc.j #>> '{edition,status}'",
        type=text,
        meaning="Its standing on that day",
    )
    yield Column(
        name="rules_digest",
        sql="doc.j #>> '{edition,rules_digest}'",
        type=text,
        meaning="Digest of the edition’s rules at signing",
        unit="SHA-256, hexadecimal",
    )
    yield Column(
        name="place",
        sql=_in_document("place"),
        type=text,
        meaning="Place of the action, where one is asked for",
    )
    yield Column(
        name="needs_second_review",
        sql=f"({_in_document('needs_second_review')})::boolean",
        type=flag,
        meaning="Whether a second supervisor must approve",
    )
    yield Column(
        name="label_only",
        sql=f"({_in_document('label_only')})::boolean",
        type=flag,
        meaning="Whether the reasons named an offense and nothing else",
    )
    yield Column(
        name="training_lapsed",
        sql=f"({_in_document('training_lapsed')})::boolean",
        type=flag,
        meaning="Whether the officer’s training had lapsed",
    )
    yield Column(
        name="copied_from",
        sql=_in_document("copied_from"),
        type=text,
        meaning="Day of the assessment whose answers this one began with",
    )


def _course() -> Iterable[Column]:
    yield Column(name="officer_id", sql="e.actor_id", type="text", meaning="Who signed")
    yield Column(
        name="office", sql="e.actor_office", type="text", meaning="Office of who signed, at that time"
    )
    yield Column(name="signed_at", sql="e.at", type="time", meaning="When it was signed last")
    yield Column(name="drafted_at", sql="history.drafted_at", type="time", meaning="When the draft was begun")
    yield Column(name="signings", sql="history.signings", type="integer", meaning="How often it was signed")
    yield Column(
        name="signing_refusals",
        sql="history.refusals",
        type="integer",
        meaning="How often signing was refused because a rule was not met",
    )
    yield Column(
        name="text_refusals",
        sql="history.text_refusals",
        type="integer",
        meaning="How often signing was refused because of protected words",
    )
    yield Column(
        name="refused_then_rewritten",
        sql=REWRITTEN,
        type="text",
        meaning="Words that were refused and not there at signing: field, attribute and count; never the words",
    )
    yield Column(
        name="withdrawn",
        sql="coalesce(history.withdrawn, false)",
        type="boolean",
        meaning="Whether it was withdrawn",
    )
    yield Column(
        name="carried_out",
        sql="(history.execution ->> 'carried_out')::boolean",
        type="boolean",
        meaning="Whether the action was carried out; empty where nothing was recorded",
    )
    yield Column(
        name="carried_out_on",
        sql="nullif(history.execution ->> 'on', '')::date",
        type="date",
        meaning="Day on which it was carried out",
    )


def _grounds() -> Iterable[Column]:
    editions = [load(key) for key in available()]
    for priority in _all(editions, "priorities"):
        yield Column(
            name=f"finding_{priority}",
            sql=f"lists.findings ->> '{priority}'",
            type="text",
            meaning=f"Finding on the priority {priority}: found, not_found, cannot_tell",
        )
    for factor in _all(editions, "factors"):
        for part, words in (("presence", "Whether it is present"), ("weight", "Weight it was given")):
            yield Column(
                name=f"{factor}_{part}",
                sql=f"lists.factors -> '{factor}' ->> '{part}'",
                type="text",
                meaning=f"{words}: factor {factor}",
            )
    for record in _all(editions, "record_kinds"):
        yield Column(
            name=f"record_{record}",
            sql=f"lists.records ->> '{record}'",
            type="text",
            meaning=f"State of the record {record} at signing",
        )
    yield Column(
        name="evidence",
        sql=EVIDENCE,
        type="text",
        meaning="Evidence under the facts that the decision pins: kind and source, each once",
    )
    yield Column(
        name="dispute", sql=_value("dispute", "answer"), type="text", meaning="Whether a fact is disputed"
    )
    yield Column(
        name="mandate",
        sql=_value("mandate", "citation"),
        type="text",
        meaning="Statute said to leave no choice",
    )


def _all(editions: Sequence[Edition], part: str) -> list[str]:
    """Keys of one part of all editions, in the order in which they come up first."""
    return list(dict.fromkeys(one.key for edition in editions for one in getattr(edition, part)))


def _criteria() -> Iterable[Criterion]:
    versions = "SELECT v.decision_id FROM public.assessment_decisionversion v WHERE"
    decisions = "SELECT d.id FROM public.assessment_decision d WHERE"
    yield Criterion(
        name="edition",
        label="Edition",
        words="under the edition",
        decisions=f"{versions} v.edition_key = %(value)s",
        choices=lambda: [(key, key) for key in available()],
    )
    yield Criterion(
        name="decision_type",
        label="Decision type",
        words="of the type",
        decisions=f"{decisions} d.type = %(value)s",
        choices=_decision_types,
    )
    yield Criterion(
        name="outcome",
        label="Outcome",
        words="with the outcome",
        decisions=f"{versions} v.outcome = %(value)s",
        choices=lambda: [("act", "Act"), ("decline", "Decline")],
    )
    yield Criterion(
        name="priority",
        label="Priority found",
        words="that found the priority",
        decisions=(
            "SELECT s.decision_id FROM public.ledger_entry s CROSS JOIN LATERAL jsonb_array_elements("
            "convert_from(s.bytes, 'UTF8')::jsonb #> '{data,document,findings}') AS f"
            f" WHERE s.event = '{SIGNED}' AND f ->> 'priority' = %(value)s AND f ->> 'finding' = 'found'"
        ),
        choices=lambda: [(key, key.replace("_", " ").capitalize()) for key in _keys("priorities")],
    )
    yield Criterion(
        name="factor",
        label="Factor present",
        words="that name as present the factor",
        decisions=(
            "SELECT s.decision_id FROM public.ledger_entry s CROSS JOIN LATERAL jsonb_array_elements("
            "convert_from(s.bytes, 'UTF8')::jsonb #> '{data,document,factors}') WITH ORDINALITY AS f (one, place)"
            " JOIN public.ledger_disclosure x ON x.entry_id = s.id"
            " AND x.pointer = '/data/document/factors/' || f.place - 1 || '/detail'"
            f" WHERE s.event = '{SIGNED}' AND f.one ->> 'key' = %(value)s"
            " AND convert_from(x.value_bytes, 'UTF8')::jsonb ->> 'presence' = 'present'"
            " AND s.case_id NOT IN ({masked})"
        ),
        choices=lambda: [(key, key.replace("_", " ").capitalize()) for key in _keys("factors")],
    )
    yield Criterion(
        name="officer",
        label="Officer",
        words="signed by",
        decisions=f"{versions} v.signed_by_id = %(value)s::uuid",
        choices=lambda: people("officer", "supervisor"),
    )


def people(*roles: str) -> list[tuple[str, str]]:
    """Accounts of these roles, by name."""
    found = User.objects.filter(role__in=roles).order_by("full_name", "pk").values_list("pk", "full_name")
    return [(str(pk), name) for pk, name in found]


def _keys(part: str) -> list[str]:
    return _all([load(key) for key in available()], part)


def _decision_types() -> list[tuple[str, str]]:
    kinds = {kind.key: kind for key in available() for kind in load(key).decision_types}
    return [(key, kind.label("do")) for key, kind in kinds.items()]
