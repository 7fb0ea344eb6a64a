"""Flags and other names of a case, standing ones first, with who set and who cleared them."""

from __future__ import annotations

from cases.models import Case, CaseFlag, PersonAlias


def flags_of(case: Case) -> list[CaseFlag]:
    """Every flag that was ever set, standing ones first. One query."""
    rows = (
        CaseFlag.objects.filter(case=case)
        .select_related("set_by", "clear_asked_by", "cleared_by", "evidence")
        .order_by("id")
    )
    return sorted(rows, key=lambda row: row.cleared_at is not None)


def aliases_of(case: Case) -> list[PersonAlias]:
    """Other names of the case's person that stand. One query; evidence of another case stays untold."""
    rows = (
        PersonAlias.objects.filter(person_id=case.person_id, withdrawn=False)
        .select_related("evidence", "recorded_by")
        .order_by("family_name", "given_name", "id")
    )
    found = list(rows)
    for row in found:
        if row.evidence is not None and row.evidence.case_id != case.pk:
            row.evidence = None
    return found
