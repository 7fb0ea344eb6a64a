"""No policy: on a day without department priorities the whole assessment stays, without findings on priorities."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.walks import walking
from tests.walks.conftest import Staff
from tests.walks.vilem import AGAINST, CONSEQUENCES, FACTORS, FOR, fill_in, vilem


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_no_policy(outcome: str, staff: Staff, on_day: Callable[[str], None]) -> None:
    on_day("2022-09-01")
    record = vilem(staff)
    officer = staff.come("officer")
    fill_in(officer, record)
    banner = "no department priorities in force (2021-09-30 guidelines: vacated since 2022-06-25)"
    assert banner in officer.page.inner_text("header")
    effort = walking.Effort(officer)
    walking.start(officer, record, "notice_to_appear:do")
    officer.look()
    pages = officer.page.inner_text("ol.tot-tasks")
    assert "National security" not in pages
    assert "Public safety" not in pages
    assert "Border security" not in pages
    for title in (
        "Records",
        "Aggravating and mitigating factors",
        "Labor or housing dispute",
        "Consequences",
    ):
        assert title in pages
    walking.fact_pages(officer, walking.Answers(factors=FACTORS, consequences=CONSEQUENCES), priorities=False)
    assert not officer.page.locator("[name=no_priority_ground]").count()
    acts = outcome == "act"
    opposite, reasons = (AGAINST, FOR) if acts else (FOR, AGAINST)
    walking.decide(officer, outcome, opposite=opposite, reasons=reasons)
    officer.look()
    assert banner in officer.page.inner_text("article")
    assert not officer.page.locator("#findings").count()
    assert "two supervisors" not in officer.text
    walking.sign(officer)
    effort.was(10, 32, 4)

    supervisor = staff.come("supervisor")
    walking.take_next(supervisor)
    assert banner in supervisor.page.inner_text("article")
    walking.approve(supervisor, answer="not_found", reason="Twenty years say more than the offense.")

    # Logged and exported as on any other day.
    rows = walking.download_log(staff.come("auditor"))
    found = walking.events(rows)
    for event in (
        "cases.status.saved",
        "assessment.assessment.started",
        "assessment.step.saved",
        "assessment.decision.signed",
        "review.decision.approved",
    ):
        assert event in found
    assert {row["policy_date"] for row in rows} == {"2022-09-01"}
    walking.no_words(rows, "Castaroth", "Vilem", "workshop")
