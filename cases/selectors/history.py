"""A fact as it was: what a pin of an earlier day points to."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import models

from cases.facts import KINDS
from cases.models import Case, Encounter, Evidence, Fact, RecordVersion
from cases.selectors.evidence import evidence_view
from cases.selectors.record import encounter_fact, fact_view, withdrawn_views
from cases.selectors.views import EvidenceView, FactView
from ledger.clock import policy_date
from policy.services import current


def parse_ref(ref: str) -> tuple[str, uuid.UUID, int] | None:
    """Kind, id and version of a reference; None for a text that is none."""
    parts = ref.split(":")
    if len(parts) != 3 or not (parts[0] in KINDS or parts[0] == "encounter"):
        return None
    try:
        kind, row_id, version = parts[0], uuid.UUID(parts[1]), int(parts[2])
    except ValueError:
        return None
    return (kind, row_id, version) if 0 < version < 2**31 else None


def current_version_of(ref: str) -> int | None:
    """The version at which the row of this reference stands now; None when there is no such row."""
    parsed = parse_ref(ref)
    if parsed is None:
        return None
    kind, row_id, _ = parsed
    if kind == "encounter":
        return Encounter.objects.filter(pk=row_id).values_list("version", flat=True).first()
    return Fact.objects.filter(pk=row_id, kind=kind).values_list("version", flat=True).first()


def fact_at(case: Case, ref: str) -> FactView | None:
    """The fact or encounter of this case at the version that `ref` names, kept versions included; None when
    it is not of this case or was never at that version. At most three queries."""
    parsed = parse_ref(ref)
    if parsed is None:
        return None
    kind, row_id, version = parsed
    if kind == "encounter":
        return _encounter_at(case, row_id, version)
    row = Fact.objects.filter(case=case, pk=row_id, kind=kind).first()
    if row is None or version > row.version:
        return None
    day = policy_date()
    if version == row.version:
        ids = list(row.support.values_list("evidence_id", flat=True))
    else:
        content = _content("fact", row_id, version)
        if content is None:
            return None
        row = restored(Fact, content)
        ids = [uuid.UUID(one) for one in content["evidence"]]
    view = fact_view(row.id, row.kind, row.version, row.details, row.on, _evidence(case, ids), day)
    if row.withdrawn:
        return withdrawn_views([view])[0]
    return view


def _encounter_at(case: Case, row_id: uuid.UUID, version: int) -> FactView | None:
    row = Encounter.objects.filter(case=case, pk=row_id).first()
    if row is None or version > row.version:
        return None
    if version != row.version:
        content = _content("encounter", row_id, version)
        if content is None:
            return None
        row = restored(Encounter, {**content, "content_digest": None})
    edition, _ = current()
    return encounter_fact(row, edition, policy_date())


def _content(row_kind: str, row_id: uuid.UUID, version: int) -> dict[str, Any] | None:
    found: dict[str, Any] | None = (
        RecordVersion.objects.filter(row_kind=row_kind, row_id=row_id, version=version)
        .values_list("content", flat=True)
        .first()
    )
    return found


def restored(model: type[Any], content: Mapping[str, Any]) -> Any:
    """A row in memory, from the columns that the trigger kept."""
    columns = _columns(model._meta.label)
    return model(
        **{name: columns[name].to_python(value) for name, value in content.items() if name in columns}
    )


@lru_cache
def _columns(label: str) -> dict[str, models.Field[Any, Any]]:
    # A digest of bytes is not kept as Django would read it, and no page needs it.
    return {
        field.attname: field
        for field in apps.get_model(label)._meta.concrete_fields
        if not isinstance(field, models.BinaryField)
    }


def _evidence(case: Case, ids: list[uuid.UUID]) -> tuple[EvidenceView, ...]:
    if not ids:
        return ()
    edition, _ = current()
    return tuple(
        evidence_view(row, edition) for row in Evidence.objects.filter(case=case, id__in=ids).order_by("id")
    )
