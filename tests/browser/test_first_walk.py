"""One case all the way: imported, assessed by an officer, reviewed by a supervisor, checked by an auditor."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests import factories
from tests.browser.guide import Chapter
from tests.browser.steps import Person, pin

OFFICER = Chapter(
    "officer",
    "For officers",
    "You record the case, answer the assessment in short pages, write the best case for the opposite outcome, and sign. "
    "Nothing is chosen for you. Pages save as you type.",
)
SUPERVISOR = Chapter(
    "supervisor",
    "For supervisors",
    "You read each decision on one page, give your own answer and your own reason, and approve or return it. Both take "
    "the same effort.",
)
AUDITOR = Chapter(
    "auditor",
    "For auditors",
    "You read every step in the log, check it, open decisions as they stood at signing, and take the log away.",
)
EXTRACT = Path(__file__).parent.parent / "data" / "invented_arrests.csv"
SOURCE_ID = "aa00000002"


@pytest.fixture
def imported(transactional_db: None, settings: Any) -> None:
    office = factories.office()
    factories.unassigned()
    factories.user("officer", at=office, username="officer")
    factories.user("supervisor", at=office, username="supervisor")
    factories.user("auditor", at=office, username="auditor")
    call_command("import_cases", str(EXTRACT), layout="ice-arrests")


def test_one_case_all_the_way(imported: None, person: Callable[..., Person]) -> None:
    officer = person()
    officer.sign_in("officer", factories.PASSWORD)
    case_url = find_and_take(officer)
    complete_record(officer, case_url)
    status_page(officer, case_url)
    assess(officer)
    signed_url = officer.page.url
    second_decision(officer)

    supervisor = person()
    supervisor.sign_in("supervisor", factories.PASSWORD)
    review(supervisor)

    officer.open(signed_url)
    assert "Approved" in officer.page.inner_text("main")

    auditor = person()
    auditor.sign_in("auditor", factories.PASSWORD)
    audit(auditor)
    for chapter in (OFFICER, SUPERVISOR, AUDITOR):
        chapter.close()
    for who, name in ((officer, "officer"), (supervisor, "supervisor"), (auditor, "auditor")):
        print(f"{name}: {who.actions} actions, {who.texts} free texts")


def find_and_take(officer: Person) -> str:
    officer.choose("#shell-why", "casework")
    officer.write("#shell-search", SOURCE_ID)
    officer.click("button", "Find")
    officer.follow(officer.page.locator("main a[href^='/cases/0']").first)
    officer.actions += 1
    case_url = officer.page.url
    OFFICER.step(
        officer.page,
        "Find the person and open the case",
        "Type an A-number in any spelling, a source id or the beginning of a name into the search box; the key `/` takes "
        "you there. Choose why you search: the reason is in the log with the search, and stays chosen for an hour. What "
        "a source wrote is shown as its label: it is no finding and cannot be pinned. An imported case without an office "
        "is taken into yours with one button.",
    )
    text = officer.page.inner_text("main")
    assert "Driving Under Influence Liquor" in text
    assert "RURITANIA" not in officer.page.content()
    assert "Genderword" not in officer.page.content()
    officer.click("button", re.compile("Take .* into"))
    return case_url


def complete_record(officer: Person, case_url: str) -> None:
    page = officer.page
    officer.open(case_url + "evidence/new/")
    officer.click("button", re.compile("Save|Record|Add"))  # the error state
    assert "Not saved yet" in page.inner_text("main")
    officer.choose("select[name=kind], #id_kind", "court_record")
    officer.write("[name=source]", "Millbrook Superior Court")
    officer.choose("[name=source_relation]", "court")
    officer.write("[name=obtained_on]", "2024-12-02")
    officer.write("[name=reviewed_on]", "2024-12-03")
    officer.write("[name=caption]", "Judgment and minutes")
    officer.click("button", re.compile("Save|Record|Add"))
    fact(
        officer,
        case_url,
        "conviction",
        {
            "[name=description]": "Driving under the influence",
            "[name=statute]": "Cal. Veh. Code 23152(a)",
            "[name=sentence]": "3 days, probation 3 years",
            "[name=on]": "2024-05-30",
        },
        picks=["[name=disposition][value=plea_guilty]"],
    )
    fact(
        officer,
        case_url,
        "conduct",
        {"[name=what]": "Drove at twice the limit at 02:00 and hit a parked car", "[name=on]": "2024-05-25"},
        picks=[],
    )
    fact(
        officer,
        case_url,
        "presence",
        {"[name=on]": "about 2009"},
        picks=["[name=continuous][value=yes]"],
    )


def fact(officer: Person, case_url: str, kind: str, values: dict[str, str], picks: list[str]) -> None:
    officer.open(f"{case_url}facts/{kind}/new/")
    for selector, text in values.items():
        officer.write(selector, text)
    for selector in picks:
        if officer.page.locator(selector).first.evaluate("e => e.tagName") == "INPUT":
            officer.pick(selector)
    officer.pick("[name=evidence]")
    officer.click("button", re.compile("Save|Record|Add"))
    assert "Not saved yet" not in officer.page.inner_text("main"), officer.page.inner_text("main")


def status_page(officer: Person, case_url: str) -> None:
    officer.open(case_url + "status/")
    page = officer.page
    OFFICER.step(
        page,
        "Status and removability",
        "This page comes before any assessment. Removability is a condition and never a factor. A check that nobody made "
        "halts adverse steps, so answer each. Country, language and sex, when status needs them, are handed on and never "
        "shown again.",
    )
    officer.choose("[name=charge]", page.locator("[name=charge] option").nth(1).get_attribute("value") or "")
    officer.choose(
        "[name=immigration_status]",
        page.locator("[name=immigration_status] option").nth(1).get_attribute("value") or "",
    )
    officer.pick("[name=bases][value=own_statement]")
    officer.pick("[name=citizenship_claim][value=no]")
    officer.pick("[name=citizenship_looked][value=looked_not_found]")
    for name in ("minor_check", "section_1367_check", "fear_of_return", "representative"):
        officer.pick(f"[name={name}][value=no]")
    for name, value in (("referral_source", "jail"), ("source_relation", "agency")):
        if page.locator(f"select[name={name}]").count():
            officer.choose(f"[name={name}]", value)
        else:
            officer.pick(f"[name={name}][value={value}]")
    officer.click("button", re.compile("Save"))
    assert "Not saved yet" not in page.inner_text("main"), page.inner_text("main")
    officer.open(case_url)


def assess(officer: Person) -> None:
    page = officer.page
    officer.click("link", "Start an assessment")
    officer.pick("[name=decision_type][value='detainer:do']")
    officer.click("button", "Start")
    tasks_url = page.url
    OFFICER.step(
        page,
        "The task list",
        "Each page of the assessment has its state. Leave and come back as you like. *Look at the whole and sign* lists "
        "what is missing, each with its clause and a link to the field.",
    )
    assert "pages complete" in page.inner_text("main")
    officer.click("link", "Look at the whole and sign")
    assert "Not met yet" in page.inner_text("main")
    officer.click("link", re.compile("Criminal record: it is not said"))
    officer.write("[name=block_read_on]", "2024-12-03")
    officer.click("button", re.compile("Every record still open"))
    officer.pick("[name=national_security_finding][value=not_found]")
    officer.click("button", "Save and go on")
    officer.pick("[name=public_safety_finding][value=found]")
    pin(officer, "public_safety_last_conduct", "Conduct")
    officer.write("[name=public_safety_why_current]", "The conduct is half a year old.", free=True)
    officer.click("button", "Save and go on")
    officer.pick("[name=factor_gravity_of_offense_and_sentence_presence][value=present]")
    officer.pick("[name=factor_gravity_of_offense_and_sentence_weight][value=material]")
    pin(officer, "factor_gravity_of_offense_and_sentence_pins", "Conviction")
    officer.pick("[name=factor_lengthy_presence_presence][value=present]")
    officer.pick("[name=factor_lengthy_presence_weight][value=material]")
    pin(officer, "factor_lengthy_presence_pins", "In the")
    OFFICER.step(
        page,
        "Factors on both sides",
        "For each factor: present, looked and not found, did not look, or not applicable. A present one takes its weight in "
        "words and a pinned fact. What is left can be answered in one go; *did not look* is an honest answer.",
    )
    officer.choose("[name=block_record]", "criminal_record")
    officer.click("button", "Looked and not found in it")
    officer.click("button", re.compile("Did not look, for all the rest"))
    officer.pick("[name=border_security_finding][value=not_found]")
    officer.click("button", "Save and go on")
    officer.pick("[name=dispute][value=no]")
    officer.click("button", "Save and go on")
    officer.write("[name=consequences]", "Loses work and home; the family loses a wage.", free=True)
    officer.click("button", "Save and go on")
    officer.pick("[name=outcome][value=act]")
    officer.write("[name=opposite_case]", "Fifteen years here and no other record.", free=True)
    pin(officer, "opposite_pins", "In the")
    officer.write("[name=rationale]", "Drove drunk and hit a car; it may happen again.", free=True)
    pin(officer, "rationale_pins", "Conduct")
    officer.click("button", "Save and look at the whole")
    assert "Every rule is met" in page.inner_text("main"), page.inner_text("main")
    OFFICER.step(
        page,
        "Look at the whole and sign",
        "The page shows the decision as the supervisor will see it, with what is not there first. Sign with your password. "
        "More decisions can be added to the same facts, each with its own reasons and signature.",
    )
    officer.write("[name=password]", "wrong")
    officer.click("button", "Sign and submit")
    assert "The password is not right" in page.inner_text("main")
    officer.write("[name=password]", factories.PASSWORD)
    officer.click("button", "Sign and submit")
    assert "Signed." in page.inner_text("main")
    assert page.url.startswith(tasks_url.partition("?")[0])
    assert officer.texts == 4


def second_decision(officer: Person) -> None:
    page = officer.page
    page.get_by_text("Add a decision on the same facts").click()
    officer.choose("[name=decision_type]", "notice_to_appear:do")
    officer.click("button", "Add the decision")
    officer.open(page.get_by_role("link", name="Outcome and reasons", exact=True).get_attribute("href") or "")
    officer.pick("[name=outcome][value=decline]")
    officer.write("[name=opposite_case]", "A notice would settle the case.")
    pin(officer, "opposite_pins", "Conviction")
    officer.write("[name=rationale]", "A detainer is enough for now.")
    pin(officer, "rationale_pins", "In the")
    officer.click("button", "Save and look at the whole")
    officer.write("[name=password]", factories.PASSWORD)
    officer.click("button", "Sign and submit")
    assert "Signed." in page.inner_text("main")


def review(supervisor: Person) -> None:
    page = supervisor.page
    supervisor.click("button", "Take the next one")
    assert "Your review" in page.inner_text("main")
    SUPERVISOR.step(
        page,
        "Take the next one and read it",
        "The queue is ordered by due date and time waited, by nothing else. *Take the next one* gives you the decision and "
        "nobody else. Gaps stand first, evidence beside each fact. A filter that you use often can be kept under a name: "
        "open *Filters*, show it, *Keep*. It then stands above the queue, for you alone. On some reviews you record your own "
        "view of the facts before you read the officer's; on a few of those, names, places and pronouns are masked until then.",
    )
    supervisor.click("button", "Approve")
    assert "Give your own answer" in page.inner_text("main")
    supervisor.pick("[name=review_overriding_answer][value=found]")
    supervisor.write(
        "[name=review_reason]", "The conduct is recent and shown by the court record.", free=True
    )
    supervisor.click("button", "Approve")
    assert "Approved." in page.inner_text("main")
    supervisor.click("button", "Take the next one")
    supervisor.pick("[name=review_overriding_answer][value=cannot_tell]")
    supervisor.write("[name=review_reason]", "The file says nothing of the family.", free=True)
    supervisor.page.get_by_text("Points, if you return it").click()
    SUPERVISOR.step(
        page,
        "Approve, or return with points",
        "Both ask for your own answer to the overriding question and your own reason. A return names what should be done, "
        "point by point; the officer sees it and signs again.",
    )
    supervisor.choose("[name=point_about_1]", "consequences")
    supervisor.write("[name=point_1]", "Ask about the children.", free=True)
    supervisor.click("button", "Return")
    assert "Returned." in page.inner_text("main")


def audit(auditor: Person) -> None:
    page = auditor.page
    auditor.open("/log/?event=assessment.decision.signed")
    assert "Signed a decision" in page.inner_text("main")
    auditor.follow(page.locator("main a[href^='/log/0']").first)
    auditor.actions += 1
    text = page.inner_text("main")
    assert "leaf hash" in text.lower()
    AUDITOR.step(
        page,
        "Check an entry",
        "Filter the log by event, person, case, decision or day. The page of an entry computes its hash, its commitments and "
        "the chain of its case again, and says what these checks cannot detect.",
    )
    auditor.click("link", "Open it as it stood at signing")
    assert "A detainer is enough for now." in page.inner_text("main") or "Drove drunk" in page.inner_text(
        "main"
    )
    AUDITOR.step(
        page,
        "A decision as it stood at signing",
        "The page is made from the bytes and disclosures of the entry alone, under the words and digests of its edition. "
        "What happened since stands apart.",
    )
    auditor.open("/log/")
    AUDITOR.step(
        page,
        "Take the log away",
        "*Download as CSV* gives what the filter shows, with each entry's exact bytes and hash.",
    )
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("CSV", re.IGNORECASE)).first.click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig"))))
    events = {row["event"] for row in rows}
    assert {
        "cases.person.searched",
        "cases.case.opened",
        "cases.status.saved",
        "assessment.decision.signed",
        "review.decision.approved",
        "review.decision.returned",
    } <= events
