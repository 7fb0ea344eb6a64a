"""Evidence: kind, source and its relation to the person, the day of the information, and who read it when."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from cases.errors import Conflict, Refused
from cases.models import Case, Evidence, Picture
from cases.screening.store import keep_row
from cases.services.common import note_change, require_own, write_version
from ledger.actors import Actor
from ledger.clock import now
from policy.services import current


def record_evidence(
    *,
    actor: Actor,
    user: User,
    case: Case,
    kind: str,
    source: str,
    source_relation: str,
    caption: str = "",
    picture: str = "",
    information_date: datetime.date | None = None,
    obtained_on: datetime.date,
    reviewed_on: datetime.date | None = None,
) -> Evidence:
    """`kind` and `source_relation` are keys of the edition; with `reviewed_on` the user is its reader.
    Raises `Refused`."""
    require_own(user, case)
    content = _checked(kind, source, source_relation, caption, information_date, obtained_on, reviewed_on)
    content["picture"] = _picture(picture)
    with transaction.atomic():
        row = Evidence(case=case, obtained_by=user, recorded_at=now(), **content)
        row.reviewed_by = user if reviewed_on else None
        row.save(force_insert=True)
        keep_row(row, case_id=case.id)
        note_change(actor=actor, case=case, part="evidence", row=row.id, version=1, content=content)
    return row


def change_evidence(
    *,
    actor: Actor,
    user: User,
    evidence: Evidence,
    version: int,
    kind: str,
    source: str,
    source_relation: str,
    caption: str = "",
    picture: str = "",
    information_date: datetime.date | None = None,
    obtained_on: datetime.date,
    reviewed_on: datetime.date | None = None,
) -> Evidence:
    """Replace the content of evidence that still has `version`. Raises `Conflict` or `Refused`."""
    require_own(user, evidence.case)
    content = _checked(kind, source, source_relation, caption, information_date, obtained_on, reviewed_on)
    content["picture"] = _picture(picture)
    changes: dict[str, Any] = dict(content)
    if reviewed_on != evidence.reviewed_on:
        changes["reviewed_by_id"] = user.id if reviewed_on else None
    with transaction.atomic():
        if not write_version(evidence, version=version, changes=changes):
            stored = Evidence.objects.get(pk=evidence.pk)
            raise Conflict(
                what="The evidence",
                stored=in_words(stored),
                yours=in_words(Evidence(**content)),
                version=stored.version,
            )
        keep_row(evidence, case_id=evidence.case_id)
        note_change(
            actor=actor,
            case=evidence.case,
            part="evidence",
            row=evidence.id,
            version=evidence.version,
            content=content,
            action="changed",
        )
    return evidence


def in_words(row: Evidence) -> str:
    """One line: kind, source, caption, days."""
    edition, _ = current()
    labels = {kind.key: kind.label for kind in edition.evidence_kinds}
    reviewed = f"reviewed {row.reviewed_on}" if row.reviewed_on else "not reviewed"
    parts = [labels.get(row.kind, row.kind), row.source, row.caption, f"obtained {row.obtained_on}", reviewed]
    return ", ".join(part for part in parts if part)


def _picture(picture: str) -> str:
    if picture and picture not in Picture.values:
        raise Refused("Choose from the list whether it is a picture.", field="picture")
    return picture


def _checked(
    kind: str,
    source: str,
    source_relation: str,
    caption: str,
    information_date: datetime.date | None,
    obtained_on: datetime.date,
    reviewed_on: datetime.date | None,
) -> dict[str, Any]:
    edition, _ = current()
    if kind not in {one.key for one in edition.evidence_kinds}:
        raise Refused("Choose the kind of evidence from the list.", field="kind")
    if source_relation not in {one.key for one in edition.source_relations}:
        raise Refused("Choose from the list who the source is to the person.", field="source_relation")
    source, caption = " ".join(source.split()), " ".join(caption.split())
    if not source or len(source) > 200:
        raise Refused("Name the source, with at most 200 characters.", field="source")
    if len(caption) > 400:
        raise Refused(
            "Shorten the caption to 400 characters; the document itself says the rest.", field="caption"
        )
    if reviewed_on and reviewed_on < obtained_on:
        raise Refused(
            "It was reviewed before it was obtained. Correct one of the two days.", field="reviewed_on"
        )
    if information_date and information_date > obtained_on:
        raise Refused(
            "The information is later than the day it was obtained. Correct one of the two days.",
            field="information_date",
        )
    return {
        "kind": kind,
        "source": source,
        "source_relation": source_relation,
        "caption": caption,
        "information_date": information_date,
        "obtained_on": obtained_on,
        "reviewed_on": reviewed_on,
    }
