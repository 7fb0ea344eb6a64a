"""Facts, evidence and requests: versions, conflicts, pins, and what the log says of them."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from accounts.models import User
from cases import selectors, services
from cases.dates import UncertainDate
from cases.errors import Conflict, Refused
from cases.facts import KINDS
from cases.models import Case, Encounter, Evidence, Fact, LaterOutcome, RecordVersion, SourceLabel
from ledger.clock import now
from ledger.models import Entry
from tests.support.entries import said

DAY = datetime.date(2024, 12, 10)

SAMPLES: dict[str, dict[str, Any]] = {
    "conviction": {
        "statute": "Penal 459",
        "description": "Burglary",
        "disposition": "verdict",
        "sentence": "1 year",
    },
    "arrest": {"description": "Theft", "known_end": "not_known"},
    "conduct": {"what": "Took a bicycle"},
    "rehabilitation": {"sort": "treatment", "what": "Finished a program"},
    "family": {
        "relation": "child",
        "standing": "citizen",
        "age_range": "under_6",
        "dependence": "support_and_care",
    },
    "health": {"whose": "self", "nature": "physical", "care": "Dialysis"},
    "service": {"whose": "immediate_family", "sort": "military", "what": "Navy, 4 years"},
    "contribution": {"sort": "work", "what": "Nurse's aide since 2015"},
    "role": {"role": "witness", "matter": "labor", "what": "Wage hearing"},
    "relief": {"sort": "family_based", "stage": "filed"},
    "entry": {"manner": "without_inspection", "place": "Near Yuma"},
    "presence": {"continuous": "yes", "note": "Lease and tax records"},
}


def evidence(officer: User, case: Case, **more: Any) -> Evidence:
    values: dict[str, Any] = {
        "kind": "court_record",
        "source": "County court",
        "source_relation": "court",
        "obtained_on": datetime.date(2024, 11, 1),
        "reviewed_on": datetime.date(2024, 11, 2),
    }
    return services.record_evidence(actor=officer.actor(), user=officer, case=case, **values | more)


def fact(officer: User, case: Case, kind: str = "conduct", **more: Any) -> Fact:
    details = more.pop("details", SAMPLES[kind])
    return services.record_fact(
        actor=officer.actor(), user=officer, case=case, kind=kind, details=details, **more
    )


def test_every_kind_has_a_sample_here() -> None:
    assert set(SAMPLES) == set(KINDS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_recorded_and_read_back(officer: User, case: Case, kind: str) -> None:
    row = fact(officer, case, kind, on=UncertainDate.parse("2019-03"))
    [view] = selectors.facts_of(case, DAY)
    assert view.ref == f"{kind}:{row.id}:1"
    assert "2019-03" in view.summary
    assert "\n" not in view.summary
    assert view.pinnable
    assert view.presence_only is (kind in {"entry", "presence"})
    assert selectors.fact_at(case, view.ref) == view


def test_a_fact_that_does_not_fit_its_kind_is_refused(officer: User, case: Case) -> None:
    for details in ({}, {"what": "x", "gang": "y"}, {"what": "a\x00b"}, {"what": "x" * 2001}):
        with pytest.raises(Refused):
            fact(officer, case, details=details)
    with pytest.raises(Refused, match="no kind of fact"):
        services.record_fact(actor=officer.actor(), user=officer, case=case, kind="label", details={})
    assert not Fact.objects.exists()


def test_a_superseded_version_keeps_what_it_said(officer: User, case: Case) -> None:
    first, second = evidence(officer, case), evidence(officer, case, source="Prosecutor")
    row = fact(officer, case, on=UncertainDate.parse("2018"), evidence=[first.id])
    old = selectors.facts_of(case, DAY)[0]
    services.change_fact(
        actor=officer.actor(),
        user=officer,
        fact=row,
        version=1,
        details={"what": "Took a tricycle"},
        on=UncertainDate.parse("about 2019"),
        evidence=[second.id],
    )
    new = selectors.facts_of(case, DAY)[0]
    assert (new.version, new.evidence[0].source, str(new.on)) == (2, "Prosecutor", "about 2019")
    assert selectors.fact_at(case, old.ref) == old
    assert selectors.current_version_of(old.ref) == 2
    assert selectors.fact_at(case, f"conduct:{row.id}:3") is None
    assert selectors.fact_at(case, "conduct:x:1") is None


def test_a_second_writer_gets_both_texts_and_changes_nothing(officer: User, case: Case) -> None:
    row = fact(officer, case)
    mine = Fact.objects.select_related("case").get(pk=row.pk)
    services.change_fact(actor=officer.actor(), user=officer, fact=row, version=1, details={"what": "Theirs"})
    with pytest.raises(Conflict) as conflict:
        services.change_fact(
            actor=officer.actor(), user=officer, fact=mine, version=1, details={"what": "Mine"}
        )
    assert "Theirs" in conflict.value.stored
    assert "Mine" in conflict.value.yours
    assert conflict.value.version == 2
    assert Fact.objects.get(pk=row.pk).details["what"] == "Theirs"


def test_a_withdrawn_fact_is_gone_from_the_record_and_stays_readable(officer: User, case: Case) -> None:
    row = fact(officer, case)
    ref = f"conduct:{row.id}:1"
    services.withdraw_fact(actor=officer.actor(), user=officer, fact=row, version=1)
    assert selectors.facts_of(case, DAY) == []
    assert selectors.fact_at(case, ref) is not None
    latest = selectors.fact_at(case, f"conduct:{row.id}:2")
    assert latest is not None
    assert not latest.pinnable


def test_evidence_of_another_case_supports_nothing(officer: User, case: Case, make_case: Any) -> None:
    foreign = evidence(officer, make_case(officer, family_name="Second"))
    with pytest.raises(Refused, match="not of this case"):
        fact(officer, case, evidence=[foreign.id])


def test_a_vacated_conviction_is_marked(officer: User, case: Case) -> None:
    vacated = SAMPLES["conviction"] | {"vacated_on": "2020-05-01", "vacated_basis": "legal_defect"}
    fact(officer, case, "conviction", details=vacated)
    [view] = selectors.facts_of(case, DAY)
    assert view.vacated
    assert "vacated on 2020-05-01" in view.summary


@pytest.mark.parametrize(
    ("on", "pinnable"), [("2024-12-10", True), ("2024-12-11", False), ("2024-12", True), ("2025", False)]
)
def test_what_lies_after_the_day_cannot_be_pinned(officer: User, case: Case, on: str, pinnable: bool) -> None:
    fact(officer, case, on=UncertainDate.parse(on))
    [view] = selectors.facts_of(case, DAY)
    assert view.pinnable is pinnable
    assert bool(view.why_not) is not pinnable


def test_encounters_are_facts_and_their_labels_and_outcomes_are_not(officer: User, case: Case) -> None:
    row = services.record_encounter(
        actor=officer.actor(),
        user=officer,
        case=case,
        on=UncertainDate.parse("2024-10-03"),
        site="County jail",
        custody="custodial",
        referral_source="jail",
        source_relation="agency",
    )
    SourceLabel.objects.create(encounter=row, kind="criminality", text="1 Convicted Criminal")
    LaterOutcome.objects.create(encounter=row, status="Removed by label")
    [view] = selectors.facts_of(case, DAY)
    assert (view.kind, view.evidence, view.presence_only) == ("encounter", (), False)
    everything = repr(selectors.facts_of(case, DAY))
    assert "Convicted" not in everything
    assert "Removed" not in everything
    [shown] = selectors.encounters_of(case, DAY)
    assert [label.text for label in shown.labels] == ["1 Convicted Criminal"]
    assert shown.outcomes == ("Removed by label",)


def test_an_encounter_is_read_back_at_its_earlier_version(officer: User, case: Case) -> None:
    row = Encounter.objects.create(case=case, site="First", recorded_at=now(), content_digest=b"x" * 32)
    ref = f"encounter:{row.id}:1"
    Encounter.objects.filter(pk=row.pk).update(site="Second", version=2)
    old = selectors.fact_at(case, ref)
    assert old is not None
    assert "First" in old.summary
    assert selectors.current_version_of(ref) == 2


def test_the_database_refuses_a_change_without_the_next_version(officer: User, case: Case) -> None:
    row = fact(officer, case)
    for version in (1, 3):
        with pytest.raises(DatabaseError, match="next version"), transaction.atomic():
            Fact.objects.filter(pk=row.pk).update(details={"what": "quietly"}, version=version)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM cases_fact",
        "UPDATE cases_recordversion SET content = '{}'",
        "INSERT INTO cases_recordversion (row_kind, row_id, version, content, replaced_at)"
        " VALUES ('fact', gen_random_uuid(), 1, '{}', now())",
        "DELETE FROM cases_recordversion",
        "UPDATE cases_sourcelabel SET text = ''",
        "UPDATE cases_personidentifier SET value = ''",
        "DELETE FROM cases_person",
        "TRUNCATE cases_case CASCADE",
        "SELECT public.cases_keep_version()",
    ],
)
def test_the_application_has_no_right_to(case: Case, statement: str) -> None:
    from django.db import connection

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


def test_evidence_says_what_does_not_fit(officer: User, case: Case) -> None:
    wrong: dict[str, dict[str, Any]] = {
        "kind": {"kind": "hearsay"},
        "source_relation": {"source_relation": "friend"},
        "source": {"source": "  "},
        "reviewed_on": {"reviewed_on": datetime.date(2024, 10, 1)},
        "information_date": {"information_date": datetime.date(2024, 12, 1)},
    }
    for field, values in wrong.items():
        with pytest.raises(Refused) as refused:
            evidence(officer, case, **values)
        assert refused.value.field == field


def test_record_requests_say_why_and_when(officer: User, case: Case) -> None:
    def ask(**values: Any) -> Any:
        return services.open_record_request(
            actor=officer.actor(), user=officer, case=case, record_kind="dispositions", **values
        )

    for field, values in {
        "unavailable_reason": {"state": "unavailable"},
        "requested_on": {"state": "requested"},
        "answered_on": {"state": "obtained"},
    }.items():
        with pytest.raises(Refused) as refused:
            ask(**values)
        assert refused.value.field == field
    row = ask(state="requested", requested_on=DAY)
    services.change_record_request(
        actor=officer.actor(),
        user=officer,
        request=row,
        version=1,
        record_kind="dispositions",
        state="unavailable",
        requested_on=DAY,
        unavailable_reason="refused_by_holder",
    )
    gaps = {gap.key: gap for gap in selectors.gap_map(case)}
    assert gaps["dispositions"].unavailable == 1
    assert gaps["criminal_record"].not_looked_for


def test_each_change_is_one_neutral_entry(officer: User, case: Case) -> None:
    proof = evidence(officer, case, caption="Judgment of a burglary")
    row = fact(officer, case, "relief", evidence=[proof.id])
    services.change_fact(actor=officer.actor(), user=officer, fact=row, version=1, details=SAMPLES["relief"])
    entries = list(Entry.objects.filter(case_id=case.id).order_by("id"))
    assert [entry.event for entry in entries] == [
        "cases.person.recorded",
        "cases.record.changed",
        "cases.record.changed",
        "cases.record.changed",
    ]
    written = said(entries).lower()
    for word in (
        b"quillworth",
        b"tamsin",
        b"1990",
        b"12345678",
        b"relief",
        b"family_based",
        b"burglary",
        b"county",
    ):
        assert word not in written


def test_a_change_without_its_entry_does_not_happen(officer: User, case: Case, monkeypatch: Any) -> None:
    from ledger import document

    monkeypatch.setattr(document, "FORMAT_VERSION", 99)
    with pytest.raises(DatabaseError), transaction.atomic():
        fact(officer, case)
    monkeypatch.undo()
    assert not Fact.objects.exists()
    assert not RecordVersion.objects.exists()
