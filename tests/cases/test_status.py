"""Status and removability: kept when incomplete, refused where the law refuses, and what halts adverse
steps."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from accounts.models import User
from cases import selectors, services
from cases.dates import UncertainDate
from cases.errors import Conflict, Refused
from cases.models import Case, Person, RecordVersion, StatusRecord
from cases.services import StatusAnswers
from cases.status_answers import answers_of
from ledger.models import Entry
from tests.support.entries import said

pytestmark = pytest.mark.clause("III#19", "III#19c", "V.D#26")

DAY = datetime.date(2024, 12, 10)

CLEAR = StatusAnswers(
    charges=("237(a)(1)(B)",),
    immigration_status="none",
    bases=(("admission_record", None),),
    citizenship_claim="no",
    citizenship_looked="looked_not_found",
    minor_check="no",
    section_1367_check="no",
    fear_of_return="no",
    representative="no",
    referral_source="jail",
    source_relation="agency",
)


def save(
    officer: User, case: Case, answers: StatusAnswers = CLEAR, version: int = 0, **more: Any
) -> StatusRecord:
    return services.save_status(
        actor=officer.actor(), user=officer, case=case, version=version, answers=answers, **more
    )


def signs(case: Case) -> list[str]:
    return [sign.key for sign in selectors.stop_signs(case, DAY)]


def test_a_complete_page_of_an_adult_without_signs(officer: User, case: Case) -> None:
    row = save(officer, case)
    assert row.complete
    assert signs(case) == []
    stored = selectors.status_of(case)
    assert stored is not None
    assert answers_of(stored) == CLEAR


def test_an_empty_page_is_kept_and_says_what_is_missing(officer: User, case: Case) -> None:
    assert not save(officer, case, StatusAnswers()).complete
    assert len(StatusAnswers().missing()) == 10
    assert signs(case) == ["citizenship", "minor", "section_1367"]


def test_without_a_page_nothing_was_checked(case: Case) -> None:
    assert signs(case) == ["citizenship", "minor", "section_1367"]


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"citizenship_claim": "yes"}, "citizenship"),
        ({"citizenship_claim": "unknown"}, "citizenship"),
        ({"citizenship_looked": "looked_found", "citizenship_indicia": ("us_passport",)}, "citizenship"),
        ({"citizenship_looked": "did_not_look"}, "citizenship"),
        ({"minor_check": "yes"}, "minor"),
        ({"minor_check": "unknown"}, "minor"),
        ({"section_1367_check": "yes"}, "section_1367"),
        ({"section_1367_check": "unknown"}, "section_1367"),
        ({"fear_of_return": "yes"}, "fear_of_return"),
    ],
)
def test_each_sign_halts(officer: User, case: Case, changes: dict[str, Any], key: str) -> None:
    save(officer, case, replace(CLEAR, **changes))
    [sign] = selectors.stop_signs(case, DAY)
    assert sign.key == key
    assert sign.words.endswith(".")
    assert sign.clause


@pytest.mark.parametrize(
    ("birth", "halts"),
    [("1990", False), ("2006", True), ("2006-12-10", False), ("2006-12-11", True), (None, True)],
)
def test_the_age_decides_whatever_the_answer_says(
    officer: User, case: Case, birth: str | None, halts: bool
) -> None:
    person = Person.objects.get(pk=case.person_id)
    columns = Person()
    columns.birth = UncertainDate.parse(birth) if birth else None
    names = ("birth_earliest", "birth_latest", "birth_precision", "birth_certainty", "birth_words")
    Person.objects.filter(pk=person.pk).update(**{name: getattr(columns, name) for name in names}, version=2)
    save(officer, case)
    assert signs(Case.objects.select_related("person").get(pk=case.pk)) == (["minor"] if halts else [])


@pytest.mark.parametrize("changes", [{"section_1367_check": "yes"}, {"fear_of_return": "yes"}])
def test_a_protected_answer_restricts_the_case(
    officer: User, other_officer: User, case: Case, changes: dict[str, Any]
) -> None:
    save(officer, case, replace(CLEAR, **changes))
    assert Case.objects.get(pk=case.pk).restricted
    assert not selectors.visible_cases(other_officer).exists()
    assert RecordVersion.objects.filter(row_kind="case", row_id=case.pk).count() == 1


class TestSource1367:
    """No finding of removability solely from a source that 8 U.S.C. 1367(a)(1) names."""

    def evidence(self, officer: User, case: Case, relation: str) -> Any:
        return services.record_evidence(
            actor=officer.actor(),
            user=officer,
            case=case,
            kind="statement",
            source="Household",
            source_relation=relation,
            obtained_on=DAY,
        ).id

    def test_refused_when_every_source_is_prohibited(self, officer: User, case: Case) -> None:
        one = self.evidence(officer, case, "abuser_or_household")
        with pytest.raises(Refused) as refused:
            save(officer, case, replace(CLEAR, bases=(("own_statement", one),)))
        assert refused.value.law == "8 U.S.C. 1367(a)(1)"
        assert not StatusRecord.objects.exists()

    def test_refused_when_only_the_referral_says_it(self, officer: User, case: Case) -> None:
        with pytest.raises(Refused, match="solely"):
            save(officer, case, replace(CLEAR, source_relation="abuser_or_household"))

    def test_another_source_carries_it(self, officer: User, case: Case) -> None:
        one = self.evidence(officer, case, "abuser_or_household")
        two = self.evidence(officer, case, "agency")
        save(officer, case, replace(CLEAR, bases=(("own_statement", one), ("admission_record", two))))

    def test_without_a_finding_there_is_nothing_to_refuse(self, officer: User, case: Case) -> None:
        save(officer, case, replace(CLEAR, charges=(), bases=(), source_relation="abuser_or_household"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"charges": ("1",)}, "charge"),
        ({"bases": (("guess", None),)}, "bases"),
        ({"minor_check": "perhaps"}, "minor_check"),
        ({"citizenship_looked": "looked_found"}, "citizenship_indicia"),
        ({"citizenship_indicia": ("us_passport",)}, "citizenship_looked"),
    ],
)
def test_answers_that_do_not_fit(officer: User, case: Case, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        save(officer, case, replace(CLEAR, **changes))
    assert refused.value.field == field


def test_a_second_writer_gets_both_texts(officer: User, case: Case) -> None:
    save(officer, case)
    save(officer, case, replace(CLEAR, referral_source="tip"), version=1)
    with pytest.raises(Conflict) as conflict:
        save(officer, case, replace(CLEAR, referral_source="worksite"), version=1)
    assert "Tip" in conflict.value.stored
    assert "Worksite" in conflict.value.yours
    with pytest.raises(Conflict):
        save(officer, case, version=0)


def test_protected_facts_leave_no_trace_outside_the_gate(officer: User, case: Case, owner: Any) -> None:
    save(officer, case, protected={"country_of_birth": "Zubrowka", "sex": "F"})
    entry = Entry.objects.get(event="cases.status.saved")
    assert b"Zubrowka" not in bytes(entry.bytes)
    assert "Zubrowka" not in " ".join(services.save_status.__doc__ or "")
    stored = selectors.status_of(case)
    assert stored is not None
    assert "Zubrowka" not in repr(stored.__dict__)


def test_the_entry_hides_what_the_page_says(officer: User, case: Case) -> None:
    save(officer, case, replace(CLEAR, section_1367_check="yes"))
    written = said(Entry.objects.get(event="cases.status.saved"))
    for word in (b"1367", b"fear", b"237", b"admission_record"):
        assert word not in written
    assert b'"edition"' in written
