"""Returned across editions: an old class of felony is signed under one edition, returned, and signed under the next."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.walks import walking
from tests.walks.conftest import Staff
from tests.walks.record import Record

FACTS = walking.Answers(
    public_safety="found",
    last_conduct="Conduct: Took",
    why_current="The judgment says that he took part twice.",
    factors={
        "gravity_of_offense_and_sentence": walking.Present(fact="Conviction"),
        "time_and_rehabilitation": walking.Present(
            fact="Rehabilitation",
            weight="decisive",
            forms=["time_since_offense", "evidence_of_rehabilitation"],
        ),
        "lengthy_presence": walking.Present(fact="In the United States"),
    },
    consequences="A choir of thirty would lose its conductor; his wife her driver.",
)
FOR = walking.Reasons(text="The theft was of the kind that the court took gravely.", fact="Conduct: Took")
AGAINST = walking.Reasons(text="Twenty-three years without an arrest.", fact="Rehabilitation")


def bastian(staff: Staff) -> Record:
    record = Record(staff.officer, "Vintermark", "Bastian", "1969-02-27")
    record.evidence("judgment", "court_record", "Tallow County Court", "court", "2021-06-10")
    record.evidence("file", "administrative_record", "Resident file", "agency", "2021-06-10")
    record.evidence("choir", "official_letter", "Civic choir", "other_private", "2021-06-11")
    record.encounter("2021-06-09", source="benefit_filing", relation="self")
    record.fact(
        "conviction",
        "1998-03-12",
        "judgment",
        description="Theft from a warehouse",
        statute="Cal. Penal Code 487",
        disposition="plea_guilty",
        sentence="16 months",
    )
    record.fact("conduct", "1997-10", "judgment", what="Took goods from a warehouse", harm="goods returned")
    record.fact("rehabilitation", "1999", "choir", sort="time", what="No arrest since release")
    record.fact("presence", "1982", "file", continuous="yes")
    return record


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_returned_across_editions(outcome: str, staff: Staff, on_day: Callable[[str], None]) -> None:
    on_day("2021-06-15")
    record = bastian(staff)
    officer, supervisor = staff.come("officer"), staff.come("supervisor")
    walking.fill_status(
        officer,
        record,
        walking.Status(
            charge="237(a)(2)(A)(iii)",
            immigration_status="resident",
            bases={"admission_record": "file"},
            source="benefit_filing",
            relation="self",
        ),
    )
    acts = outcome == "act"
    opposite, reasons = (AGAINST, FOR) if acts else (FOR, AGAINST)
    effort = walking.Effort(officer)
    walking.start(officer, record, "notice_to_appear:do")
    officer.look()
    assert "2021-02-18" in officer.page.inner_text("header")
    walking.fact_pages(officer, FACTS)
    walking.decide(officer, outcome, opposite=opposite, reasons=reasons)
    # That edition asks which ground is meant; the class is a charge, and a threat has to be found beside it.
    officer.click("link", "Public safety: it is found, but no ground is named")
    officer.pick("[name=public_safety_ground][value=aggravated_felony]")
    officer.click("button", "Save and stay")
    officer.click("link", "Issue a notice to appear")
    officer.click("link", "Look at the whole and sign")
    assert not walking.missing(officer), walking.missing(officer)
    walking.sign(officer)

    # It is returned with a point; before the answer comes, the next edition is in force.
    walking.take_next(supervisor)
    supervisor.look()
    supervisor.pick("[name=review_overriding_answer][value=cannot_tell]")
    supervisor.write("[name=review_reason]", "The class of the offense says little today.", free=True)
    supervisor.write("[name=point_1]", "Say what the years since mean.", free=True)
    supervisor.click("button", "Return")
    assert "Returned." in supervisor.text
    on_day("2021-12-02")
    officer.open("/")
    officer.click("link", "Vintermark")
    assert "2021-09-30" in officer.page.inner_text("header")
    officer.look()
    # What was signed under the earlier edition is read against the later one before it can be signed again.
    officer.click("link", "Changed guidance")
    officer.look()
    assert "Kept, and not asked under the changed guidance." in officer.text
    assert "What differs between 2021-02-18 interim guidance and 2021-09-30 guidelines" in officer.text
    officer.click("button", "I have read it; go on under the guidance of today")
    officer.click("link", "Answer the points")
    officer.pick("[name=point_1_answer][value=otherwise]")
    officer.write(
        "[name=point_1_why]", "The class counts for nothing now; the years stand in both texts.", free=True
    )
    officer.click("button", "Save and stay")
    officer.click("link", "Issue a notice to appear")
    officer.click("link", "Look at the whole and sign")
    officer.look()
    document = officer.page.inner_text("article")
    assert "Judged on\n2021-12-02" in document
    assert (
        "Changed since the return. Was: Found, Conviction of an aggravated felony, and a threat" in document
    )
    walking.sign(officer)
    effort.was(26, 48, 5)

    # The reviewer sees the answer to the point, and that the ground of the earlier edition fell away.
    walking.take_next(supervisor)
    supervisor.look()
    assert "The class counts for nothing now" in supervisor.text
    assert "2021-09-30 guidelines, in force since 2021-11-29" in supervisor.page.inner_text("article")
    walking.approve(supervisor, answer="not_found", reason="The years are answered.")

    rows = walking.download_log(staff.come("auditor"))
    found = walking.events(rows)
    for event in ("review.decision.returned", "assessment.decision.reaffirmed", "review.decision.approved"):
        assert event in found
    signed = [row for row in rows if row["event"] == "assessment.decision.signed"]
    assert [row["policy_date"] for row in signed] == ["2021-06-15", "2021-12-02"]
    walking.no_words(rows, "Vintermark", "Bastian", "warehouse", "choir", "conductor")
