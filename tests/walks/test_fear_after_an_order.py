"""Fear after an order: voiced while the removal is drafted, it halts and is masked; the landlord's tip is weighed."""

from __future__ import annotations

import zipfile
from collections.abc import Callable

import pytest

from tests.walks import walking
from tests.walks.conftest import Staff
from tests.walks.record import Record

LANDLORD = "Harrowgate Lettings"
FACTS = walking.Answers(
    factors={
        "lengthy_presence": walking.Present(fact="In the United States"),
        "eligibility_for_protection_or_relief": walking.Present(fact="Relief", weight="decisive"),
        "workplace_or_tenant_rights": walking.Present(
            fact="Party in", weight="material", forms=["tenant_rights"]
        ),
    },
    consequences="She would be put on Thursday's flight; her complaint about the house would lapse.",
    dispute="yes",
    dispute_kind="housing",
    dispute_fact="Party in",
)
ORDER = walking.Reasons(text="An order of 2019 is final and nobody has reopened it.", fact="Missed a hearing")
STAY = walking.Reasons(text="Her landlord sent us a week after she complained.", fact="Party in")


def ysolde(staff: Staff) -> Record:
    record = Record(staff.officer, "Karrimand", "Ysolde", "1987-08-19")
    record.evidence("tip", "statement", LANDLORD, "landlord", "2022-01-31", "By telephone")
    record.evidence("order", "prior_order", "Immigration court", "court", "2022-02-01", "Order of 2019")
    record.evidence("interview", "interview", "Officer's interview", "self", "2022-02-02")
    record.evidence("complaint", "official_letter", "City housing office", "agency", "2022-02-02")
    record.encounter("2022-02-01", source="tip", relation="landlord", custody="at_large")
    record.fact("conduct", "2019-05-06", "order", what="Missed a hearing of the immigration court")
    record.fact("presence", "2014-03", "interview", continuous="yes")
    record.fact("relief", "2022-01", "interview", sort="family_based", stage="claimed")
    record.fact(
        "role",
        "2022-01-24",
        "complaint",
        role="party",
        matter="housing",
        what="Complaint on heating and mold",
    )
    return record


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_fear_after_an_order(outcome: str, staff: Staff, on_day: Callable[[str], None]) -> None:
    """`act` is to stay the removal, and `decline` not to: the execution is halted either way."""
    on_day("2022-02-08")
    record = ysolde(staff)
    officer, supervisor = staff.come("officer"), staff.come("supervisor")
    status = walking.Status(
        charge="212(a)(6)(A)(i)", bases={"prior_order": "order"}, source="tip", relation="landlord"
    )
    walking.fill_status(officer, record, status)
    effort = walking.Effort(officer)
    walking.start(officer, record, "removal_execution:do")
    walking.fact_pages(officer, FACTS)
    officer.pick("[name=action_place][value=residence]")
    walking.decide(officer, "act", opposite=STAY, reasons=ORDER, ground="A final order stands since 2019.")
    assert not walking.missing(officer), walking.missing(officer)

    # The whole is ready for the signature when she says that she is afraid to go back.
    officer.open(record.url + "status/")
    officer.pick("[name=fear_of_return][value=yes]")
    officer.click("button", "Save status and removability")
    assert "Restricted to this office" in officer.text
    officer.click("link", "Execute a removal order")
    officer.click("link", "Look at the whole and sign")
    assert "A stop halts this step: Fear of return was voiced" in walking.missing(officer)
    assert not officer.page.locator("[name=password]").count()
    # The referral lifts the stop, and the order is still not executed while the fear is on record.
    walking.record_evidence(officer, record, "fear_referral", "Referral desk", "agency", "2022-02-08")
    walking.open_stop(supervisor, record, "Fear of return")
    walking.settle(supervisor, evidence="Referral desk", button="Lift the stop")
    officer.open(record.url)
    officer.click("link", "Execute a removal order")
    officer.click("link", "Look at the whole and sign")
    officer.look()
    assert walking.missing(officer), "the order would be executed"
    assert not officer.page.locator("[name=password]").count()
    # The draft was kept, and declining is open.
    walking.change_outcome(officer, "decline")
    walking.sign(officer)
    walking.add_decision(officer, "removal_execution:undo")
    stays = outcome == "act"
    walking.decide(officer, outcome, opposite=ORDER if stays else STAY, reasons=STAY if stays else ORDER)
    walking.sign(officer)
    effort.was(29, 60, 6)

    elsewhere = staff.come("elsewhere")
    for path in (
        "/cases/?q=Karrimand&why=casework",
        "/cases/?state=open",
        record.url,
        record.url + "status/",
    ):
        elsewhere.open(path)
        assert "Ysolde" not in elsewhere.text
        assert "ear of return" not in elsewhere.text

    for _ in range(2):
        walking.take_next(supervisor)
        supervisor.look()
        assert "Housing" in supervisor.text or "housing" in supervisor.text
        walking.approve(supervisor, answer="not_found", reason="The referral comes first.", disputed=True)

    rows, bundle = walking.log_and_bundle(staff.come("auditor"))
    found = walking.events(rows)
    assert found.count("assessment.decision.signed") == found.count("review.decision.approved") == 2
    assert "assessment.stop.opened" in found
    walking.no_words(rows, "Karrimand", "Ysolde", LANDLORD, "afraid", "fear of return", "mold")
    with zipfile.ZipFile(bundle) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode("utf-8", "replace").lower()
            assert "karrimand" not in text, name
            assert "mold" not in text.replace("molded", ""), name
