"""Flags: set at once, cleared by two people, and the restriction of a case follows from nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from accounts.models import Office, User
from cases import selectors, services
from cases.errors import Refused
from cases.models import Case, CaseFlag
from ledger.clock import now, policy_date
from ledger.models import Entry
from tests.cases.test_status import CLEAR, save
from tests.support.entries import said

MakeUser = Callable[..., User]


@pytest.fixture
def supervisor(make_user: MakeUser, office: Office) -> User:
    return make_user("supervisor", office)


def flag(user: User, case: Case, kind: str = "section_1367") -> CaseFlag:
    return services.set_flag(
        actor=user.actor(), user=user, case=case, kind=kind, reason="Counsel told us on the telephone"
    )


def ask(user: User, case: Case, row: CaseFlag) -> CaseFlag:
    return services.ask_to_clear(
        actor=user.actor(), user=user, case=case, flag=row.pk, reason="Another person was meant"
    )


def confirm(user: User, case: Case, row: CaseFlag) -> CaseFlag:
    return services.confirm_clearing(actor=user.actor(), user=user, case=case, flag=row.pk)


@pytest.mark.parametrize(
    ("kind", "restricts"), [("section_1367", True), ("asylum_208_6", True), ("juvenile", False)]
)
def test_setting_is_immediate(
    officer: User, other_officer: User, case: Case, kind: str, restricts: bool
) -> None:
    flag(officer, case, kind)
    case.refresh_from_db()
    assert case.restricted is restricts
    assert selectors.visible_cases(other_officer).filter(pk=case.pk).exists() is not restricts


def test_clearing_takes_two(officer: User, supervisor: User, case: Case) -> None:
    row = flag(officer, case)
    with pytest.raises(Refused, match="Nobody has asked"):
        confirm(supervisor, case, row)
    ask(officer, case, row)
    case.refresh_from_db()
    restricted = [case.restricted]
    confirm(supervisor, case, row)
    case.refresh_from_db()
    restricted.append(case.restricted)
    assert restricted == [True, False]
    row.refresh_from_db()
    assert (row.clear_asked_by, row.cleared_by) == (officer, supervisor)
    with pytest.raises(Refused):
        confirm(supervisor, case, row)


def test_a_supervisor_who_asked_does_not_confirm(
    make_user: MakeUser, office: Office, officer: User, supervisor: User, case: Case
) -> None:
    row = flag(officer, case)
    ask(supervisor, case, row)
    with pytest.raises(Refused, match="somebody else confirms"):
        confirm(supervisor, case, row)
    with pytest.raises(Refused, match="A supervisor of the office decides"):
        confirm(officer, case, row)
    confirm(make_user("supervisor", office, "second"), case, row)


def test_a_supervisor_of_another_office_confirms_nothing(
    make_user: MakeUser, other_office: Office, officer: User, case: Case
) -> None:
    row = flag(officer, case, "juvenile")
    ask(officer, case, row)
    with pytest.raises(Refused):
        confirm(make_user("supervisor", other_office), case, row)


def test_declining_keeps_the_flag(officer: User, supervisor: User, case: Case) -> None:
    row = flag(officer, case)
    ask(officer, case, row)
    services.keep_flag(actor=supervisor.actor(), user=supervisor, case=case, flag=row.pk)
    row.refresh_from_db()
    assert row.cleared_at is None
    assert row.clear_asked_by is None
    ask(officer, case, row)


def test_one_of_two_flags_keeps_the_restriction(officer: User, supervisor: User, case: Case) -> None:
    first, _ = flag(officer, case), flag(officer, case, "asylum_208_6")
    ask(officer, case, first)
    confirm(supervisor, case, first)
    case.refresh_from_db()
    assert case.restricted


def test_a_yes_on_the_status_page_sets_the_flags_and_another_answer_clears_none(
    officer: User, supervisor: User, case: Case
) -> None:
    yes: dict[str, Any] = {"section_1367_check": "yes", "fear_of_return": "yes", "minor_check": "yes"}
    save(officer, case, replace(CLEAR, **yes))
    assert set(CaseFlag.objects.values_list("kind", flat=True)) == {
        "section_1367",
        "asylum_208_6",
        "juvenile",
    }
    case.refresh_from_db()
    assert case.restricted
    row = CaseFlag.objects.get(kind="section_1367")
    with pytest.raises(Refused, match="status page still answers"):
        ask(officer, case, row)
    save(officer, case, version=1)
    case.refresh_from_db()
    assert case.restricted
    assert "section_1367" in {sign.key for sign in selectors.stop_signs(case, policy_date())}
    assert CaseFlag.objects.filter(cleared_at=None).count() == 3
    ask(officer, case, row)
    confirm(supervisor, case, row)
    assert "section_1367" not in {sign.key for sign in selectors.stop_signs(case, policy_date())}


def test_a_flag_halts_whatever_the_status_page_says(officer: User, case: Case) -> None:
    save(officer, case)
    assert selectors.stop_signs(case, policy_date()) == []
    flag(officer, case)
    flag(officer, case, "juvenile")
    assert [sign.key for sign in selectors.stop_signs(case, policy_date())] == ["minor", "section_1367"]
    record = selectors.case_record(case, policy_date())
    assert [sign.key for sign in record.signs] == ["minor", "section_1367"]


def test_a_flag_stands_once(officer: User, case: Case) -> None:
    flag(officer, case)
    with pytest.raises(Refused, match="stands already"):
        flag(officer, case)


def test_the_database_refuses_what_the_service_refuses(officer: User, supervisor: User, case: Case) -> None:
    row = flag(officer, case)
    rows, cases = CaseFlag.objects.filter(pk=row.pk), Case.objects.filter(pk=case.pk)
    for step in (
        lambda: cases.update(restricted=False, version=case.version + 1),
        lambda: rows.update(cleared_by=supervisor, cleared_at=now()),
        lambda: rows.update(clear_asked_by=officer, cleared_by=officer, cleared_at=now()),
        lambda: rows.update(kind="juvenile"),
        rows.delete,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            step()
    ask(officer, case, row)
    confirm(supervisor, case, row)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(cleared_at=None, cleared_by=None)


def test_a_restriction_without_flags_is_not_lifted(case: Case) -> None:
    cases = Case.objects.filter(pk=case.pk)
    cases.update(restricted=True, version=2)
    with pytest.raises(DatabaseError), transaction.atomic():
        cases.update(restricted=False, version=3)


def test_entries_do_not_say_that_they_are_about_a_flag(officer: User, supervisor: User, case: Case) -> None:
    before = set(Entry.objects.values_list("pk", flat=True))
    row = flag(officer, case)
    ask(officer, case, row)
    confirm(supervisor, case, row)
    save(officer, case, replace(CLEAR, section_1367_check="yes"))
    entries = Entry.objects.exclude(pk__in=before).order_by("id")
    own = {entry.event for entry in entries if entry.event.startswith("cases.")}
    assert own == {"cases.record.changed", "cases.status.saved"}
    for entry in entries:
        for word in (b"1367", b"flag", b"telephone", b"Another person"):
            assert word not in said(entry), entry.event
