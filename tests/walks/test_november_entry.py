"""Entry about November 2020: an interval, a finding of "cannot tell", and a decision on other stated facts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.steps import pin
from tests.walks import walking
from tests.walks.conftest import Staff
from tests.walks.record import Record

FACTS = walking.Answers(
    border_security="cannot_tell",
    factors={
        "impact_on_family": walking.Present(fact="age under 6", forms=["loss_of_caregiver"]),
        "other_aggravating": walking.Present(fact="Conduct: Ran"),
    },
    consequences="A child of two would lose the parent who looks after it.",
)
FOR = walking.Reasons(text="She ran from a stop and others were hurt.", fact="Conduct: Ran")
AGAINST = walking.Reasons(text="A child of two depends on her.", fact="age under 6")
GROUND = "She endangered others when she ran; the day of entry is left open."


def senna(staff: Staff) -> Record:
    record = Record(staff.officer, "Abruvale", "Senna", "1995")
    record.evidence(
        "interview", "interview", "Officer's interview", "self", "2022-01-31", "Before Thanksgiving"
    )
    record.evidence(
        "phone", "other", "Telephone company", "other_private", "2022-02-01", "First use 2020-11-09"
    )
    record.evidence("report", "police_report", "Tallow Police", "agency", "2022-02-01")
    record.encounter("2022-01-30", source="local_police", relation="agency", site="Tallow, a street")
    record.fact("entry", "about November 2020", "interview", manner="without_inspection")
    record.fact("presence", "2020-11-09", "phone", continuous="not_known", note="First use of a telephone")
    record.fact(
        "conduct", "2022-01-30", "report", what="Ran from a stop through traffic; two drivers were hurt"
    )
    record.fact(
        "family",
        "2022-01",
        "interview",
        relation="child",
        standing="citizen",
        age_range="under_6",
        dependence="support_and_care",
    )
    return record


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_november_entry(outcome: str, staff: Staff, on_day: Callable[[str], None]) -> None:
    on_day("2022-02-03")
    record = senna(staff)
    officer = staff.come("officer")
    walking.fill_status(
        officer,
        record,
        walking.Status(charge="212(a)(6)(A)(i)", bases={"own_statement": "interview"}, source="local_police"),
    )
    # The interval stays an interval: nothing narrows it to the day of the first telephone call.
    assert "Entry: without inspection; on about 2020-11" in officer.text
    effort = walking.Effort(officer)
    walking.start(officer, record, "notice_to_appear:do")
    walking.fact_pages(officer, FACTS)
    # What would settle it is offered, and picked.
    pin(officer, "would_change", "The exact date of: Entry: without inspection; on about 2020-11")
    acts = outcome == "act"
    walking.decide(
        officer, outcome, opposite=AGAINST if acts else FOR, reasons=FOR if acts else AGAINST, ground=GROUND
    )
    assert "Border security: Cannot tell" in officer.text
    # The criterion says the same from the interval, with what would settle it; the attempt at a port is another one.
    assert (
        "Criterion: Cannot tell. Was the person apprehended inside the country after an unlawful"
        in officer.text
    )
    assert "It may be any day from 2020-10-02 to 2020-12-30, and the source says about" in officer.text
    assert "Would settle it: A source for the day" in officer.text
    assert "Criterion: Not met. Was the person apprehended at the border or a port of entry" in officer.text
    assert ("two supervisors will review it" in officer.text) is acts
    walking.sign(officer)
    # Five texts: three for each decision, the ground outside the priorities, the description of "other".
    effort.was(13, 29, 4)

    supervisor = staff.come("supervisor")
    walking.take_next(supervisor)
    assert "Border security: Cannot tell" in supervisor.text
    assert "Criterion: Cannot tell." in supervisor.text
    assert "The exact date of: Entry: without inspection; on about 2020-11" in supervisor.text
    if acts:
        assert GROUND in supervisor.text
        walking.approve(
            supervisor, answer="found", reason="Others were hurt.", says="Waiting for a second supervisor"
        )
        supervisor.open("/review/")
        supervisor.click("button", "Take the next one")
        assert "Nothing is waiting that you could take." in supervisor.text
        supervisor = staff.come("second")
        walking.take_next(supervisor)
        supervisor.look()
        assert "was the first" in supervisor.text
    walking.approve(supervisor, answer="found", reason="Two drivers were hurt.")

    # A draft that is begun the day before an order and signed after it is judged, and says so, on the later day.
    on_day("2022-03-21")
    walking.start(officer, record, "custody:do", copy=True)
    officer.click("link", "Outcome and reasons")
    officer.pick("[name=lane][value=assessed]")
    walking.decide(
        officer, outcome, opposite=AGAINST if acts else FOR, reasons=FOR if acts else AGAINST, ground=GROUND
    )
    assert "2022-03-21" in officer.text
    on_day("2022-03-23")
    officer.click("link", "Back to the pages")
    officer.click("link", "Look at the whole and sign")
    # The order came while the draft was open: it is shown, with what it means for the answers, before the signature.
    officer.click("link", "The guidance changed after this draft was begun.")
    officer.look()
    assert "Preliminary injunction, Southern District of Ohio, 2022-03-22" in officer.text
    assert "Kept; an order takes a part of the guidance that it may rest on." in officer.text
    officer.click("button", "I have read it; go on under the guidance of today")
    officer.click("link", "Look at the whole and sign")
    assert "partly enjoined since 2022-03-22" in officer.text
    walking.sign(officer)
    officer.click("link", "The decision as signed")
    assert "Judged on\n2022-03-23" in officer.text
    assert "partly enjoined since 2022-03-22" in officer.text
    assert "Order over the guidance" in officer.text

    rows = walking.download_log(staff.come("auditor"))
    signed = [row for row in rows if row["event"] == "assessment.decision.signed"]
    assert [row["policy_date"] for row in signed] == ["2022-02-03", "2022-03-23"]
    assert '"finding":"cannot_tell"' in signed[0]["bytes"]
    walking.no_words(rows, "Abruvale", "Senna", "telephone", "endangered")
