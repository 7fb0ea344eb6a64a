"""A day of the guidance: who was bound by what, for which decisions, what the form asks, and as known when."""

from __future__ import annotations

import datetime

import pytest

from policy.day_selectors import Day, day_of
from tests import factories
from tests.architecture.scene import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.clause("VI#27", "2021-05-27:S#8")]


def bound(day: str, known_at: str = "") -> dict[str, list[str]]:
    found = _day(day, known_at)
    return {body.key: [one.interval.edition for one in body.binding] for body in found.bodies}


def _day(day: str, known_at: str = "") -> Day:
    return day_of(
        datetime.date.fromisoformat(day), datetime.date.fromisoformat(known_at) if known_at else None
    )


@pytest.mark.parametrize(
    ("day", "dhs", "ero", "opla"),
    [
        ("2016-01-01", ["2014-11-20"], ["2014-11-20"], ["2014-11-20"]),
        ("2021-06-04", [], ["2021-02-18"], ["2021-05-27"]),
        ("2021-08-25", [], [], []),
        ("2022-03-28", ["2021-09-30"], ["2021-09-30"], ["2021-09-30", "2021-05-27"]),
        ("2022-07-01", [], [], []),
        ("2024-12-10", ["2021-09-30"], ["2021-09-30"], ["2021-09-30", "2022-04-03"]),
    ],
)
def test_each_part_of_the_department_has_its_answer(
    day: str, dhs: list[str], ero: list[str], opla: list[str]
) -> None:
    assert bound(day) == {"DHS": dhs, "ERO": ero, "HSI": ero, "OPLA": opla}


def test_the_second_axis_leaves_out_what_came_later() -> None:
    assert bound("2022-07-01", "2022-06-09")["ERO"] == ["2021-09-30"]
    assert bound("2022-07-01", "2022-06-10")["ERO"] == []
    found = _day("2022-07-01", "2022-06-09")
    assert found.standing.edition_key == "2021-09-30"
    assert all(
        one.interval.until is None
        for body in found.bodies
        for one in body.binding
        if one.interval.component == "DHS"
    )


def test_an_order_in_part_is_told_by_decision() -> None:
    (dhs, *_) = _day("2022-03-28").bodies
    (guidelines,) = dhs.binding
    assert [(one.decisions, one.status) for one in guidelines.split] == [
        ("Custody or conditions, Execution of a removal order", "In force, partly enjoined"),
        ("All others", "In force"),
    ]
    (dhs, *_) = _day("2024-12-10").bodies
    assert dhs.binding[0].split == ()


def test_several_forms_stand_side_by_side_and_none_keeps_the_form_without_priorities() -> None:
    assert [form.edition.key for form in _day("2022-03-28").forms] == ["2021-09-30", "2021-05-27"]
    (form,) = _day("2022-07-01").forms
    assert (form.edition.key, form.priorities) == ("2021-09-30", False)


def test_the_page_says_it() -> None:
    client = signed_in(factories.user())
    page = client.get("/policy/on/2022-03-28/").content.decode()
    for words in (
        "ICE, Homeland Security Investigations",
        "Custody or conditions, Execution of a removal order: In force, partly enjoined.",
        "2021-05-27 OPLA interim guidance",
        "Preliminary injunction, Southern District of Ohio, 2022-03-22",
        "date: 2020-11-01",
        "comparison: on or after",
        "Advanced or tender age",
        "Every question of the form",
    ):
        assert words in page, words
    page = client.get("/policy/on/2022-07-01/").content.decode()
    assert "None: law and general discretion" in page
    assert "drops findings on priorities and their criteria" in page
    page = client.get("/policy/on/2022-07-01/?known_at=2022-06-09").content.decode()
    assert "As known on 2022-06-09; orders that came later are left out." in page
    assert "2022-06-25" not in page


@pytest.mark.parametrize("asked", ["soon", "2022-02-30", "20220322"])
def test_what_is_no_day_is_said_at_the_second_field_too(asked: str) -> None:
    client = signed_in(factories.user())
    for address in (f"/policy/on/2022-07-01/?known_at={asked}", f"/policy/?on=2022-07-01&known_at={asked}"):
        answer = client.get(address)
        assert answer.status_code == 400
        assert f"“{asked}” is not a day" in answer.content.decode()


def test_both_days_lead_to_the_page_of_the_day() -> None:
    client = signed_in(factories.user())
    answer = client.get("/policy/?on=2022-07-01&known_at=2022-06-09")
    assert (answer.status_code, answer["Location"]) == (302, "/policy/on/2022-07-01/?known_at=2022-06-09")
    alone = client.get("/policy/?known_at=2022-06-09")
    assert alone.status_code == 400
    assert "Write the day that is asked about" in alone.content.decode()
