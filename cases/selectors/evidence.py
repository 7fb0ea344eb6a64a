"""Evidence of a case, in the edition's words."""

from __future__ import annotations

from cases.models import Case, Evidence, Picture
from cases.selectors.views import EvidenceView
from policy.editions import Edition
from policy.services import current


def evidence_of(case: Case) -> list[EvidenceView]:
    """All evidence of the case, in the order in which it was recorded. One query."""
    edition, _ = current()
    return [evidence_view(row, edition) for row in Evidence.objects.filter(case=case).order_by("id")]


def evidence_view(row: Evidence, edition: Edition) -> EvidenceView:
    """A row with its labels. A code that this edition does not know reads as the code."""
    kinds = {kind.key: kind for kind in edition.evidence_kinds}
    relations = {relation.key: relation for relation in edition.source_relations}
    kind, relation = kinds.get(row.kind), relations.get(row.source_relation)
    return EvidenceView(
        id=row.id,
        kind=row.kind,
        kind_label=kind.label if kind else row.kind,
        source=row.source,
        relation=row.source_relation,
        relation_label=relation.label if relation else row.source_relation,
        caption=row.caption,
        information_date=row.information_date,
        obtained_on=row.obtained_on,
        reviewed_on=row.reviewed_on,
        version=row.version,
        alone_insufficient=bool(kind and kind.alone_insufficient),
        prohibited_1367=bool(relation and relation.prohibited_1367),
        dispute_source=bool(relation and relation.dispute_source),
        protected_picture=row.picture == Picture.PROTECTED,
    )
