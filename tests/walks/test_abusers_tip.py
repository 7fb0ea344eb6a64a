"""Abuser's tip: a barred source carries nothing alone, a courthouse asks for a certificate, she is not found."""

from __future__ import annotations

import zipfile
from collections.abc import Callable

import pytest

from tests.walks import walking
from tests.walks.conftest import Staff
from tests.walks.record import Record

STATUS = walking.Status(
    charge="237(a)(1)(B)",
    bases={"own_statement": "tip"},
    section_1367="yes",
    source="tip",
    relation="abuser_or_household",
)
FACTS = walking.Answers(
    factors={
        "victim_witness_or_party": walking.Present(fact="Victim in", forms=["victim_of_crime"]),
        "impact_on_family": walking.Present(fact="age under 6", forms=["loss_of_caregiver"]),
    },
    consequences="Two children, 4 and 7, lose the parent who looks after them; the case against him loses its witness.",
)
FOR = walking.Reasons(text="The arrest of September is unresolved.", fact="Arrest without conviction")
AGAINST = walking.Reasons(text="She is the victim in the report, and he gave the tip.", fact="Victim in")


def mirela(staff: Staff) -> Record:
    record = Record(staff.officer, "Tavoss", "Mirela", "1990-05-14")
    record.evidence("tip", "statement", "Dorin Tavoss", "abuser_or_household", "2022-01-10", "By telephone")
    record.evidence("entry", "admission_record", "Record of arrivals", "agency", "2022-01-17")
    record.evidence("report", "police_report", "Millbrook Police", "agency", "2022-01-14")
    record.evidence(
        "order", "court_record", "Millbrook Superior Court", "court", "2022-01-14", "Protective order"
    )
    record.encounter("2022-01-10", source="tip", relation="abuser_or_household")
    record.fact(
        "arrest", "2021-09-28", "report", description="Domestic call, both arrested", known_end="not_known"
    )
    record.fact(
        "role", "2021-10-02", "report", "order", role="victim", matter="criminal", what="Police report"
    )
    record.fact("conduct", "2021-12", "tip", what="Works under a number that is not hers")
    for age in ("under_6", "6_to_17"):
        record.fact(
            "family",
            "2022-01",
            "report",
            relation="child",
            standing="not_known",
            age_range=age,
            dependence="support_and_care",
        )
    record.fact("entry", "2012-06", "entry", manner="admitted_visa")
    return record


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_abusers_tip(outcome: str, staff: Staff, on_day: Callable[[str], None]) -> None:
    on_day("2022-01-18")
    record = mirela(staff)
    officer = staff.come("officer")

    # The source's relation and the check under 8 U.S.C. 1367 are asked before anything else.
    officer.open(record.url + "status/")
    officer.click("button", "Save status and removability")
    assert "Does 8 U.S.C. 1367 protect this person?" in officer.text
    assert "Who is the source to the person?" in officer.text
    officer.open(record.url + "assess/")
    officer.pick("[name=decision_type][value='arrest:do']")
    officer.click("button", "Start", exact=True)
    assert "Status and removability comes before any assessment" in officer.text

    # A finding that rests on him alone is refused, with the law; one with a record of entry is kept.
    walking.fill_status(officer, record, STATUS)
    officer.look()
    assert "rests solely on a source that 8 U.S.C. 1367(a)(1) names" in officer.text
    officer.pick("[name=bases][value=admission_record]")
    officer.choose("[name=evidence_admission_record]", str(record.pieces["entry"]))
    officer.click("button", "Save status and removability")
    assert "Alienage established, 2 sources, one independent." in officer.text
    assert "Restricted to this office" in officer.text
    assert "8 U.S.C. 1367 protects this person." in officer.text

    elsewhere = staff.come("elsewhere")
    for path in (
        "/cases/?q=Tavoss&why=casework",
        "/cases/?q=Mirela+Tavoss&why=casework",
        "/cases/?state=open",
    ):
        elsewhere.open(path)
        assert "Mirela" not in elsewhere.text.replace("“Mirela Tavoss”", "")
        assert str(record.case.pk) not in elsewhere.page.content()
    for path in (record.url, record.url + "status/", record.url + "assess/"):
        elsewhere.open(path)
        assert "Tavoss" not in elsewhere.page.content()
        assert "There is no such page" in elsewhere.page.title()

    # "VAWA petition" in a text goes to restricted detail; the text keeps that there is a filing. No version shows it.
    record.fact("conduct", "2022-01", "report", what="Told the officer of her VAWA petition at the door")
    officer.open(record.url)
    officer.click("link", "Sealed notes: a text names a filing of restricted kind")
    officer.look()
    assert "“What did the person do?”: names a filing of restricted kind" in officer.text
    officer.click("button", "Move to restricted detail")
    officer.look()
    assert "Moved to restricted detail" in officer.text
    assert "VAWA" not in officer.page.content()
    officer.open(record.url)
    assert "Told the officer of a filing of restricted kind at the door" in officer.text
    assert "VAWA" not in officer.page.content()

    effort = walking.Effort(officer)
    walking.start(officer, record, "arrest:do")
    walking.fact_pages(officer, FACTS)
    officer.pick("[name=action_place][value=courthouse]")
    acts = outcome == "act"
    opposite, reasons = (AGAINST, FOR) if acts else (FOR, AGAINST)
    walking.decide(
        officer,
        "act",
        opposite=opposite,
        reasons=reasons,
        ground="A safe place for the children is arranged.",
    )
    open_points = walking.missing(officer)
    assert "A stop halts this step: 8 U.S.C. 1367 protects this person." in open_points
    assert "there is no certificate under INA 239(e)" in open_points
    walking.change_outcome(officer, "decline")
    assert "Every rule is met." in officer.text

    # The certificate and the supervisor's look at independent evidence are the ways out.
    walking.record_evidence(
        officer, record, "certificate_239e", "Counsel of the office", "agency", "2022-01-18"
    )
    supervisor = staff.come("supervisor")
    walking.open_stop(supervisor, record, "8 U.S.C. 1367")
    supervisor.look()
    assert "Due\n2022-01-20" in supervisor.text
    assert "Dorin Tavoss" not in supervisor.page.inner_text("form[method=post][novalidate]")
    walking.settle(supervisor)
    supervisor.look()
    assert "A supervisor's word alone does not lift it." in supervisor.text
    walking.settle(supervisor, evidence="Millbrook Police", button="Lift the stop")

    officer.open(record.url)
    officer.click("link", "Arrest", exact=True)
    officer.click("link", "Look at the whole and sign")
    walking.change_outcome(officer, outcome)
    walking.sign(officer)
    effort.was(24, 46, 4)

    walking.take_next(supervisor)
    assert "Victim of crime" in supervisor.text
    assert "Loss of a caregiver" in supervisor.text
    assert "A courthouse" in supervisor.text
    if acts:
        # No priority is found, so a second supervisor looks as well.
        walking.approve(
            supervisor,
            answer="not_found",
            reason="Independent evidence carries it.",
            says="second supervisor",
        )
        supervisor = staff.come("second")
        walking.take_next(supervisor)
    walking.approve(supervisor, answer="not_found", reason="The report shows who the victim is.")

    rows, taken = walking.log_and_bundle(staff.come("auditor"))
    found = walking.events(rows)
    for event in ("cases.status.saved", "assessment.stop.opened", "assessment.stop.settled"):
        assert event in found
    assert found.count("assessment.decision.signed") == 1
    walking.no_words(
        rows,
        "Tavoss",
        "Mirela",
        "Dorin",
        "section_1367",
        "U.S.C. 1367",
        "victim_of_crime",
        "protective order",
        "VAWA",
    )
    # The default export has the line of the sealed note, and no word of it in any of its files.
    assert "cases.sealed_note.recorded" in found
    with zipfile.ZipFile(taken) as bundle:
        kept = {name: bundle.read(name) for name in bundle.namelist()}
    assert b"cases.sealed_note.recorded" in kept["entries.ndjson"]
    assert not [name for name, content in kept.items() if b"VAWA" in content or b"petition" in content]
