"""The facts of a case as they stand, encounters among them, each with the reason why it could not be pinned.

Labels of a source and later outcomes are never facts: they appear beside the encounter and nowhere else.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject

from cases.dates import UncertainDate
from cases.facts import KINDS
from cases.models import Case, Encounter, Fact, LaterOutcome, SourceLabel
from cases.models.encounter import CUSTODY
from cases.selectors.evidence import evidence_of
from cases.selectors.views import EncounterView, EvidenceView, FactView, Label
from policy.editions import Edition
from policy.services import current

WITHDRAWN = "Withdrawn from the record since; what it said stays visible here, and cannot be pinned anew."


def facts_of(case: Case, on: datetime.date) -> list[FactView]:
    """Encounters, then facts in the order of their kinds. Withdrawn facts are left out. Three queries."""
    evidence = evidence_of(case)
    encounters = [view.fact for view in encounters_of(case, on)]
    return encounters + recorded_facts(case, on, {view.id: view for view in evidence})


def recorded_facts(case: Case, on: datetime.date, evidence: Mapping[Any, EvidenceView]) -> list[FactView]:
    """The facts alone, in the order of their kinds. One query; `evidence` is that of the case, by id."""
    rows = Fact.objects.filter(case=case, withdrawn=False).annotate(
        support_ids=ArrayAgg("support__evidence_id", filter=Q(support__isnull=False), default=None)
    )
    order = {key: place for place, key in enumerate(KINDS)}
    views = [
        fact_view(
            row.id,
            row.kind,
            row.version,
            row.details,
            row.on,
            tuple(evidence[one] for one in sorted(row.support_ids or ()) if one in evidence),
            on,
        )
        for row in rows.order_by("on_earliest", "id")
    ]
    return sorted(views, key=lambda view: order.get(view.kind, len(order)))


def fact_view(
    fact_id: Any,
    kind_key: str,
    version: int,
    details: Mapping[str, Any],
    when: UncertainDate | None,
    evidence: tuple[EvidenceView, ...],
    day: datetime.date,
) -> FactView:
    """One fact at one version."""
    kind = KINDS[kind_key]
    why_not = too_late(when, day) or pictured(evidence)
    return FactView(
        ref=f"{kind.key}:{fact_id}:{version}",
        kind=kind.key,
        label=kind.label,
        summary=kind.summary(details, when),
        on=when,
        version=version,
        evidence=evidence,
        pinnable=not why_not,
        why_not=why_not,
        presence_only=kind.presence_only,
        vacated=kind.is_vacated(details),
        details=details,
    )


def pictured(evidence: Sequence[EvidenceView]) -> str:
    """Why a picture under a fact keeps it from being pinned; empty when none does."""
    if any(piece.protected_picture for piece in evidence):
        return (
            "Under it lies a picture of an activity that may never be a factor. It is kept, and cannot be pinned until "
            "that evidence is taken off the fact."
        )
    return ""


def withdrawn_views(views: Sequence[FactView]) -> list[FactView]:
    """Facts that were taken out of the record: still readable, never pinned anew."""
    return [replace(view, pinnable=False, why_not=WITHDRAWN) for view in views]


def too_late(when: UncertainDate | None, day: datetime.date) -> str:
    """Why a date keeps a fact from being pinned on `day`; empty when it does not."""
    if when is not None and when.earliest > day:
        return f"Dated after {day}, the day by which this case is judged; it is kept, and cannot be pinned."
    return ""


def encounters_of(case: Case, on: datetime.date) -> list[EncounterView]:
    """Encounters with the labels and outcomes of their present version, earliest first. One query."""
    edition, _ = current()
    labels = SourceLabel.objects.filter(
        encounter=OuterRef("pk"), encounter_version=OuterRef("version")
    ).order_by("id")
    outcomes = LaterOutcome.objects.filter(
        encounter=OuterRef("pk"), encounter_version=OuterRef("version")
    ).order_by("id")
    rows = (
        Encounter.objects.filter(case=case)
        .annotate(
            label_rows=ArraySubquery(
                labels.values(row=JSONObject(kind="kind", code="code", text="text", group="group"))
            ),
            outcome_rows=ArraySubquery(
                outcomes.values(
                    row=JSONObject(status="status", on_earliest="on_earliest", on_latest="on_latest")
                )
            ),
        )
        .order_by("on_earliest", "id")
    )
    return [encounter_view(row, row.label_rows, row.outcome_rows, edition, on) for row in rows]


def encounter_view(
    row: Encounter,
    labels: Sequence[Mapping[str, Any]],
    outcomes: Sequence[Mapping[str, Any]],
    edition: Edition,
    on: datetime.date,
) -> EncounterView:
    """An encounter with the rows of its labels and later outcomes."""
    return EncounterView(
        fact=encounter_fact(row, edition, on),
        site=row.site,
        custody=CUSTODY.get(row.custody, row.custody),
        detention=", ".join(part for part in (row.detention_facility, row.detention_place) if part),
        detainer_facility=row.detainer_facility,
        referral=_referral(row, edition),
        relation=_relation(row, edition),
        imported=bool(row.import_key),
        labels=tuple(Label(one["kind"], one["code"], one["text"], one["group"]) for one in labels),
        outcomes=tuple(_outcome(one) for one in outcomes),
    )


def encounter_fact(row: Encounter, edition: Edition, day: datetime.date) -> FactView:
    """An encounter as something that can be pinned: that it happened, when, where, and through whom."""
    why_not = too_late(row.on, day)
    parts = [
        f"Encounter ({row.kind.replace('_', ' ')})",
        CUSTODY[row.custody].lower() if row.custody and row.custody in CUSTODY else row.custody,
        row.site,
        f"came to us through: {_referral(row, edition).lower()}" if row.referral_source else "",
    ]
    return FactView(
        ref=f"encounter:{row.id}:{row.version}",
        kind="encounter",
        label="Encounter",
        summary=", ".join(part for part in parts if part)
        + (f"; on {row.on}" if row.on else "; date not known"),
        on=row.on,
        version=row.version,
        pinnable=not why_not,
        why_not=why_not,
        details={
            "kind": row.kind,
            "custody": row.custody,
            "site": row.site,
            "referral_source": row.referral_source,
            "source_relation": row.source_relation,
        },
    )


def _referral(row: Encounter, edition: Edition) -> str:
    labels = {term.key: term.label for term in edition.referral_sources}
    return labels.get(row.referral_source, row.referral_source.replace("_", " "))


def _relation(row: Encounter, edition: Edition) -> str:
    labels = {term.key: term.label for term in edition.source_relations}
    return labels.get(row.source_relation, row.source_relation.replace("_", " "))


def _outcome(row: Mapping[str, Any]) -> str:
    on, until = row["on_earliest"], row["on_latest"]
    when = "" if not on else f", {on}" if on == until else f", {on} to {until}"
    return f"{row['status']}{when}"
