"""A bundle of real decisions: both verifiers agree, nothing masked is told, the same plan gives the same bytes."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.db import transaction
from django.db.models import F

from assessment.models import Decision
from cases.models import Case
from cases.services import note_person_search
from ledger.events import Committed
from ledger.exports.scope import Sample, Scope, ScopeRefused, from_data
from ledger.ids import new_id
from ledger.models import Entry
from ledger.proofs import checkpoint
from ledger.services import NewEntry, append
from ledger.verifier import verify
from review.events import (
    ClockPaused,
    ClockResumed,
    ContestRuled,
    DecisionApproved,
    DecisionEscalated,
    QuestionAnswered,
    QuestionAsked,
)
from tests.assessment import situations
from tests.ledger.exports.support import (
    ALL,
    AUDITOR,
    NONE,
    exported,
    files_of,
    must_hold,
    names,
    seal,
    seal_upto,
    table,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def decision() -> Decision:
    """A signed decision, sealed with all that led to it."""
    signed = situations.signed(situations.ready())
    seal()
    return signed


def test_a_bundle_of_everything_holds(decision: Decision, tmp_path: Path) -> None:
    path = exported(tmp_path / "all.zip", formats=("csv", "parquet", "xlsx"))
    must_hold(path)
    assert names(path)[0] == "entries.ndjson"
    assert names(path)[-1] == "manifest.json"
    assert set(names(path)) >= {
        "decisions.csv",
        "decisions.parquet",
        "decisions.xlsx",
        "README.txt",
        "verify.py",
    }
    entries = files_of(path)["entries.ndjson"].splitlines()
    assert len(entries) == Entry.objects.count()


def test_a_decision_is_one_row(decision: Decision, tmp_path: Path) -> None:
    (row,) = table(exported(tmp_path / "all.zip"), "decisions.csv")
    assert row["decision_id"] == str(decision.pk)
    assert (row["decision_type"], row["direction"]) == (decision.type, decision.direction)
    assert row["outcome"] == row["first_outcome"] != ""
    assert row["edition"] == "2021-09-30"
    assert row["masked"] == "false"
    assert row["signed_at"].endswith("Z")
    assert {row[name] for name in row if name.endswith("_presence")} & {"present", "looked_not_found"}
    assert len(row["person_key"]) == 32


def test_the_draw_and_the_rulings_on_contests_are_told(decision: Decision, tmp_path: Path) -> None:
    ruled = ContestRuled(contest="1", attribute="gender", category="victim_or_witness", upheld=True)
    approved = DecisionApproved(
        number=1,
        overriding_answer="yes",
        reason=Committed("As I read it."),
        dispute_acknowledged=False,
        contests=[ruled, ruled.model_copy(update={"attribute": "religion", "upheld": False})],
    )
    with transaction.atomic():
        about = {"case": decision.case_id, "decision": decision.pk}
        [entry] = append(NewEntry(payload=approved, actor=AUDITOR, subject=about))
    seal_upto(entry.pk)
    (row,) = table(exported(tmp_path / "all.zip"), "decisions.csv")
    assert row["contests"] == "gender victim_or_witness upheld; religion victim_or_witness not upheld"
    drawn = json.loads(bytes(Entry.objects.get(event="review.decision.drawn").bytes))["data"]
    assert row["selected"] == str(drawn["selected"]).lower()
    assert row["selection_probability"] == str(drawn["probability"])
    assert row["selection_reason"] == ("full review" if drawn["full"] else "sample")
    assert row["decide_first"] == str(drawn["decide_first"]).lower()
    assert row["review_office"] == drawn["office"]


def test_questions_pauses_and_the_second_supervisor_are_told(decision: Decision, tmp_path: Path) -> None:
    about = {"case": decision.case_id, "assessment": decision.assessment_id, "decision": decision.pk}
    asked = "018f2c3e-7b1a-7c3d-9e2f-1a2b3c4d5e71"
    question, pause = (str(new_id()) for _ in range(2))
    note = Committed("Invented words that stay beside the bytes.")
    due = {"due_on": "2024-12-17"}
    resumed = ClockResumed(
        number=1, pause=pause, ended="resumed", working_days=3, was_due_on="2024-12-17", due_on="2024-12-20"
    )
    course = [
        QuestionAsked(number=1, question=question, asked=asked, reason=note),
        QuestionAnswered(number=1, question=question, answer=note),
        QuestionAsked(number=1, question=str(new_id()), asked=AUDITOR.id, reason=note),
        ClockPaused(number=1, pause=pause, reason="evidence", note=note, **due),
        resumed,
        ClockPaused(number=1, pause=str(new_id()), reason="counsel", note=note, **due),
        DecisionEscalated(number=1, overriding_answer="yes", reason=note, dispute_acknowledged=False),
    ]
    with transaction.atomic():
        entries = [append(NewEntry(payload=one, actor=AUDITOR, subject=about))[0] for one in course]
    seal_upto(entries[-1].pk)
    path = exported(tmp_path / "all.zip", formats=("csv", "parquet"))
    must_hold(path)
    (row,) = table(path, "decisions.csv")
    assert (row["questions_asked"], row["questions_answered"]) == ("2", "1")
    assert row["questions_asked_of"] == f"{asked}; {AUDITOR.id}"
    assert (row["pauses"], row["pause_reasons"]) == ("2", "evidence; counsel")
    assert (row["paused_working_days"], row["paused_now"]) == ("3", "true")
    assert (row["escalated"], row["escalated_by_id"]) == ("true", AUDITOR.id)
    assert row["escalated_at"] == entries[-1].at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def test_other_tables_say_the_same(decision: Decision, tmp_path: Path) -> None:
    import pyarrow.parquet

    path = exported(tmp_path / "all.zip", formats=("csv", "parquet", "xlsx"))
    (row,) = table(path, "decisions.csv")
    parquet = pyarrow.parquet.read_table(io.BytesIO(files_of(path)["decisions.parquet"])).to_pylist()
    assert parquet[0]["decision_id"] == row["decision_id"]
    assert parquet[0]["signings"] == int(row["signings"])
    assert parquet[0]["signed_at"].isoformat().startswith(row["signed_at"][:19])
    with zipfile.ZipFile(io.BytesIO(files_of(path)["decisions.xlsx"])) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    cells = ["".join(cell.itertext()) for cell in list(sheet[0])[1]]
    assert cells == list(row.values())
    listed = {line["column"] for line in table(path, "dictionary.csv")}
    assert listed == set(row)


def test_a_masked_case_tells_no_word(decision: Decision, tmp_path: Path) -> None:
    Case.objects.filter(pk=decision.case_id).update(restricted=True, version=F("version") + 1)
    path = exported(tmp_path / "masked.zip")
    must_hold(path)
    (row,) = table(path, "decisions.csv")
    assert {name for name, value in row.items() if value} == {"index", "entry_id", "leaf_hash", "masked"}
    of_case = {str(id) for id in Entry.objects.filter(case_id=decision.case_id).values_list("id", flat=True)}
    disclosed = [json.loads(line)["entry"] for line in files_of(path)["disclosures.ndjson"].splitlines()]
    assert of_case
    assert not of_case & set(disclosed)
    # Every entry is there all the same, as the bytes with their commitments.
    assert len(files_of(path)["entries.ndjson"].splitlines()) == Entry.objects.count()
    unmasked = exported(tmp_path / "unmasked.zip", values=ALL)
    assert of_case & {
        json.loads(line)["entry"] for line in files_of(unmasked)["disclosures.ndjson"].splitlines()
    }
    # Being chosen by what is committed would tell it.
    factor = next(name for name, value in table(unmasked, "decisions.csv")[0].items() if value == "present")
    scope = from_data({"factor": factor.removesuffix("_presence")})
    assert table(exported(tmp_path / "chosen.zip", scope), "decisions.csv") == []


def test_a_search_names_nobody_of_a_masked_case(tmp_path: Path) -> None:
    signed = situations.signed(situations.ready())
    case = Case.objects.get(pk=signed.case_id)
    Case.objects.filter(pk=case.pk).update(restricted=True, version=F("version") + 1)
    # The ids that a search showed stand in its bytes, so its words would name the person whom the mask hides.
    note_person_search(actor=signed.created_by.actor(), query="Wrenfold", shown=[case.pk], reason="")
    seal()
    path = exported(tmp_path / "masked.zip")
    must_hold(path)
    assert str(case.pk).encode() in files_of(path)["entries.ndjson"]
    assert b"Wrenfold" not in files_of(path)["disclosures.ndjson"]
    assert b"Wrenfold" in files_of(exported(tmp_path / "unmasked.zip", values=ALL))["disclosures.ndjson"]


def test_without_values_nothing_is_disclosed(decision: Decision, tmp_path: Path) -> None:
    path = exported(tmp_path / "bare.zip", values=NONE)
    must_hold(path)
    assert files_of(path)["disclosures.ndjson"] == b""
    assert table(path, "decisions.csv")[0]["dispute"] == ""


def test_the_same_range_gives_the_same_bytes_later(decision: Decision, tmp_path: Path) -> None:
    scope = Scope(event="assessment.decision.signed")
    first = files_of(exported(tmp_path / "first.zip", scope, formats=("csv", "parquet", "xlsx")))
    second = files_of(exported(tmp_path / "second.zip", scope, formats=("csv", "parquet", "xlsx")))
    differ = {name for name in first if first[name] != second[name]}
    # These two name the file.
    assert differ <= {"README.txt", "manifest.json"}


def test_what_the_filter_leaves_out_is_a_hash(decision: Decision, tmp_path: Path) -> None:
    path = exported(tmp_path / "signed.zip", Scope(event="assessment.decision.signed"))
    must_hold(path)
    assert len(files_of(path)["entries.ndjson"].splitlines()) == 1
    rows = table(path, "index.csv")
    assert len(rows) == Entry.objects.count()
    assert [row["included"] for row in rows].count("1") == 1


@pytest.mark.parametrize(
    ("name", "fits", "fits_not"),
    [
        ("decision_type", None, "parole"),
        ("edition", "2021-09-30", "2017-02-20"),
        ("outcome", None, None),
        ("officer", None, "018f2c3e-7b1a-7c3d-9e2f-1a2b3c4d5e70"),
        ("reviewer", None, "018f2c3e-7b1a-7c3d-9e2f-1a2b3c4d5e70"),
    ],
)
def test_decisions_are_chosen(
    name: str, fits: str | None, fits_not: str | None, decision: Decision, tmp_path: Path
) -> None:
    outcome = decision.versions.get().outcome
    values = {"decision_type": decision.type, "outcome": outcome, "officer": str(decision.signed_by_id)}
    other = {"outcome": "act" if outcome == "decline" else "decline"}
    fits, fits_not = fits or values.get(name), fits_not or other[name]
    if fits:
        path = exported(tmp_path / "fits.zip", from_data({name: fits}))
        must_hold(path)
        assert len(table(path, "decisions.csv")) == 1
        assert 0 < len(files_of(path)["entries.ndjson"].splitlines()) < Entry.objects.count()
    path = exported(tmp_path / "not.zip", from_data({name: fits_not}))
    must_hold(path)
    assert files_of(path)["entries.ndjson"] == b""


def test_a_sample_is_drawn_again_by_its_seed(tmp_path: Path) -> None:
    for _ in range(6):
        situations.signed(situations.ready())
    seal()

    def drawn(seed: str, name: str, by: str = "", size: int = 3) -> set[str]:
        path = exported(tmp_path / name, Scope(sample=Sample(size=size, seed=seed, by=by)))
        must_hold(path)
        manifest = json.loads(files_of(path)["manifest.json"])
        assert manifest["sample"]["seed"] == seed
        return {row["decision_id"] for row in table(path, "decisions.csv")}

    first = drawn("autumn", "a.zip")
    assert len(first) == 3
    assert drawn("autumn", "b.zip") == first
    assert any(drawn(f"seed {number}", f"{number}.zip") != first for number in range(4))
    # Two of each outcome, where there are two.
    outcomes = {version.outcome for one in Decision.objects.all() for version in one.versions.all()}
    assert len(drawn("autumn", "c.zip", by="outcome", size=2)) == 2 * len(outcomes)


def test_days_cover_the_smallest_run(decision: Decision, tmp_path: Path) -> None:
    today = Entry.objects.order_by("id").last().at.date()  # type: ignore[union-attr]
    path = exported(tmp_path / "later.zip", from_data({"from": "2099-01-01"}))
    must_hold(path)
    assert table(path, "index.csv") == []
    path = exported(tmp_path / "today.zip", from_data({"from": str(today)}))
    must_hold(path)
    assert len(table(path, "index.csv")) == Entry.objects.count()


def test_a_kept_checkpoint_is_tied_to_the_bundle(decision: Decision, tmp_path: Path) -> None:
    kept = checkpoint()
    assert kept
    path = exported(tmp_path / "since.zip", Scope(since=None, event="x.y.z"), since_size=kept.size)
    assert "consistency.json" in names(path)
    assert all(line.holds for line in verify.verify(str(path), previous=kept.note))


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"from": "yesterday"}, "from"),
        ({"from": "2024-02-01", "to": "2024-02-01"}, "to"),
        ({"colour": "red"}, "colour"),
        ({"event": "no.such.event"}, "event"),
        ({"sample": "some", "seed": "x"}, "sample"),
        ({"sample": "5"}, "seed"),
        ({"seed": "x"}, "sample"),
        ({"sample": "5", "seed": "x", "sample_by": "mood"}, "sample_by"),
        ({"case": "12"}, "case"),
    ],
)
def test_a_filter_that_cannot_be_used_names_its_field(data: dict[str, str], field: str) -> None:
    with pytest.raises(ScopeRefused) as refused:
        from_data(data)
    assert refused.value.field == field
