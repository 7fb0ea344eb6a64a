"""What stands beside a decision under review, told by the query that reads it: its version, and what else there is.

Most decisions have no earlier review, no sealed note, no corrected stop and no source with an interest; the page then
asks for none of them. A page that shows the decision has the signed entry brought along as well.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import JSONField, QuerySet
from django.db.models.expressions import RawSQL

from assessment.demo_rows import own_document
from assessment.models import Decision, DecisionVersion
from assessment.selectors import signed_page
from cases.selectors import row_from
from ledger.selectors import OPENINGS, opened_bytes
from policy.services import current

BESIDE = """(SELECT jsonb_build_object(
    'version', (SELECT to_jsonb(v) FROM assessment_decisionversion v
        WHERE v.decision_id = assessment_decision.id AND v.number = assessment_decision.signed_number),
    'questions', EXISTS (SELECT FROM review_question q WHERE q.decision_id = assessment_decision.id),
    'pauses', EXISTS (SELECT FROM review_pause p WHERE p.decision_id = assessment_decision.id),
    'covers', EXISTS (SELECT FROM review_covertaken t WHERE t.decision_id = assessment_decision.id),
    'reviews', EXISTS (SELECT FROM review_review r WHERE r.decision_id = assessment_decision.id),
    'notes', EXISTS (SELECT FROM cases_sealednote n
        WHERE n.state = 'open' AND n.case_id IN (SELECT public.cases_held_by(assessment_decision.case_id))),
    'corrected', EXISTS (SELECT FROM assessment_stop s
        WHERE s.case_id = assessment_decision.case_id AND s.state = 'corrected'),
    'sources', EXISTS (SELECT FROM cases_evidence e
        WHERE e.case_id = assessment_decision.case_id AND e.source_relation = ANY(%s))
))"""

# The entry of the version under review: its id, its bytes, and what opens the values that they commit to. A
# demonstration row has none of its own; then it is the entry of the version that it is like. One value of three: the
# log is looked into once, which the planner pays for by month.
SIGNED = f"""(SELECT jsonb_build_array(id, encode(bytes, 'hex'), {OPENINGS})
    FROM public.ledger_entry WHERE id = COALESCE(
    (SELECT v.entry_id FROM assessment_decisionversion v
        WHERE v.id = (assessment_decision.demo_document ->> 'like')::uuid),
    (SELECT v.entry_id FROM assessment_decisionversion v
        WHERE v.decision_id = assessment_decision.id AND v.number = assessment_decision.signed_number)))"""


def with_signed_entry(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """The decisions with the entry of their version, which `document_of` opens."""
    return decisions.annotate(signed_entry=RawSQL(SIGNED, [], output_field=JSONField()))  # noqa: S611 - no input in it


def document_of(decision: Decision, version: DecisionVersion) -> dict[str, Any]:
    """The document of the version under review, as `signed_page` gives it: from the entry's bytes and disclosures.

    No query where the decision was read `with_signed_entry`.
    """
    signed = getattr(decision, "signed_entry", None)
    if signed is None:
        return signed_page(version).document
    entry, data, kept = signed
    payload: Any = opened_bytes(uuid.UUID(entry), bytes.fromhex(data), kept)
    document: dict[str, Any] = payload["document"]
    return own_document(version, document) if decision.demo_document is not None else document


def with_beside(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """The decisions with `beside`, which `there_is` and `version_of` read."""
    edition, _ = current()
    relations = [relation.key for relation in edition.source_relations if relation.dispute_source]
    return decisions.annotate(beside=RawSQL(BESIDE, [relations], output_field=JSONField()))  # noqa: S611 - no input in it


def there_is(decision: Decision, what: str) -> bool:
    """Whether there is any of `questions`, `pauses`, `covers`, `reviews`, `notes`, `corrected` or `sources`.

    Yes where it was not asked.
    """
    beside: dict[str, Any] | None = getattr(decision, "beside", None)
    return True if beside is None else bool(beside[what])


def version_of(decision: Decision) -> DecisionVersion:
    """The version under review. No query where the decision was read `with_beside`."""
    beside: dict[str, Any] | None = getattr(decision, "beside", None)
    if beside is None or not beside["version"]:
        return decision.versions.select_related("signed_by").get(number=decision.signed_number)
    version: DecisionVersion = row_from(DecisionVersion, beside["version"])
    version.decision = decision
    if decision.signed_by is not None and decision.signed_by_id == version.signed_by_id:
        version.signed_by = decision.signed_by
    return version
