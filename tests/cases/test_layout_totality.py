"""The layout `totality`: the whole record out, into an empty database, and out again, byte for byte."""

from __future__ import annotations

import contextlib
import csv
import datetime
import hashlib
import io
import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.models import Office, User
from cases import services
from cases.dates import UncertainDate
from cases.exports.parts import PARTS
from cases.facts import KINDS
from cases.models import (
    AlienageBasis,
    Attachment,
    Case,
    CaseFlag,
    Evidence,
    Fact,
    ImportedAction,
    Person,
    PersonAlias,
    PersonIdentifier,
    PersonMerge,
    StatusRecord,
)
from cases.protected.gate import put_attributes
from ledger.clock import now
from ledger.document import decode
from ledger.ids import new_id
from ledger.models import Entry
from tests.cases.test_record import SAMPLES, evidence, fact
from tests.data import INVENTED
from tests.data.running import Ran, everything, run_import
from tests.support import database

pytestmark = pytest.mark.django_db(transaction=True)

Made = Callable[..., Case]


def export(out: Path, **options: Any) -> tuple[int, dict[str, Any], str]:
    told, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stderr(err):
        try:
            call_command("export_cases", out=out, stdout=told, stderr=err, **options)
        except CommandError as error:
            return error.returncode, {}, str(error)
    return 0, json.loads(told.getvalue().splitlines()[-1]), err.getvalue()


def load(file: Path, **options: Any) -> Ran:
    return run_import(file, layout="totality", **options)


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def refusals(path: Path) -> list[tuple[int, str, str]]:
    with path.open(newline="", encoding="utf-8", errors="surrogateescape") as file:
        return [(int(row["line"]), row["field"], row["reason"]) for row in csv.DictReader(file)]


@pytest.fixture
def full(case: Case, officer: User, other_officer: User, make_case: Made) -> Case:
    """A record with every kind of row: by hand, from an extract, changed, withdrawn, and in another office."""
    as_officer: dict[str, Any] = {"actor": officer.actor(), "user": officer, "case": case}
    services.add_identifier(**as_officer, kind="a_number", value="A012345699")
    paper = evidence(
        officer, case, caption='A "quoted", ünusual\nline', information_date=datetime.date(2024, 5, 1)
    )
    for kind in KINDS:
        row = fact(officer, case, kind, on=UncertainDate.parse("about November 2020"), evidence=[paper.id])
    services.withdraw_fact(actor=officer.actor(), user=officer, fact=row, version=1)
    encounter = services.record_encounter(**as_officer, on=UncertainDate.parse("2019 to 2021"), site="Mill")
    services.open_record_request(**as_officer, record_kind="dispositions", encounter=encounter)
    status = StatusRecord.objects.create(
        case=case, charges=["other"], charge_other="x", minor_check="yes", saved_at=now(), saved_by=officer
    )
    AlienageBasis.objects.create(status=status, basis="admission_record", evidence=paper)
    AlienageBasis.objects.create(status=status, basis="own_statement")
    made(full_record=case, paper=paper, officer=officer, other=make_case(officer, family_name="Before"))
    put_attributes(person_id=case.person_id, attributes={"sex": "Genderword-F"}, source="status page")
    fact(other_officer, make_case(other_officer, family_name="Ødegård"))
    run_import(INVENTED)
    return case


def made(*, full_record: Case, paper: Evidence, officer: User, other: Case) -> None:
    """Other names, flags, a file and a merge, as rows."""
    at: dict[str, Any] = {"recorded_by": officer, "recorded_at": now()}
    PersonAlias.objects.create(person=full_record.person, family_name="Other", evidence=paper, **at)
    PersonAlias.objects.create(person=full_record.person, family_name="Third", withdrawn=True, **at)
    CaseFlag.objects.create(case=full_record, kind="juvenile", reason="x", set_by=officer, set_at=now())
    Attachment.objects.create(
        evidence=paper, file_name="a.pdf", media_type="application/pdf", size=3, sha256="ab" * 32, **at
    )
    absorbed = other.person
    Case.objects.filter(pk=other.pk).update(
        person=full_record.person, state="closed", merged_into=full_record, version=other.version + 1
    )
    ImportedAction.objects.create(
        case=full_record, kind="detainer_lifted", happened_on=datetime.date(2024, 5, 2), recorded_at=now()
    )
    PersonMerge.objects.create(
        survivor=full_record.person,
        absorbed=absorbed,
        survivor_case=full_record,
        absorbed_case=other,
        reason="One person",
        moved={"cases": [str(other.id)]},
        merged_at=now(),
        merged_by=officer,
    )


def empty() -> None:
    database.truncate_everything()


def test_out_in_and_out_again_is_the_same_file(full: Case, tmp_path: Path) -> None:
    first, second = tmp_path / "first.ndjson", tmp_path / "second.ndjson"
    code, told, err = export(first)
    assert (code, told["persons"], told["cases"]) == (0, 9, 9), err
    assert told["sha256"] == hashlib.sha256(first.read_bytes()).hexdigest()
    assert told["lines"] == len(lines(first))
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert first.read_bytes().startswith(b'{"format":"totality","version":1}\n')
    assert {one["part"] for one in lines(first)[1:]} == {*PARTS, "office", "account"}
    assert {one["kind"] for one in lines(first) if one.get("part") == "fact"} == set(KINDS)

    empty()
    total = told["lines"] - 1
    ran = load(first)
    assert ran.counts == (total, total, 0, 0), ran.err
    assert export(second)[0] == 0
    assert second.read_bytes() == first.read_bytes()
    assert not list(tmp_path.glob("*.part"))


def test_a_second_run_changes_no_record(full: Case, tmp_path: Path, owner: Any) -> None:
    file = tmp_path / "all.ndjson"
    _, told, _ = export(file)
    before = everything(owner)
    assert load(file).counts == (told["lines"] - 1, 0, told["lines"] - 1, 0)
    after = everything(owner)
    differing = {name for name in before if sorted(before[name]) != sorted(after[name])}
    assert differing == {"cases_importrun", "ledger_entry", "ledger_disclosure"}


def test_an_extract_meets_its_own_rows_after_the_way(full: Case, tmp_path: Path) -> None:
    file = tmp_path / "all.ndjson"
    export(file)
    empty()
    load(file)
    assert run_import(INVENTED).counts == (9, 0, 9, 0)


def test_each_case_gets_an_entry_and_new_accounts_cannot_sign_in(full: Case, tmp_path: Path) -> None:
    file = tmp_path / "all.ndjson"
    export(file)
    empty()
    load(file)
    applied = Entry.objects.filter(event="cases.import.applied")
    # The absorbed person has no case any more.
    assert {one.case_id for one in applied} == {None, *Case.objects.values_list("id", flat=True)}
    named = decode(bytes(Entry.objects.get(event="cases.import.named").bytes))["data"]
    assert set(named["accounts"]) == {"officer-north", "officer-south"}
    assert not User.objects.filter(is_active=True).exists()
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_protected_values_are_in_no_file(full: Case, tmp_path: Path) -> None:
    export(tmp_path / "all.ndjson")
    text = (tmp_path / "all.ndjson").read_text(encoding="utf-8")
    for word in ("Genderword", "ZUBROWKA", "RURITANIA", "FREEDONIA", "gender", "citizenship_country"):
        assert word not in text


def test_what_an_account_may_not_see_is_not_in_its_file(
    full: Case,
    officer: User,
    other_officer: User,
    make_user: Callable[..., User],
    office: Office,
    tmp_path: Path,
) -> None:
    full.restricted, full.version = True, full.version + 1
    full.save()

    def cases_of(**options: Any) -> set[str]:
        file = tmp_path / "one.ndjson"
        file.unlink(missing_ok=True)
        assert export(file, **options)[0] == 0
        assert ("Quillworth" in file.read_text()) == (str(full.id) in file.read_text())
        return {one["id"] for one in lines(file) if one.get("part") == "case"}

    everyone = {str(one) for one in Case.objects.values_list("id", flat=True)}
    assert cases_of(username=officer.username) == everyone
    # A case that was merged into a hidden one would tell of it.
    hidden = {str(full.id), str(Case.objects.get(merged_into=full).id)}
    assert cases_of(username=other_officer.username) == everyone - hidden
    assert cases_of() == everyone - hidden
    assert cases_of(office="north") == set()
    assert cases_of(office="north", username=officer.username) == hidden
    assert len(cases_of(office="unassigned")) == 6
    auditor = make_user("auditor", office)
    code, _, said = export(tmp_path / "none.ndjson", username=auditor.username)
    assert code == 2
    assert "may see no case" in said
    assert not (tmp_path / "none.ndjson").exists()


def test_what_rests_on_something_hidden_is_not_in_the_file_either(
    full: Case, officer: User, other_officer: User, make_case: Made, tmp_path: Path
) -> None:
    """A person with an open case here and a hidden one there: the name learned there stays there."""
    Case.objects.filter(pk=full.pk).update(state="closed", restricted=True, version=full.version + 1)
    shown = Case.objects.create(person=full.person, office=other_officer.office, opened_at=now())
    file = tmp_path / "one.ndjson"
    export(file, username=other_officer.username)
    told = [one for one in lines(file) if one.get("person") == str(full.person_id)]
    assert [one["id"] for one in told if one["part"] == "case"] == [str(shown.id)]
    assert [one["family_name"] for one in told if one["part"] == "alias"] == ["Third"]
    assert "merge" not in {one.get("part") for one in lines(file)}
    assert str(full.id) not in file.read_text()
    empty()
    assert load(file).code == 0


def test_every_file_has_one_entry(case: Case, officer: User, tmp_path: Path) -> None:
    _, told, _ = export(tmp_path / "one.ndjson", username=officer.username, purpose="For the court")
    entry = Entry.objects.get(event="cases.record.exported")
    assert (entry.kind, entry.actor_id) == ("access", str(officer.id))
    document = decode(bytes(entry.bytes))["data"]
    assert document["file_digest"] == told["sha256"]
    assert (document["persons"], document["cases"], document["lines"]) == (1, 1, told["lines"])
    assert b"For the court" not in bytes(entry.bytes)


def test_without_its_entry_there_is_no_file(case: Case, owner: Any, tmp_path: Path) -> None:
    owner.execute("REVOKE INSERT ON public.ledger_entry FROM totality_app")
    try:
        with pytest.raises(Exception, match="permission denied"):
            export(tmp_path / "one.ndjson")
    finally:
        owner.execute("GRANT INSERT ON public.ledger_entry TO totality_app")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_never_written_over(case: Case, tmp_path: Path) -> None:
    (tmp_path / "one.ndjson").write_text("mine")
    code, _, said = export(tmp_path / "one.ndjson")
    assert (code, "exists already" in said) == (2, True)
    assert (tmp_path / "one.ndjson").read_text() == "mine"
    assert export(tmp_path / "two.ndjson", office="nowhere")[0] == 2
    assert export(tmp_path / "two.ndjson", username="nobody")[0] == 2


def bad(change: Callable[[dict[str, Any]], Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def changed(row: dict[str, Any]) -> dict[str, Any]:
        row = json.loads(json.dumps(row))
        change(row)
        return row

    return changed


@pytest.mark.parametrize(
    ("part", "change", "field", "reason"),
    [
        ("person", bad(lambda row: row.pop("version")), "version", "field required"),
        ("person", bad(lambda row: row.update(nickname="x")), "nickname", "extra inputs"),
        ("person", bad(lambda row: row["birth"].update(latest="1980-01-01")), "birth", "ends before it begins"),
        ("identifier", bad(lambda row: row.update(value="123")), "value", "A and nine digits"),
        ("identifier", bad(lambda row: row.update(part="identity")), "", "no such part"),
        ("case", bad(lambda row: row.update(state="ajar")), "state", "input should be"),
        ("case", bad(lambda row: row.update(office="nowhere")), "office", "there is no office nowhere"),
        ("evidence", bad(lambda row: row.update(obtained_by="nobody")), "obtained_by", "there is no account"),
        ("encounter", bad(lambda row: row.update(kind="removed")), "kind", "any other action as the part action"),
        ("action", bad(lambda row: row.update(kind="arrest")), "kind", "an arrest is an encounter"),
        ("action", bad(lambda row: row.update(kind="deported")), "kind", "write one of detainer_placed, "),
        ("action", bad(lambda row: row.update(case=row["id"])), "case", "not in the record"),
        ("action", bad(lambda row: row.update(happened_on="2024-13-01")), "happened_on", "date"),
        ("action", bad(lambda row: row.update(happened_on="9999-01-01")), "", "correct one of the two"),
        ("fact", bad(lambda row: row["details"].update(score=3)), "details", "score"),
        ("fact", bad(lambda row: row.update(case=row["id"])), "case", "not in the record"),
        ("fact", bad(lambda row: row["support"][0].update(evidence=row["id"])), "support", "none of this case"),
        ("record_request", bad(lambda row: row.update(note="\x00")), "note", "match pattern"),
        ("flag", bad(lambda row: row.update(kind="other")), "kind", "input should be"),
        ("alias", bad(lambda row: row.update(evidence=row["id"])), "evidence", "in no case of this person"),
        ("merge", bad(lambda row: row.update(absorbed=row["id"])), "absorbed", "not in the record"),
        ("status", bad(lambda row: row["bases"].append(
            {**row["bases"][0], "id": row["case"]})), "bases", "there twice"),
    ],
)  # fmt: skip
def test_a_bad_line_costs_itself_and_says_where_and_why(
    full: Case, tmp_path: Path, part: str, change: Callable[..., Any], field: str, reason: str
) -> None:
    export(tmp_path / "all.ndjson")
    rows = lines(tmp_path / "all.ndjson")
    at = next(number for number, row in enumerate(rows) if row.get("part") == part)
    rows[at] = change(rows[at])
    empty()
    rejects = tmp_path / "rejects.csv"
    ran = load(write(tmp_path / "bad.ndjson", rows), rejects=rejects)
    assert ran.code == 1
    first, *others = refusals(rejects)
    assert first[:2] == (at + 1, field)
    assert reason in first[2]
    # What names the line cannot be written either; everything else is.
    left_behind = ("missing, comes later or was set aside", "of this case", "case of this person")
    assert all(one[2].endswith(left_behind) for one in others), others
    assert ran.counts is not None
    assert ran.counts[1] == len(rows) - 1 - len(others) - 1


def test_actions_of_known_cases_come_in_alone_and_once(case: Case, tmp_path: Path) -> None:
    def line(**what: str) -> dict[str, Any]:
        day, at = "2024-05-02", "2024-05-03T08:00:00.000000Z"
        return {
            "part": "action",
            "id": str(new_id()),
            "case": str(case.pk),
            "kind": "removed",
            "happened_on": day,
            "recorded_at": at,
            **what,
        }

    first = [
        {"format": "totality", "version": 1},
        line(),
        line(kind="released"),
        line(happened_on="2024-05-03"),
    ]
    assert load(write(tmp_path / "actions.ndjson", first)).counts == (3, 3, 0, 0)
    assert load(tmp_path / "actions.ndjson").counts == (3, 0, 3, 0)
    rejects = tmp_path / "rejects.csv"
    again = write(tmp_path / "again.ndjson", [first[0], line()])
    assert load(again, rejects=rejects).counts == (1, 0, 0, 1)
    assert refusals(rejects) == [(2, "happened_on", "the case has such an action of this day already")]
    assert ImportedAction.objects.count() == 3


def test_what_is_no_line_at_all_costs_itself(case: Case, tmp_path: Path) -> None:
    file = tmp_path / "all.ndjson"
    export(file)
    with file.open("ab") as more:
        more.write(b'\n[1]\n{"part":\n\xff\n{"a":1}\n"x"\n')
    rejects = tmp_path / "rejects.csv"
    ran = load(file, rejects=rejects)
    assert [reason for _, _, reason in refusals(rejects)] == [
        "it is not a JSON object",
        "it is not JSON",
        "it holds bytes that are not UTF-8 text",
        "it does not say which part of the record it is",
        "it is not a JSON object",
    ]
    assert ran.counts is not None
    assert ran.counts[3] == 5


def test_the_record_wins_over_the_file(case: Case, officer: User, tmp_path: Path) -> None:
    export(tmp_path / "all.ndjson")
    services.change_person(
        actor=officer.actor(),
        user=officer,
        case=case,
        version=1,
        family_name="Newname",
        given_name="T",
        birth=None,
    )
    rejects = tmp_path / "rejects.csv"
    assert load(tmp_path / "all.ndjson", rejects=rejects).counts == (5, 0, 4, 1)
    assert "adds what is missing and changes nothing" in refusals(rejects)[0][2]
    assert Person.objects.get().family_name == "Newname"


def test_what_only_the_tables_refuse_is_found_line_by_line(
    case: Case, make_case: Made, officer: User, tmp_path: Path
) -> None:
    export(tmp_path / "all.ndjson")
    rows = lines(tmp_path / "all.ndjson")
    empty()
    office = Office.objects.create(key="north", name="North")
    here = User.objects.create(
        username="officer-north", full_name="Officer North", role="officer", office=office, password="!"
    )
    make_case(here, family_name="Other", a_number="A012345678")
    rejects = tmp_path / "rejects.csv"
    assert load(write(tmp_path / "in.ndjson", rows), rejects=rejects).counts == (5, 2, 2, 1)
    assert refusals(rejects)[0][1:] == ("value", "another row of the record has this identifier")
    assert PersonIdentifier.objects.count() == 1
    assert Case.objects.count() == 2


def test_an_account_of_another_name_is_not_taken_for_the_same(case: Case, tmp_path: Path) -> None:
    export(tmp_path / "all.ndjson")
    empty()
    office = Office.objects.create(key="north", name="North")
    User.objects.create(username="officer-north", full_name="A Stranger", role="officer", office=office)
    rejects = tmp_path / "rejects.csv"
    load(tmp_path / "all.ndjson", rejects=rejects)
    assert [field for _, field, _ in refusals(rejects)] == ["username", "opened_by"]
    assert not Case.objects.exists()


def test_a_dry_run_counts_and_writes_nothing(full: Case, tmp_path: Path, owner: Any) -> None:
    _, told, _ = export(tmp_path / "all.ndjson")
    empty()
    before = everything(owner)
    total = told["lines"] - 1
    assert load(tmp_path / "all.ndjson", dry_run=True).counts == (total, total, 0, 0)
    assert everything(owner) == before


@pytest.mark.parametrize(
    ("first", "said"),
    [
        ('{"format":"totality","version":2}', "has version 2"),
        ("arrest_date,gender", "its first line must be"),
        ("", "its first line must be"),
    ],
)
def test_a_file_of_another_layout_is_refused_in_one_line(tmp_path: Path, first: str, said: str) -> None:
    file = tmp_path / "other.ndjson"
    file.write_text(first + "\n")
    ran = load(file)
    assert (ran.code, said in ran.err) == (2, True)


def test_the_offices_are_those_of_the_file(tmp_path: Path) -> None:
    file = write(tmp_path / "none.ndjson", [{"format": "totality", "version": 1}])
    assert load(file).counts == (0, 0, 0, 0)
    assert "leave --office out" in load(file, office="north").err


def test_no_column_of_the_record_is_forgotten() -> None:
    """Whoever adds one to a table of the record adds it to its line, and to the page that explains the lines."""
    for part in PARTS.values():
        for line, model, apart in (
            (part.line, part.model, set()),
            *((one.line, one.model, {one.column}) for one in part.nested),
        ):
            columns = {one.name for one in model._meta.concrete_fields}
            columns -= {name.removesuffix("_id") for name in apart}
            # What marks a row as the demonstration's stays where it was made; no file may bring it in.
            columns -= {"origin"}
            for name in ("on", "birth"):
                ends = ("earliest", "latest", "precision", "certainty", "words")
                if {f"{name}_{end}" for end in ends} <= columns:
                    columns = columns - {f"{name}_{end}" for end in ends} | {name}
            nested = {one.member for one in part.nested} if line is part.line else set()
            assert set(line.model_fields) - {"part"} - nested == columns, part.key
    assert {part.model for part in PARTS.values()} >= {Evidence, Fact}
    assert set(SAMPLES) == set(KINDS)
