"""A trained officer's simple detainer, with one conviction and a full file: at most 25 actions and four free texts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.walks import walking
from tests.walks.conftest import Staff
from tests.walks.record import Record

OUTCOMES = ("act", "decline")
FACTS = walking.Answers(
    public_safety="found",
    last_conduct="Conduct",
    why_current="It was three months ago, with a child in the street.",
    factors={"gravity_of_offense_and_sentence": walking.Present(fact="Conviction")},
    consequences="He would lose a job of six years.",
)
FOR = walking.Reasons(text="He drove drunk past a school at noon.", fact="Conduct")
AGAINST = walking.Reasons(text="Six years of steady work, and nothing before.", fact="In the United States")


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_simple_detainer(outcome: str, staff: Staff, on_day: Callable[[str], None]) -> None:
    on_day("2022-02-01")
    record = Record(staff.officer, "Halvenius", "Torvin", "1989-04-02")
    record.evidence("judgment", "court_record", "Millbrook Superior Court", "court", "2022-01-20")
    record.fact(
        "conviction",
        "2022-01-10",
        "judgment",
        description="Driving under the influence",
        statute="Cal. Veh. Code 23152(a)",
        disposition="plea_guilty",
        sentence="10 days",
    )
    record.fact("conduct", "2021-11-03", "judgment", what="Drove drunk past a school at noon")
    record.fact("presence", "2015", "judgment", continuous="yes")
    officer = staff.come("officer")
    walking.fill_status(
        officer,
        record,
        walking.Status(charge="212(a)(6)(A)(i)", bases={"own_statement": ""}),
    )
    effort = walking.Effort(officer)
    walking.start(officer, record, "detainer:do")
    walking.fact_pages(officer, FACTS)
    acts = outcome == "act"
    walking.decide(officer, outcome, opposite=AGAINST if acts else FOR, reasons=FOR if acts else AGAINST)
    walking.sign(officer)
    pages, actions, texts = effort.spent()
    print(f"{outcome}: {len(pages)} pages, {actions} actions, {texts} free texts")
    assert actions <= 25
    assert texts == 4
    walking.take_bundle(staff.come("auditor"))
