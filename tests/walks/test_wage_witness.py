"""Wage witness: the employer's third tip, a dispute that has to be weighed, a label that is shown as one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.steps import pin
from tests.walks import walking
from tests.walks.conftest import Staff
from tests.walks.record import Record

EMPLOYER = "Copperline Roofing"
FACTS = walking.Answers(
    factors={
        "gravity_of_offense_and_sentence": walking.Present(fact="Conviction", weight="little_weight"),
        "lengthy_presence": walking.Present(fact="In the United States"),
    },
    consequences="The wage case would lose its witness; twelve roofers their claim.",
    dispute="no",
)
RIGHTS = walking.Present(
    fact="Witness in a labor matter", weight="decisive", forms=["organizing", "wage_complaint", "testimony"]
)
RELEASE = walking.Reasons(text="He is to testify in February, and his employer sent us.", fact="Witness in")
LABEL = walking.Reasons(text="DUI is a threat to public safety.", fact="Conviction")


def other_tips(staff: Staff) -> None:
    """The same employer gave information on two others within sixty days."""
    for name, day in (("Ostrand", "2021-11-05"), ("Felkner", "2021-11-29")):
        other = Record(staff.officer, name, "", "1980")
        other.evidence("tip", "statement", EMPLOYER, "employer", day, "By mail")


def ilko(staff: Staff) -> Record:
    record = Record(staff.officer, "Brannsoto", "Ilko", "1983")
    record.evidence("tip", "statement", EMPLOYER, "employer", "2021-12-20", "By mail")
    record.evidence("interview", "interview", "Officer's interview", "self", "2022-01-10")
    record.evidence(
        "claim", "official_letter", "Labor commissioner", "agency", "2022-01-11", "Hearing 2022-02-10"
    )
    record.evidence("judgment", "court_record", "Tallow County Court", "court", "2022-01-11")
    record.encounter("2022-01-10", source="tip", relation="employer", custody="custodial")
    record.fact("entry", "about May 2007", "interview", manner="without_inspection")
    record.fact("presence", "about May 2007", "interview", continuous="yes")
    record.fact(
        "conviction",
        "2014-06-02",
        "judgment",
        description="DUI",
        statute="Cal. Veh. Code 23152(a)",
        disposition="plea_guilty",
        sentence="3 days",
    )
    record.fact(
        "role",
        "2021-11-15",
        "claim",
        role="witness",
        matter="labor",
        what="Wage claim; organizing at work; testifies",
    )
    return record


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_wage_witness(outcome: str, staff: Staff, on_day: Callable[[str], None]) -> None:
    """`act` is release here, and `decline` is custody as before: release takes the same clicks."""
    on_day("2022-01-12")
    other_tips(staff)
    record = ilko(staff)
    officer = staff.come("officer")
    walking.fill_status(
        officer,
        record,
        walking.Status(
            charge="212(a)(6)(A)(i)", bases={"own_statement": "interview"}, source="tip", relation="employer"
        ),
    )
    effort = walking.Effort(officer)
    walking.start(officer, record, "custody:undo")
    walking.fact_pages(officer, FACTS)
    releases = outcome == "act"
    walking.decide(
        officer, outcome, opposite=LABEL if releases else RELEASE, reasons=RELEASE if releases else LABEL
    )
    # The employer as the source forces the question, and a yes brings the factor into the weighing.
    assert "but the dispute is answered with no" in walking.missing(officer)
    officer.click("link", "The source of this case is an employer or landlord")
    officer.pick("[name=dispute][value=yes]")
    officer.pick("[name=dispute_kind][value=labor]")
    pin(officer, "dispute_pins", "Witness in")
    officer.click("button", "Save and stay")
    officer.click("link", "Ease or end custody", exact=False)
    officer.click("link", "Look at the whole and sign")
    assert "the exercise of workplace or tenant rights must be weighed" in walking.missing(officer)
    officer.click("link", "There is a dispute, so")
    assert (
        "Organizing at work, including as a union steward"
        in officer.page.inner_text("#id_factor_workplace_or_tenant_rights_presence", timeout=5_000)
        or "union steward" in officer.page.content()
    )
    walking.present(officer, "workplace_or_tenant_rights", RIGHTS)
    officer.click("button", "Save and stay")
    officer.click("link", "Ease or end custody", exact=False)
    officer.click("link", "Look at the whole and sign")
    named = "Your reasons name an offense and say nothing else."
    assert (named in officer.text) is not releases
    walking.sign(officer)
    effort.was(21, 44, 3)

    supervisor = staff.come("supervisor")
    walking.take_next(supervisor)
    supervisor.look()
    assert ("The reasons name an offense and say nothing else." in supervisor.text) is not releases
    assert f"{EMPLOYER} gave information 3 times within 60 days" in supervisor.text
    assert "Complaint about wages or hours" in supervisor.text
    supervisor.pick("[name=review_overriding_answer][value=not_found]")
    supervisor.write("[name=review_reason]", "One old offense; the hearing is near.", free=True)
    supervisor.click("button", "Approve")
    assert "There is a labor or housing dispute. Say that you have weighed it" in supervisor.text
    supervisor.look()
    supervisor.pick("[name=dispute_acknowledged]")
    supervisor.click("button", "Approve")
    assert "Approved." in supervisor.text

    rows = walking.download_log(staff.come("auditor"))
    approved = next(row for row in rows if row["event"] == "review.decision.approved")
    assert '"dispute_acknowledged":true' in approved["bytes"]
    walking.no_words(rows, "Brannsoto", EMPLOYER, "steward", "wage claim")
