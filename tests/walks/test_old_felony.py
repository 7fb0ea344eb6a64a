"""Old felony of a resident: a charge is no badge, twenty years count, and custody is apart from the notice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.steps import Person, pin
from tests.walks import walking
from tests.walks.conftest import Staff
from tests.walks.vilem import AGAINST, CONSEQUENCES, FACTORS, FOR, fill_in, vilem


def no_badge(one: Person) -> None:
    """The class of the felony is the charge of a statute: no badge, heading or row of a list says it."""
    loud = " ".join(
        one.page.locator(".tot-tag, h1, h2, h3, table caption, .usa-alert").all_inner_texts()
    ).lower()
    assert "felony" not in loud
    assert "criminal alien" not in loud


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_old_felony(outcome: str, staff: Staff, on_day: Callable[[str], None]) -> None:
    on_day("2022-01-25")
    record = vilem(staff)
    officer = staff.come("officer")
    fill_in(officer, record)
    no_badge(officer)
    assert "Charge 237(a)(2)(A)(iii)." in officer.text
    effort = walking.Effort(officer)
    walking.start(officer, record, "notice_to_appear:do")
    walking.fact_pages(
        officer, walking.Answers(public_safety="found", factors=FACTORS, consequences=CONSEQUENCES)
    )
    acts = outcome == "act"
    opposite, reasons = (AGAINST, FOR) if acts else (FOR, AGAINST)
    walking.decide(officer, outcome, opposite=opposite, reasons=reasons)
    # A threat that is found has to be current, beside the last conduct that counts.
    assert "it is not explained why it is current" in walking.missing(officer)
    assert "the last relevant conduct is not named" in walking.missing(officer)
    officer.click("link", "A threat to public safety is found, but the last relevant conduct")
    pin(officer, "public_safety_last_conduct", "Conduct: Held")
    officer.write(
        "[name=public_safety_why_current]", "The offense was grave; nothing since is known.", free=True
    )
    officer.click("button", "Save and stay")
    officer.click("link", "Issue a notice to appear")
    officer.click("link", "Look at the whole and sign")
    findings = officer.page.inner_text("article")
    assert "done 2000-12" in findings
    assert "Why current" in findings
    walking.sign(officer)
    # Custody stands apart from the notice, with an outcome and reasons of its own.
    walking.add_decision(officer, "custody:do")
    officer.pick("[name=lane][value=assessed]")
    walking.decide(officer, "decline", opposite=FOR, reasons=AGAINST)
    walking.sign(officer)
    effort.was(21, 54, 7)

    supervisor = staff.come("supervisor")
    for _ in range(2):
        supervisor.open("/review/")
        no_badge(supervisor)
        walking.take_next(supervisor)
        no_badge(supervisor)
        assert "Evidence of rehabilitation" in supervisor.text
        assert "Employs six in a workshop" in supervisor.text
        walking.approve(
            supervisor, answer="not_found", reason="Twenty years say more than the class of the offense."
        )
    # Not yet: the contrast with the edition of 2014, where the class alone was a priority.

    rows = walking.download_log(staff.come("auditor"))
    found = walking.events(rows)
    assert found.count("assessment.decision.signed") == found.count("review.decision.approved") == 2
    walking.no_words(rows, "Castaroth", "Vilem", "felony", "workshop", "Army")
