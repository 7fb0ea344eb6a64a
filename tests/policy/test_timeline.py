"""The timeline picture says what the table below it says, in places that agree with the days, without color."""

from __future__ import annotations

import datetime
import re
from xml.etree import ElementTree

import pytest

from policy import selectors
from policy.timeline import CLOSE, DRAWN, LEFT, RIGHT, WIDTH, Numbered, Picture, pictures
from tests import factories
from tests.architecture.scene import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.clause("VI#27")]
DAY = datetime.date(2022, 3, 28)
SVG = "{http://www.w3.org/2000/svg}"


def drawn(day: datetime.date = DAY) -> tuple[list[Numbered], Picture, Picture]:
    lines: list[Numbered] = list(selectors.calendar_lines(day))
    return lines, *pictures(lines, day, datetime.date(2026, 11, 24))


def test_every_interval_is_drawn_or_ends_its_lane() -> None:
    lines, whole, _ = drawn()
    numbers = {one.number for lane in whole.lanes for one in lane.stretches}
    assert numbers == {line.number for line in lines if line.interval.status in DRAWN}
    ended = {line.interval.edition for line in lines if line.interval.status in ("superseded", "rescinded")}
    assert {lane.edition for lane in whole.lanes if lane.end is not None} == ended
    assert [lane.component for lane in whole.lanes] == ["DHS"] * 4 + ["ICE"] + ["OPLA"] * 2


def test_places_follow_the_days() -> None:
    lines, whole, close = drawn()
    for picture in (whole, close):
        assert picture.mark is not None
        for lane in picture.lanes:
            ends = [LEFT - 0.1]
            for one in sorted(lane.stretches, key=lambda one: one.x):
                line = lines[one.number - 1]
                assert line.number == one.number
                assert ends[-1] - 2 <= one.x <= WIDTH - RIGHT, "stretches of one edition follow each other"
                if line.interval.holds_on(DAY):
                    assert one.x <= picture.mark <= one.x + one.width
                ends.append(one.x + one.width)
    part = next(
        one for lane in close.lanes for one in lane.stretches if one.look.fill == "part" and one.x > 500
    )
    per_day = (WIDTH - LEFT - RIGHT) / (CLOSE[1] - CLOSE[0]).days
    assert part.width == pytest.approx(21 * per_day, abs=0.2)


def test_a_day_outside_a_picture_is_not_marked_in_it() -> None:
    _, whole, close = drawn(datetime.date(2024, 12, 10))
    assert whole.mark is not None
    assert close.mark is None
    _, whole, _ = drawn(datetime.date(1999, 1, 1))
    assert whole.mark is None


def test_the_page_has_the_picture_and_the_table_of_the_same_facts() -> None:
    page = signed_in(factories.user()).get("/policy/").content.decode()
    found = [ElementTree.fromstring(text) for text in re.findall(r"<svg.*?</svg>", page, re.S)]
    told = [one for one in found if one.get("role") == "img"]
    assert len(told) == 2
    for one in told:
        ids = {child.get("id"): (child.text or "").strip() for child in one if child.get("id")}
        for name in (one.get("aria-labelledby") or "").split():
            assert ids[name], "a picture needs its title and its description"
        assert "style" not in {name for child in one.iter() for name in child.attrib}
        colors = {child.get(name) for child in one.iter() for name in ("fill", "stroke")} - {None}
        assert all(str(color).startswith("url(#") for color in colors)
    rows = re.findall(r'data-label="No.">(\d+)</td>', page)
    assert [int(number) for number in rows] == list(range(1, len(selectors.calendar_lines(DAY)) + 1))
    titles = [title.text or "" for one in told for title in one.iter("title")]
    assert any(
        "2021-09-30 guidelines: In force, partly enjoined, 2022-03-22 to 2022-04-12" in one for one in titles
    )
