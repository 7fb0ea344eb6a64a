"""Mandatory custody: arrest and notice are weighed in full; custody rests on a statute alone, unweighed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.steps import pin
from tests.walks import walking
from tests.walks.conftest import Staff
from tests.walks.record import Record

FACTS = walking.Answers(
    public_safety="found",
    last_conduct="Conduct: Fired",
    why_current="He was released today and named the same neighbor again.",
    factors={
        "firearm_or_dangerous_weapon": walking.Present(fact="Conviction", weight="decisive"),
        "lengthy_presence": walking.Present(fact="In the United States", weight="little_weight"),
    },
    consequences="His brother would have no lodger; the neighbor fears for his life.",
)
FOR = walking.Reasons(text="He fired at a neighbor's door and threatened him again.", fact="Conduct: Fired")
AGAINST = walking.Reasons(
    text="He has been here ten years and served his sentence.", fact="In the United States"
)


def rurik(staff: Staff) -> Record:
    record = Record(staff.officer, "Salvane", "Rurik", "1988")
    record.evidence("judgment", "court_record", "Tallow County Court", "court", "2022-03-24")
    record.evidence("interview", "interview", "Officer's interview", "self", "2022-03-24")
    record.evidence(
        "counsel", "counsel_opinion", "P. Ardent, counsel", "agency", "2022-03-25", "On INA 236(c)"
    )
    record.encounter("2022-03-28", source="jail", relation="agency", custody="custodial")
    record.fact(
        "conviction",
        "2021-06-11",
        "judgment",
        description="Assault with a firearm",
        statute="Cal. Penal Code 245(a)(2)",
        disposition="verdict",
        sentence="4 years",
    )
    record.fact("arrest", "2022-03-01", "judgment", description="Burglary charge", known_end="pending")
    record.fact("conduct", "2021-01-30", "judgment", what="Fired at a neighbor's door")
    record.fact("entry", "2012", "interview", manner="without_inspection")
    record.fact("presence", "2012", "interview", continuous="yes")
    return record


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_mandatory_custody(outcome: str, staff: Staff, on_day: Callable[[str], None]) -> None:
    """The outcome is that of arrest and notice; the statute on custody asks the same of both."""
    on_day("2022-03-28")
    record = rurik(staff)
    officer = staff.come("officer")
    walking.fill_status(
        officer,
        record,
        walking.Status(charge="212(a)(6)(A)(i)", bases={"own_statement": "interview"}),
    )
    assert "partly enjoined since 2022-03-22" in officer.page.inner_text("header")
    order = "An order takes a part of the guidance away for this decision."
    acts = outcome == "act"
    opposite, reasons = (AGAINST, FOR) if acts else (FOR, AGAINST)
    effort = walking.Effort(officer)
    walking.start(officer, record, "arrest:do")
    officer.look()
    assert order not in officer.text
    walking.fact_pages(officer, FACTS)
    assert not officer.page.locator("[name=lane]").count()
    officer.pick("[name=action_place][value=jail]")
    walking.decide(officer, outcome, opposite=opposite, reasons=reasons)
    walking.sign(officer)
    walking.add_decision(officer, "notice_to_appear:do")
    assert not officer.page.locator("[name=lane]").count()
    walking.decide(officer, outcome, opposite=opposite, reasons=reasons)
    walking.sign(officer)

    # The lane: a pending charge was not enough on this day; a conviction, the release and counsel are.
    walking.add_decision(officer, "custody:do")
    officer.look()
    assert order in officer.text
    assert "Preliminary injunction, Southern District of Ohio, 2022-03-22" in officer.text
    officer.pick("[name=lane][value=mandated]")
    officer.look()
    assert "as widened by Pub. L. 119-1" not in officer.text
    officer.pick("[name=mandate_statute][value=ina_236c]")
    pin(officer, "mandate_predicate", "Burglary charge")
    officer.pick("[name=outcome][value=act]")
    walking.look_at_the_whole(officer)
    open_points = walking.missing(officer)
    assert (
        "INA 236(c), certain criminal grounds cannot rest on this: Arrest without conviction" in open_points
    )
    assert "The day on which criminal custody ended is missing." in open_points
    assert "Counsel has not confirmed that the statute leaves no choice." in open_points
    officer.click("link", "The day on which criminal custody ended is missing.")
    pin(officer, "mandate_predicate", "Burglary charge")
    pin(officer, "mandate_predicate", "Assault with a firearm")
    officer.write("[name=mandate_release_date]", "2022-03-28")
    officer.choose("[name=mandate_counsel]", str(record.pieces["counsel"]))
    walking.look_at_the_whole(officer)
    officer.look()
    assert "Nothing was weighed for this decision." in officer.text
    for part in ("#findings", "#factors", "#consequences", "#opposite", "#rationale"):
        assert not officer.page.locator(part).count(), part
    assert "8 U.S.C. 1226(c)" in officer.text
    assert "Released 2022-03-28. Confirmed by: Written opinion of counsel, P. Ardent, counsel" in officer.text
    walking.sign(officer)
    # Why current and consequences once; the opposite case and the reasons for each of the two that are weighed.
    effort.was(23, 56, 6)

    supervisor = staff.come("supervisor")
    for _ in range(3):
        walking.take_next(supervisor)
        assert ("Mandated by statute" in supervisor.text) is (
            "Set custody" in supervisor.page.inner_text("h1")
        )
        # The order of 2022-03-22 stands on custody alone: arrest and notice were judged by the guidelines as they are.
        custody = "Set custody" in supervisor.page.inner_text("h1")
        judged = supervisor.page.inner_text("article")
        assert ("Order over the guidance" in judged) is custody
        assert ("partly enjoined since 2022-03-22" in judged) is custody
        assert ("in force since 2021-11-29" in judged) is not custody
        walking.approve(supervisor, answer="found", reason="The same neighbor, the same threat.")

    rows = walking.download_log(staff.come("auditor"))
    found = walking.events(rows)
    assert found.count("assessment.decision.signed") == found.count("review.decision.approved") == 3
    walking.no_words(rows, "Salvane", "Rurik", "Assault with a firearm", "Ardent")
