"""Possible citizen: nobody claims it, signs show it; no hurry passes the stop, a lodged detainer becomes a task."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.walks import walking
from tests.walks.conftest import Staff
from tests.walks.record import Record

FACTS = walking.Answers(
    public_safety="found",
    last_conduct="Conduct: Broke",
    why_current="It was last week.",
    factors={"gravity_of_offense_and_sentence": walking.Present(fact="Conviction")},
    consequences="He would lose his place as an apprentice.",
)
DETAINER = walking.Reasons(text="He broke into a house in which people slept.", fact="Conduct: Broke")
STAYS = walking.Reasons(text="Here since he was nine.", fact="In the United States")
LIFT = walking.Reasons(text="His mother naturalized while he was a child here.", fact="In the United States")
KEEP = walking.Reasons(text="Counsel answers within the day.", fact="Conduct: Broke")


def dael(staff: Staff) -> Record:
    record = Record(staff.officer, "Morquint", "Dael", "1996-02-11")
    record.evidence("judgment", "court_record", "Tallow County Court", "court", "2022-01-18")
    record.evidence("file", "administrative_record", "Resident file", "agency", "2022-01-18")
    record.encounter(
        "2022-01-12", source="jail", relation="agency", custody="custodial", site="Tallow County Jail"
    )
    record.fact(
        "conviction",
        "2022-01-14",
        "judgment",
        description="Burglary",
        statute="Cal. Penal Code 459",
        disposition="plea_guilty",
        sentence="6 days",
    )
    record.fact("conduct", "2022-01-11", "judgment", what="Broke into a house at night")
    record.fact("presence", "2005", "file", continuous="yes")
    return record


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_possible_citizen(outcome: str, staff: Staff, on_day: Callable[[str], None]) -> None:
    on_day("2022-01-19")
    record = dael(staff)
    officer, supervisor = staff.come("officer"), staff.come("supervisor")
    first = {
        "charge": "237(a)(2)(A)(i)",
        "immigration_status": "resident",
        "bases": {"admission_record": "file"},
    }
    walking.fill_status(officer, record, walking.Status(**first))  # type: ignore[arg-type]
    walking.start(officer, record, "detainer:do")
    walking.fact_pages(officer, FACTS)
    walking.decide(officer, "act", opposite=STAYS, reasons=DETAINER)
    walking.sign(officer)
    walking.take_next(supervisor)
    walking.approve(supervisor, answer="found", reason="A house at night.")

    # 23:40: the question on signs finds what nobody claims. The detainer that stands becomes a task at once.
    on_day("2022-01-20")
    officer.open(record.url + "status/")
    officer.pick("[name=citizenship_indicia][value=parent_naturalized]")
    officer.pick("[name=citizenship_indicia][value=resident_as_child_with_citizen_parent]")
    officer.pick("[name=citizenship_looked][value=looked_found]")
    officer.click("button", "Save status and removability")
    assert "There is a sign of United States citizenship. Owner: supervisor. Due 2022-01-21." in officer.text
    for one in (officer, supervisor):
        one.open("/")
        assert "A detainer stands while there is a sign of United States citizenship." in one.text
    assert "Stops that you own" in supervisor.text

    # An arrest before the jail opens its door at 06:00 is halted like everything else against him.
    effort = walking.Effort(officer)
    walking.start(officer, record, "arrest:do", copy=True)
    officer.click("link", "Outcome and reasons")
    officer.pick("[name=action_place][value=jail]")
    walking.decide(officer, "act", opposite=STAYS, reasons=DETAINER)
    assert "A stop halts this step: There is a sign of United States citizenship." in walking.missing(officer)
    assert "Counsel gives a written opinion" in walking.missing(officer)
    assert not officer.page.locator("[name=password]").count()
    walking.change_outcome(officer, "decline")
    walking.sign(officer)
    # Lifting is a release, so the stop does not halt it.
    walking.add_decision(officer, "detainer:undo")
    acts = outcome == "act"
    walking.decide(officer, outcome, opposite=KEEP if acts else LIFT, reasons=LIFT if acts else KEEP)
    walking.sign(officer)
    effort.was(13, 26, 4)
    for _ in range(2):
        walking.take_next(supervisor)
        walking.approve(supervisor, answer="cannot_tell", reason="Counsel has to answer first.")
    officer.open("/")
    assert ("A detainer stands" in officer.text) is not acts

    # A supervisor alone is refused; counsel's written opinion is the way out, to either answer.
    walking.open_stop(supervisor, record, "Citizenship")
    assert "Due\n2022-01-21" in supervisor.text
    assert "every adverse step is halted, urgent or not" in supervisor.text
    walking.settle(supervisor)
    assert "A supervisor's word alone does not lift it." in supervisor.text
    walking.record_evidence(
        officer, record, "counsel_opinion", "R. Ostrander, counsel", "agency", "2022-01-20"
    )
    walking.open_stop(supervisor, record, "Citizenship")
    button = "Confirm citizenship and close the case" if acts else "Lift the stop"
    walking.settle(supervisor, evidence="R. Ostrander", button=button)
    assert "Settled." in supervisor.text
    officer.open(record.url)
    if acts:
        assert "Closed" in officer.text
        assert "Start an assessment" not in officer.text
        assert "as signed" in officer.text
    else:
        assert "No stop is open." not in officer.text or "Lifted" in officer.text

    rows = walking.download_log(staff.come("auditor"))
    found = walking.events(rows)
    for event in ("assessment.stop.opened", "assessment.task.opened", "assessment.stop.settled"):
        assert event in found
    # Lifting and keeping are both decisions, and either closes the task.
    assert "assessment.task.closed" in found
    assert ("cases.case.closed" in found) is acts
    walking.no_words(rows, "Morquint", "citizenship", "naturalized", "Ostrander")
    # Not yet: counting confirmed citizens belongs to the statistics.
