"""Age uncertain at work: a worksite arrest of someone who may be 17, whose mother testifies against the employer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.walks import walking
from tests.walks.conftest import Staff
from tests.walks.record import Record

EMPLOYER = "Silverbrook Packing"
FACTS = walking.Answers(
    factors={
        "advanced_or_tender_age": walking.Present(fact="In the United States", weight="decisive"),
        "impact_on_family": walking.Present(fact="relative", forms=["other_family_impact"]),
        "workplace_or_tenant_rights": walking.Present(fact="Party in", forms=["wage_complaint", "testimony"]),
        "other_aggravating": walking.Present(fact="Conduct: Gave", why="He answered under another name."),
    },
    consequences="His mother would go to the hearing alone, or not at all.",
    dispute="yes",
    dispute_kind="labor",
    dispute_fact="Party in",
)
FOR = walking.Reasons(text="He gave a false name when he was asked.", fact="Conduct: Gave")
AGAINST = walking.Reasons(text="He may be a child, and his mother is the witness.", fact="Party in")
GROUND = "He gave a false name to an officer; no finding on a priority is made."


def rennick(staff: Staff) -> Record:
    record = Record(staff.officer, "Oldershaw", "Tibor", "2004")
    record.evidence("tip", "statement", EMPLOYER, "employer", "2022-02-07", "By mail")
    record.evidence("interview", "interview", "Interview at the plant", "self", "2022-02-10")
    record.evidence("file", "administrative_record", "School district", "agency", "2022-02-10")
    record.evidence("mother", "statement", "His mother", "family_member", "2022-02-10", "On the wage case")
    record.encounter(
        "2022-02-10", source="worksite", relation="employer", custody="custodial", site="The plant"
    )
    record.fact("entry", "2012", "interview", manner="without_inspection")
    record.fact("presence", "2012", "file", continuous="yes", note="School records from the second grade on")
    record.fact("conduct", "2022-02-10", "interview", what="Gave another name at first")
    record.fact(
        "family",
        "2022-02",
        "mother",
        relation="parent",
        standing="other",
        age_range="18_to_64",
        dependence="none",
        note="relative who testifies",
    )
    record.fact(
        "role",
        "2022-01-12",
        "mother",
        role="party",
        matter="labor",
        what="Unpaid hours; his mother testifies",
    )
    return record


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_age_uncertain_at_work(outcome: str, staff: Staff, on_day: Callable[[str], None]) -> None:
    on_day("2022-02-10")
    record = rennick(staff)
    officer, supervisor = staff.come("officer"), staff.come("supervisor")
    status = walking.Status(
        charge="212(a)(6)(A)(i)",
        bases={"own_statement": "interview", "admission_record": "file"},
        minor="no",
        source="worksite",
        relation="employer",
    )
    walking.fill_status(officer, record, status)
    # A birth year that leaves 17 or 18 opens the stop, though the officer answered "no".
    assert "17 or 18" in officer.text
    effort = walking.Effort(officer)
    walking.start(officer, record, "notice_to_appear:do")
    walking.fact_pages(officer, FACTS)
    acts = outcome == "act"
    opposite, reasons = (AGAINST, FOR) if acts else (FOR, AGAINST)
    walking.decide(officer, "act", opposite=opposite, reasons=reasons, ground=GROUND)
    assert "A stop halts this step: The age cannot be told" in walking.missing(officer)
    assert not officer.page.locator("[name=password]").count()

    # Neither the supervisor's word nor the mother's statement lifts it; the juvenile coordinator's confirmation does.
    walking.open_stop(supervisor, record, "Age")
    walking.settle(supervisor)
    supervisor.look()
    assert "Settled." not in supervisor.text
    walking.record_evidence(
        officer,
        record,
        "coordinator_confirmation",
        "L. Wexcombe, juvenile coordinator",
        "agency",
        "2022-02-10",
    )
    walking.open_stop(supervisor, record, "Age")
    walking.settle(supervisor, evidence="L. Wexcombe", button="Lift the stop")
    assert "Settled." in supervisor.text

    officer.open(record.url)
    officer.click("link", "Issue a notice to appear")
    officer.click("link", "Look at the whole and sign")
    walking.change_outcome(officer, outcome)
    officer.look()
    walking.sign(officer)
    effort.was(21, 50, 5)

    walking.take_next(supervisor)
    supervisor.look()
    assert "17 or 18" in supervisor.text
    if acts:
        walking.approve(
            supervisor,
            answer="not_found",
            reason="Confirmed as 18 on this day.",
            disputed=True,
            says="Waiting for a second supervisor",
        )
        supervisor = staff.come("second")
        walking.take_next(supervisor)
    walking.approve(supervisor, answer="not_found", reason="The wage case weighs.", disputed=True)

    rows = walking.download_log(staff.come("auditor"))
    found = walking.events(rows)
    assert "assessment.stop.settled" in found
    assert "review.decision.approved" in found
    walking.no_words(rows, "Oldershaw", "Tibor", EMPLOYER, "Wexcombe", "juvenile", "unpaid hours")
