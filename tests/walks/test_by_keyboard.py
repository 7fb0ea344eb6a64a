"""A whole assessment by keyboard alone, from sign-in to the signature, acting and declining."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests import factories
from tests.browser.keyboard import Keyboard
from tests.browser.steps import Person
from tests.walks import walking
from tests.walks.conftest import Staff
from tests.walks.record import Record

OUTCOMES = ("act", "decline")
GRAVITY = "factor_gravity_of_offense_and_sentence"


def torvin(staff: Staff) -> Record:
    record = Record(staff.officer, "Halvenius", "Torvin", "1989-04-02")
    record.evidence("judgment", "court_record", "Millbrook Superior Court", "court", "2022-01-20")
    record.fact(
        "conviction",
        "2022-01-10",
        "judgment",
        description="Driving under the influence",
        statute="Cal. Veh. Code 23152(a)",
        disposition="plea_guilty",
        sentence="10 days",
    )
    record.fact("conduct", "2021-11-03", "judgment", what="Drove drunk past a school at noon")
    record.fact("presence", "2015", "judgment", continuous="yes")
    return record


def skip_to_main(keys: Keyboard) -> None:
    """The first Tab of every page offers to skip the header, and the skip works."""
    keys.press("Tab")
    assert keys.has(".usa-skipnav"), keys.focused()
    keys.press("Enter")
    assert keys.has("main"), keys.focused()


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_from_sign_in_to_the_signature(
    outcome: str, staff: Staff, person: Callable[..., Person], on_day: Callable[[str], None]
) -> None:
    on_day("2022-02-01")
    record = torvin(staff)
    walking.fill_status(
        staff.come("officer"),
        record,
        walking.Status(charge="212(a)(6)(A)(i)", bases={"own_statement": ""}),
    )
    one = person(check=False)
    page, keys = one.page, Keyboard(one.page)
    page.goto(one.base + "/accounts/login/")
    keys.write("username", "officer")
    keys.write("password", factories.PASSWORD)
    keys.enter()
    page.goto(one.base + record.url)
    skip_to_main(keys)
    keys.tab_to_link("Start an assessment")
    keys.enter()
    skip_to_main(keys)
    keys.choose("decision_type", "detainer:do")
    keys.push("Start")
    keys.tab_to_link("Look at the whole and sign")
    keys.enter()
    # The points that are not met are links to their fields, and the focus comes along.
    keys.tab_to("#unmet a[href*='record_criminal_record_state']")
    keys.enter()
    assert "/records/" in page.url
    keys.push("Take over what the case holds")
    keys.choose("national_security_finding", "not_found")
    keys.push("Save and go on")
    keys.choose("public_safety_finding", "found")
    keys.pin("public_safety_last_conduct", "Conduct")
    keys.write("public_safety_why_current", "It was three months ago, with a child in the street.")
    keys.push("Save and go on")
    keys.choose(f"{GRAVITY}_presence", "present")
    keys.choose(f"{GRAVITY}_weight", "material")
    keys.pin(f"{GRAVITY}_pins", "Conviction")
    keys.push("Did not look, for all the rest; go on")
    keys.choose("border_security_finding", "not_found")
    keys.push("Save and go on")
    keys.choose("dispute", "no")
    keys.push("Save and go on")
    keys.write("consequences", "He would lose a job of six years.")
    keys.push("Save and go on")
    keys.choose("outcome", outcome)
    keys.write("opposite_case", "Six years of steady work." if outcome == "act" else "He drove drunk.")
    keys.pin("opposite_pins", "In the United States" if outcome == "act" else "Conduct")
    keys.write("rationale", "He drove drunk." if outcome == "act" else "Six years of steady work.")
    keys.pin("rationale_pins", "Conduct" if outcome == "act" else "In the United States")
    keys.push("Save and look at the whole")
    # A wrong password: the summary of errors has the focus, and its link leads to the field.
    keys.write("password", "not this one")
    keys.push("Sign and submit")
    assert keys.has("#error-summary"), keys.focused()
    keys.tab_to("#error-summary a")
    keys.press("Enter")
    assert keys.has("#sign-password"), keys.focused()
    page.keyboard.type(factories.PASSWORD)
    keys.enter()
    assert "Signed." in page.inner_text("main")


def test_an_error_takes_the_focus_and_leads_to_its_field(
    staff: Staff, person: Callable[..., Person], on_day: Callable[[str], None]
) -> None:
    on_day("2022-02-01")
    record = torvin(staff)
    officer = staff.come("officer")
    walking.fill_status(
        officer, record, walking.Status(charge="212(a)(6)(A)(i)", bases={"own_statement": ""})
    )
    walking.start(officer, record, "detainer:do")
    officer.click("link", "Records", exact=True)
    keys = Keyboard(officer.page)
    keys.write("block_read_on", "yesterday")
    keys.push("Every record still open: obtained and read on that day; go on")
    assert keys.has("#error-summary"), keys.focused()
    keys.tab_to("#error-summary a")
    keys.press("Enter")
    assert keys.has("#block-read-on"), keys.focused()
    assert officer.page.locator("#block-read-on").input_value() == "yesterday"
