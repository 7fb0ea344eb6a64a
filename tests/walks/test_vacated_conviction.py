"""Vacated conviction: the detainer that rested on it is looked at again; what was signed stays as it was signed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.walks import walking
from tests.walks.conftest import Staff
from tests.walks.record import Record

FACTS = walking.Answers(
    public_safety="found",
    last_conduct="Conduct: Sold",
    why_current="The court record calls it one of several sales.",
    factors={"gravity_of_offense_and_sentence": walking.Present(fact="Conviction")},
    consequences="He would lose his home of twenty years.",
)
DETAINER = walking.Reasons(text="He sold for months and was sentenced to three years.", fact="Conviction")
STAYS = walking.Reasons(
    text="More than twenty years here, and one sentence served.", fact="In the United States"
)
LIFT = walking.Reasons(text="The judgment that it rested on is gone.", fact="Conviction")
KEEP = walking.Reasons(text="The sales were seen by two officers, judgment or not.", fact="Conduct: Sold")
GRAVITY = "factor_gravity_of_offense_and_sentence"


def oskar(staff: Staff) -> tuple[Record, str]:
    record = Record(staff.officer, "Lindvar", "Oskar", "1979-03-02")
    record.evidence("judgment", "court_record", "Tallow County Court", "court", "2021-12-06")
    record.evidence("report", "police_report", "Tallow Police", "agency", "2021-12-06")
    record.evidence("entry", "admission_record", "Record of arrivals", "agency", "2021-12-06")
    conviction = record.fact(
        "conviction",
        "2009-04-14",
        "judgment",
        description="Sale of a controlled substance",
        statute="Cal. Health & Safety Code 11352",
        disposition="plea_guilty",
        sentence="3 years",
    )
    record.fact("conduct", "2008-11", "report", what="Sold to two plainclothes officers")
    record.fact("presence", "1998", "entry", continuous="yes", note="Stayed after the visa ran out")
    return record, f"{record.url}facts/{conviction}/"


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_vacated_conviction(outcome: str, staff: Staff, on_day: Callable[[str], None]) -> None:
    on_day("2021-12-10")
    record, conviction_url = oskar(staff)
    officer, supervisor = staff.come("officer"), staff.come("supervisor")
    walking.fill_status(
        officer,
        record,
        walking.Status(charge="237(a)(1)(B)", bases={"admission_record": "entry"}),
    )
    walking.start(officer, record, "detainer:do")
    walking.fact_pages(officer, FACTS)
    walking.decide(officer, "act", opposite=STAYS, reasons=DETAINER)
    walking.sign(officer)
    walking.take_next(supervisor)
    walking.approve(supervisor, answer="found", reason="Several sales, a long sentence.")
    officer.open(record.url)
    officer.click("link", "as signed")
    signed_url, as_signed = officer.page.url, officer.page.inner_html("article")
    assert "sentence: 3 years" in as_signed

    # The court vacates it; officer and supervisor are told, and no page as signed changes.
    on_day("2022-01-05")
    officer.open(conviction_url)
    officer.write("[name=vacated_on]", "2021-12-20")
    officer.choose("[name=vacated_basis]", "legal_defect")
    officer.click("button", "Save")
    assert "vacated on 2021-12-20" in officer.text
    for one in (officer, supervisor):
        one.open("/")
        one.look()
        assert "A fact that this decision rests on was changed after it was signed." in one.text
        assert "Due 2022-01-06" in one.text
    officer.open(signed_url)
    assert officer.page.inner_html("article") == as_signed

    # Begun with the earlier answers, the new assessment refuses what the conviction carried.
    effort = walking.Effort(officer)
    walking.start(officer, record, "detainer:undo", copy=True)
    officer.click("link", "Outcome and reasons")
    acts = outcome == "act"
    walking.decide(officer, outcome, opposite=KEEP if acts else LIFT, reasons=LIFT if acts else KEEP)
    open_points = walking.missing(officer)
    assert "a conviction that was vacated is pinned" in open_points
    assert "was changed after it was pinned" in open_points
    officer.click("link", "a conviction that was vacated is pinned")
    officer.pick(f"[name={GRAVITY}_presence][value=not_applicable]")
    walking.present(
        officer, "conviction_vacated_or_expunged", walking.Present(fact="Conviction", weight="decisive")
    )
    officer.click("button", "Save and stay")
    officer.click("link", "Lift a detainer")
    officer.click("link", "Look at the whole and sign")
    assert "Begun with the answers of" in officer.text
    walking.sign(officer)
    effort.was(10, 19, 2)

    walking.take_next(supervisor)
    assert "vacated on 2021-12-20" in supervisor.text
    walking.approve(supervisor, answer="not_found", reason="The judgment no longer stands.")
    officer.open(signed_url)
    assert officer.page.inner_html("article") == as_signed

    rows = walking.download_log(staff.come("auditor"))
    found = walking.events(rows)
    assert found.count("assessment.decision.signed") == 2
    assert found.count("review.decision.approved") == 2
    assert found.index("assessment.task.opened") > found.index("review.decision.approved")
    days = {row["policy_date"] for row in rows if row["event"] == "assessment.decision.signed"}
    assert days == {"2021-12-10", "2022-01-05"}
    walking.no_words(rows, "Lindvar", "Oskar", "controlled substance")
