"""Facts: recorded, changed, withdrawn. A fact's evidence is of the same case; a change takes the next
version."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Never

import pydantic
from django.db import transaction

from accounts.models import User
from cases.dates import UncertainDate
from cases.errors import Conflict, Refused
from cases.facts import KINDS, FactKind
from cases.happenings import Happening, tell
from cases.models import Case, Evidence, Fact, Support
from cases.screening.store import keep_row
from cases.services.common import note_change, require_own, write_version
from ledger.actors import Actor
from ledger.clock import now


def _kind(key: str) -> FactKind[Any]:
    try:
        return KINDS[key]
    except KeyError:
        raise Refused(f"'{key}' is no kind of fact. Choose one from the case page.", field="kind") from None


def _checked(kind: FactKind[Any], details: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return kind.checked(details)
    except pydantic.ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        field = str(first["loc"][0]) if first["loc"] else ""
        raise Refused(
            f"{kind.label}: '{field}' cannot be kept ({first['msg']}). Correct it and save again.",
            field=field,
        ) from error


def _own_evidence(case: Case, evidence: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    wanted = list(dict.fromkeys(evidence))
    found = (
        set(Evidence.objects.filter(case=case, id__in=wanted).values_list("id", flat=True))
        if wanted
        else set()
    )
    if len(found) != len(wanted):
        raise Refused(
            "A piece of evidence that you chose is not of this case. Choose again.", field="evidence"
        )
    return wanted


def record_fact(
    *,
    actor: Actor,
    user: User,
    case: Case,
    kind: str,
    details: Mapping[str, Any],
    on: UncertainDate | None = None,
    evidence: Sequence[uuid.UUID] = (),
) -> Fact:
    """Record a fact of `kind` (a key of `cases.facts.KINDS`). `evidence` are ids. Raises `Refused`."""
    require_own(user, case)
    checked = _checked(_kind(kind), details)
    with transaction.atomic():
        wanted = _own_evidence(case, evidence)
        fact = Fact(case=case, kind=kind, details=checked, recorded_at=now(), recorded_by=user)
        fact.on = on
        fact.save(force_insert=True)
        Support.objects.bulk_create([Support(fact=fact, evidence_id=one) for one in wanted])
        keep_row(fact, case_id=case.id)
        note_change(
            actor=actor, case=case, part="fact", row=fact.id, version=1, content=_content(fact, wanted)
        )
    return fact


def change_fact(
    *,
    actor: Actor,
    user: User,
    fact: Fact,
    version: int,
    details: Mapping[str, Any],
    on: UncertainDate | None = None,
    evidence: Sequence[uuid.UUID] = (),
) -> Fact:
    """Replace the content of a fact that still has `version`. Raises `Conflict` when it has a later one, or
    `Refused`."""
    require_own(user, fact.case)
    kind = _kind(fact.kind)
    checked = _checked(kind, details)
    with transaction.atomic():
        wanted = _own_evidence(fact.case, evidence)
        changed = Fact(details=checked)
        changed.on = on
        columns = {name: getattr(changed, name) for name in ("details", *_DATE_COLUMNS)}
        # The row first: the trigger keeps its evidence as it was together with the old version.
        if not write_version(fact, version=version, changes=columns):
            _conflict(fact, kind.summary(checked, on))
        Support.objects.filter(fact=fact).exclude(evidence_id__in=wanted).delete()
        Support.objects.bulk_create(
            [Support(fact=fact, evidence_id=one) for one in wanted], ignore_conflicts=True
        )
        keep_row(fact, case_id=fact.case_id)
        note_change(
            actor=actor,
            case=fact.case,
            part="fact",
            row=fact.id,
            version=fact.version,
            content=_content(fact, wanted),
            action="changed",
        )
        tell(Happening(what="fact_changed", actor=actor, user=user, case=fact.case, row=fact.id))
    return fact


def withdraw_fact(*, actor: Actor, user: User, fact: Fact, version: int) -> Fact:
    """Take a fact that was recorded by mistake out of the record. Its versions, and pins to them, stay."""
    require_own(user, fact.case)
    with transaction.atomic():
        if not write_version(fact, version=version, changes={"withdrawn": True}):
            _conflict(fact, "Withdrawn")
        note_change(
            actor=actor,
            case=fact.case,
            part="fact",
            row=fact.id,
            version=fact.version,
            content=_content(fact, []),
            action="withdrawn",
        )
        tell(Happening(what="fact_changed", actor=actor, user=user, case=fact.case, row=fact.id))
    return fact


_DATE_COLUMNS = ("on_earliest", "on_latest", "on_precision", "on_certainty", "on_words")


def _content(fact: Fact, evidence: Sequence[uuid.UUID]) -> dict[str, Any]:
    return {
        "kind": fact.kind,
        "details": fact.details,
        "on": str(fact.on or ""),
        "evidence": [str(one) for one in evidence],
    }


def _conflict(fact: Fact, yours: str) -> Never:
    stored = Fact.objects.get(pk=fact.pk)
    kind = KINDS[stored.kind]
    text = "Withdrawn" if stored.withdrawn else kind.summary(stored.details, stored.on)
    raise Conflict(what=f"The fact '{kind.label}'", stored=text, yours=yours, version=stored.version)
