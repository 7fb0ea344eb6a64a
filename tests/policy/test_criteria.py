"""Boundary persons under each edition: one person, several answers; nothing here knows an outcome. All are invented."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from datetime import date
from typing import Any

import pytest

from policy.criteria import CRITERIA, Answer, Facts, Span, answers, unknown
from policy.criteria.facts import Charge, ChargeEnd, Conviction, Entry, Manner, OffenseClass, Presence
from policy.editions import available, load

pytestmark = pytest.mark.clause("II.C#16")

INTERIM = ("2021-01-20", "2021-02-18", "2021-05-27")
AFTER = ("2021-09-30", "2022-04-03")


def day(text: str, *, about: bool = False) -> Span:
    return Span(date.fromisoformat(text), date.fromisoformat(text), about)


NOVEMBER = Span(date(2020, 11, 1), date(2020, 11, 30), about=True)


def entry(on: Span | None, manner: Manner = "without_inspection", **more: Any) -> Entry:
    return Entry(
        ref="entry:1:1", words="Entry", on=on, manner=manner, sources=("Interview, officer",), **more
    )


def came(on: Span | None, manner: Manner = "without_inspection") -> Facts:
    return Facts(entries=(entry(on, manner),))


def border(edition: str, facts: Facts) -> dict[str, str]:
    return {one.criterion.key: one.result.value for one in answers(load(edition), "border_security", facts)}


PERSONS = {
    "entry on 2020-10-31": came(day("2020-10-31")),
    "entry on 2020-11-01": came(day("2020-11-01")),
    "entry on 2020-11-02": came(day("2020-11-02")),
    "about November 2020": came(NOVEMBER),
    "overstay after an admission in 2019": came(day("2019-05-01"), "admitted"),
    "overstay after an admission in 2021": came(day("2021-03-01"), "admitted"),
    "attempt at a port on 2020-10-31": came(day("2020-10-31"), "attempted"),
    "attempt at a port on 2020-11-01": came(day("2020-11-01"), "attempted"),
    "attempt at a port in about November 2020": came(NOVEMBER, "attempted"),
    "manner not known, 2021-03-01": came(day("2021-03-01"), "not_known"),
    "entry on a day that nobody knows": came(None),
    "nothing on record": Facts(),
}
# (stopped at the border since the day, not present before it), then (attempt, unlawful entry after the day).
ANSWERS = {
    "entry on 2020-10-31": (("not_met", "not_met"), ("not_met", "not_met")),
    "entry on 2020-11-01": (("not_met", "met"), ("not_met", "not_met")),
    "entry on 2020-11-02": (("not_met", "met"), ("not_met", "met")),
    "about November 2020": (("not_met", "cannot_tell"), ("not_met", "cannot_tell")),
    "overstay after an admission in 2019": (("not_met", "not_met"), ("not_met", "not_met")),
    "overstay after an admission in 2021": (("not_met", "met"), ("not_met", "not_met")),
    "attempt at a port on 2020-10-31": (("not_met", "not_met"), ("met", "not_met")),
    "attempt at a port on 2020-11-01": (("met", "met"), ("met", "not_met")),
    "attempt at a port in about November 2020": (("cannot_tell", "cannot_tell"), ("met", "not_met")),
    "manner not known, 2021-03-01": (("cannot_tell", "met"), ("cannot_tell", "cannot_tell")),
    "entry on a day that nobody knows": (("not_met", "cannot_tell"), ("not_met", "cannot_tell")),
    "nothing on record": (("cannot_tell", "cannot_tell"), ("cannot_tell", "cannot_tell")),
}


@pytest.mark.parametrize("person", PERSONS)
@pytest.mark.parametrize("edition", INTERIM)
def test_interim_guidance(edition: str, person: str) -> None:
    found = border(edition, PERSONS[person])
    assert found == dict(
        zip(("attempted_entry_since_date", "not_present_before_date"), ANSWERS[person][0], strict=True)
    )


@pytest.mark.parametrize("person", PERSONS)
@pytest.mark.parametrize("edition", AFTER)
def test_guidelines(edition: str, person: str) -> None:
    found = border(edition, PERSONS[person])
    assert found == dict(
        zip(("attempted_unlawful_entry", "unlawful_entry_after_date"), ANSWERS[person][1], strict=True)
    )


@pytest.mark.parametrize(
    ("on", "expected"), [("2014-01-01", "not_met"), ("2014-01-02", "met"), ("2020-11-01", "met")]
)
@pytest.mark.clause("2014-11-20:A.2#7")
def test_the_memorandum_of_2014_looks_at_its_own_day(on: str, expected: str) -> None:
    assert border("2014-11-20", came(day(on)))["unlawful_entry_after_date"] == expected


def test_the_memorandum_of_2017_has_no_day_of_entry() -> None:
    for facts in PERSONS.values():
        assert set(border("2017-02-20", facts)) == {"attempted_unlawful_entry"}


def one(edition: str, key: str, facts: Facts) -> Answer:
    criterion = load(edition).criterion(key)
    return CRITERIA[key](criterion, facts)


def test_what_would_settle_it_is_said_only_while_it_is_open() -> None:
    open_answer = one("2021-09-30", "unlawful_entry_after_date", came(NOVEMBER))
    assert any("A source for the day" in line for line in open_answer.settles)
    [step] = open_answer.steps
    assert step.words == "Entry"
    assert step.sources == ("Interview, officer",)
    assert "2020-10-02 to 2020-12-30" in step.says
    assert "the source says about" in step.says
    assert one("2021-09-30", "unlawful_entry_after_date", came(day("2020-11-02"))).settles == ()


def test_about_can_only_take_an_answer_away() -> None:
    for text in ("2020-10-20", "2020-11-01", "2020-11-02", "2020-12-01", "2019-01-01", "2022-06-01"):
        for edition, key in (
            ("2021-09-30", "unlawful_entry_after_date"),
            ("2021-02-18", "not_present_before_date"),
        ):
            sure = one(edition, key, came(day(text))).result
            about = one(edition, key, came(day(text, about=True))).result
            assert about in (sure, "cannot_tell")
    assert one("2021-09-30", "unlawful_entry_after_date", came(day("2022-06-01", about=True))).result == "met"


def test_a_year_alone_cannot_be_told_when_the_day_lies_in_it() -> None:
    year = Span(date(2020, 1, 1), date(2020, 12, 31))
    assert one("2021-09-30", "unlawful_entry_after_date", came(year)).result == "cannot_tell"
    year = Span(date(2021, 1, 1), date(2021, 12, 31))
    assert one("2021-09-30", "unlawful_entry_after_date", came(year)).result == "met"


def test_one_later_entry_is_enough_and_one_earlier_presence_is() -> None:
    both = Facts(entries=(entry(day("2015-01-01")), entry(day("2021-05-05"))))
    assert one("2021-09-30", "unlawful_entry_after_date", both).result == "met"
    assert one("2021-02-18", "not_present_before_date", both).result == "not_met"


def test_a_first_telephone_call_narrows_no_day_of_entry() -> None:
    call = Presence(ref="presence:1:1", words="Telephone", on=day("2020-11-09"), continuous=False)
    facts = dataclasses.replace(came(NOVEMBER), presences=(call,))
    assert one("2021-09-30", "unlawful_entry_after_date", facts).result == "cannot_tell"
    assert one("2021-02-18", "not_present_before_date", facts).result == "cannot_tell"


def test_an_undated_entry_lies_before_an_unbroken_presence() -> None:
    since = Presence(ref="presence:1:1", words="Since 2012", on=day("2012-03-01"), continuous=True)
    facts = dataclasses.replace(came(None), presences=(since,))
    assert one("2021-09-30", "unlawful_entry_after_date", facts).result == "not_met"
    broken = dataclasses.replace(facts, presences=(dataclasses.replace(since, continuous=False),))
    assert one("2021-09-30", "unlawful_entry_after_date", broken).result == "cannot_tell"


def conviction(
    *, vacated: bool = False, named: OffenseClass | None = None, ruled: bool | None = None
) -> Conviction:
    return Conviction(
        ref="conviction:1:1",
        words="Conviction",
        on=day("2014-05-01"),
        vacated=vacated,
        offense_class=named,
        aggravated=ruled,
    )


@pytest.mark.parametrize(
    ("edition", "vacated", "read", "expected"),
    [
        ("2017-02-20", False, False, "met"),
        ("2017-02-20", True, True, "not_met"),
        ("2017-02-20", True, False, "cannot_tell"),
        ("2014-11-20", False, True, "cannot_tell"),
        ("2021-02-18", False, True, "cannot_tell"),
        ("2021-02-18", True, True, "not_met"),
    ],
)
def test_the_class_of_a_conviction_is_never_worked_out_by_code(
    edition: str, vacated: bool, read: bool, expected: str
) -> None:
    facts = Facts(convictions=(conviction(vacated=vacated),), criminal_record_read=read)
    found = one(edition, "standing_conviction", facts)
    assert found.result == expected
    if expected == "cannot_tell" and not vacated:
        assert found.settles


CLASSES: list[tuple[str, OffenseClass | None, bool | None, str]] = [
    # The memorandum of 2014 goes by the class that the judgment names.
    ("2014-11-20", "felony", None, "met"),
    ("2014-11-20", "felony_of_status", None, "not_met"),
    ("2014-11-20", "misdemeanor", None, "not_met"),
    ("2014-11-20", "lesser", None, "not_met"),
    ("2014-11-20", None, True, "cannot_tell"),
    # The interim guidance goes by a class of immigration law, which a state's name for the offense does not settle.
    ("2021-02-18", None, True, "met"),
    ("2021-02-18", "misdemeanor", True, "met"),
    ("2021-01-20", "felony", False, "not_met"),
    ("2021-05-27", "felony", None, "cannot_tell"),
    ("2021-05-27", "lesser", None, "cannot_tell"),
    ("2017-02-20", "lesser", False, "met"),
]


@pytest.mark.parametrize(("edition", "named", "ruled", "expected"), CLASSES)
@pytest.mark.clause("2014-11-20:A.1#4", "2021-02-18:A#4", "2021-01-20:B#4")
def test_a_class_that_the_record_has_is_read(
    edition: str, named: OffenseClass | None, ruled: bool | None, expected: str
) -> None:
    facts = Facts(convictions=(conviction(named=named, ruled=ruled),), criminal_record_read=True)
    found = one(edition, "standing_conviction", facts)
    assert found.result == expected
    assert bool(found.settles) == (expected == "cannot_tell")


def test_a_vacated_felony_does_not_count_and_one_open_conviction_leaves_the_answer_open() -> None:
    gone = conviction(vacated=True, named="felony")
    facts = Facts(convictions=(gone,), criminal_record_read=True)
    assert one("2014-11-20", "standing_conviction", facts).result == "not_met"
    facts = Facts(convictions=(conviction(named="misdemeanor"), conviction()), criminal_record_read=True)
    assert one("2014-11-20", "standing_conviction", facts).result == "cannot_tell"
    facts = Facts(convictions=(conviction(named="misdemeanor"),), criminal_record_read=False)
    found = one("2014-11-20", "standing_conviction", facts)
    assert found.result == "cannot_tell"
    assert any("other conviction" in step.says for step in found.steps)


@pytest.mark.parametrize(
    ("end", "expected"), [("pending", "met"), ("ended", "not_met"), ("not_known", "cannot_tell")]
)
@pytest.mark.clause("2017-02-20:A#4")
def test_an_unknown_end_is_not_a_pending_charge(end: ChargeEnd, expected: str) -> None:
    charge = Charge(ref="arrest:1:1", words="Arrest", on=day("2017-05-01"), end=end)
    assert one("2017-02-20", "unresolved_charge", Facts(charges=(charge,))).result == expected


@pytest.mark.parametrize(("read", "expected"), [(True, "not_met"), (False, "cannot_tell")])
def test_nothing_on_record_tells_only_when_the_record_was_read(read: bool, expected: str) -> None:
    facts = Facts(criminal_record_read=read)
    assert one("2017-02-20", "unresolved_charge", facts).result == expected
    assert one("2017-02-20", "standing_conviction", facts).result == expected


@pytest.mark.parametrize("key", available())
def test_every_criterion_of_an_edition_has_its_code(key: str) -> None:
    assert unknown(load(key)) == []


def test_every_criterion_is_named_by_an_edition() -> None:
    assert {one.key for key in available() for one in load(key).criteria} == set(CRITERIA)


def test_criteria_are_plain_python() -> None:
    code = "import sys, policy.criteria; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
