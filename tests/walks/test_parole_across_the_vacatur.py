"""Parole across the vacatur: a caregiver's draft is begun under the guidelines and signed when none are in force."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.walks import walking
from tests.walks.conftest import Staff
from tests.walks.record import Record

FACTS = walking.Answers(
    factors={
        "impact_on_family": walking.Present(
            fact="age under 6", weight="decisive", forms=["loss_of_caregiver"]
        ),
        "mental_or_physical_condition": walking.Present(
            fact="Health", forms=["physical_condition_needs_care"], weight="little_weight"
        ),
        "other_aggravating": walking.Present(fact="Conduct: Missed", why="Two check-ins were missed."),
        "other_mitigating": walking.Present(
            fact="Contribution: care", forms=["care"], why="She is there at night."
        ),
    },
    consequences="A child of four, a citizen, would lose the one who feeds him by tube at night.",
)
END = walking.Reasons(text="She missed two check-ins and did not call.", fact="Conduct: Missed")
KEEP = walking.Reasons(text="Nobody else can feed the child at night.", fact="Contribution: care")
GROUND = "Two check-ins were missed; that is no finding on a priority."


def ottilie(staff: Staff) -> Record:
    record = Record(staff.officer, "Fennacre", "Ottilie", "1991-12-02")
    record.evidence("file", "administrative_record", "Parole file", "agency", "2022-06-15")
    record.evidence("clinic", "medical_record", "Children's clinic", "other_private", "2022-06-16")
    record.evidence("birth", "family_record", "County register", "agency", "2022-06-16")
    record.encounter("2022-06-14", source="own_investigation", relation="agency", custody="at_large")
    record.fact("entry", "2017-04-20", "file", manner="paroled")
    record.fact("presence", "2017-04-20", "file", continuous="yes")
    record.fact("conduct", "2022-05-30", "file", what="Missed two check-ins")
    record.fact("health", "2022-06", "clinic", whose="family", nature="physical", care="Fed by tube")
    record.fact("contribution", "2018", "clinic", sort="care", what="Feeds the child at night by tube")
    record.fact(
        "family",
        "2022-06",
        "birth",
        relation="child",
        standing="citizen",
        age_range="under_6",
        dependence="support_and_care",
    )
    return record


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_parole_across_the_vacatur(outcome: str, staff: Staff, on_day: Callable[[str], None]) -> None:
    """Ending parole is the adverse direction, though it undoes; deferred action is the kind one, though it does."""
    on_day("2022-06-23")
    record = ottilie(staff)
    officer, supervisor = staff.come("officer"), staff.come("supervisor")
    walking.fill_status(
        officer,
        record,
        walking.Status(
            charge="212(a)(7)(A)(i)(I)",
            immigration_status="paroled",
            bases={"admission_record": "file"},
            source="own_investigation",
        ),
    )
    effort = walking.Effort(officer)
    walking.start(officer, record, "parole:undo")
    walking.fact_pages(officer, FACTS)
    ends = outcome == "act"
    opposite, reasons = (KEEP, END) if ends else (END, KEEP)
    walking.decide(officer, outcome, opposite=opposite, reasons=reasons, ground=GROUND)
    assert not walking.missing(officer), walking.missing(officer)
    assert "Judged on\n2022-06-23" in officer.text

    # The guidelines are vacated before she signs: the draft says so, keeps every answer, and asks to be read again.
    on_day("2022-06-27")
    officer.click("link", "Back to the pages")
    officer.click("link", "Look at the whole and sign")
    assert not officer.page.locator("[name=password]").count()
    officer.click("link", "The guidance changed after this draft was begun.")
    officer.look()
    assert "vacated since 2022-06-25" in officer.page.inner_text("body")
    officer.click("button", "I have read it; go on under the guidance of today")
    officer.click("link", "Look at the whole and sign")
    officer.look()
    document = officer.page.inner_text("article")
    assert "no department priorities in force" in document
    assert "Judged on\n2022-06-27" in document
    assert FACTS.consequences in document
    assert reasons.text in document
    walking.sign(officer)
    walking.add_decision(officer, "deferred_action:do")
    walking.decide(officer, "decline" if ends else "act", opposite=reasons, reasons=opposite)
    walking.sign(officer)
    effort.was(22, 51, 8)

    for _ in range(2):
        walking.take_next(supervisor)
        supervisor.look()
        assert "no department priorities in force" in supervisor.page.inner_text("article")
        walking.approve(supervisor, answer="not_found", reason="The nights decide it.")

    rows = walking.download_log(staff.come("auditor"))
    found = walking.events(rows)
    assert "assessment.decision.reaffirmed" in found
    assert found.count("assessment.decision.signed") == found.count("review.decision.approved") == 2
    signed = [row for row in rows if row["event"] == "assessment.decision.signed"]
    assert {row["policy_date"] for row in signed} == {"2022-06-27"}
    walking.no_words(rows, "Fennacre", "Ottilie", "tube", "clinic")
