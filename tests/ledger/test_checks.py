"""What an owner of the database does to the log behind its triggers is found by recomputing, and said in
words.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from ledger import selectors
from ledger.checks import Check
from ledger.errors import DisclosureAltered
from ledger.ids import new_id
from ledger.models import Entry
from ledger.selectors import CheckedEntry
from tests.ledger.samples import change, read, written

pytestmark = pytest.mark.django_db(transaction=True)

NUMBER_ALTERED = """convert_to(replace(convert_from(bytes, 'UTF8'), '"number":2', '"number":9'), 'UTF8')"""


@pytest.fixture
def tamper(owner: Any) -> Iterator[Callable[..., None]]:
    """Run a statement as an owner who switched the triggers off first."""

    @contextmanager
    def unguarded() -> Iterator[None]:
        for verb in ("DISABLE", "ENABLE"):
            for table in ("ledger_entry", "ledger_case_link", "ledger_disclosure"):
                owner.execute(f"ALTER TABLE {table} {verb} TRIGGER USER")
            if verb == "DISABLE":
                yield

    def run(statement: str, **values: Any) -> None:
        with unguarded():
            owner.execute(
                statement, {name: str(v) if isinstance(v, uuid.UUID) else v for name, v in values.items()}
            )
            assert owner.rowcount > 0

    owner.execute(
        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'public.ledger_entry'::regclass"
    )
    partitions = [row[0] for row in owner.fetchall()]
    for partition in partitions:
        owner.execute(f"ALTER TABLE {partition} DISABLE TRIGGER ledger_only_grows")
    yield run
    for partition in partitions:
        owner.execute(f"ALTER TABLE {partition} ENABLE TRIGGER ledger_only_grows")


def _checked(entry: Entry) -> CheckedEntry:
    checked = selectors.entry_with_checks(entry.id)
    assert checked is not None
    return checked


def _check(entry: Entry, name: str) -> Check:
    return next(check for check in _checked(entry).checks if check.name == name)


def _five(case: uuid.UUID) -> list[Entry]:
    return written(*(change(case, number=n, note=f"note {n}") for n in range(5)))


def test_an_untouched_log_holds() -> None:
    case = new_id()
    entries = _five(case)
    written(read(case))
    for place, entry in enumerate(entries, start=1):
        checked = _checked(entry)
        assert [(check.name, check.holds) for check in checked.checks] == [
            ("Leaf hash", True),
            ("Columns", True),
            ("Disclosed values", True),
            ("Chain of the case", True),
        ]
        assert checked.case_number == place
        assert "numbers 1 to 5" in checked.checks[3].words
        assert checked.leaf_stored == checked.leaf_recomputed
        assert [(row.name, row.value, row.kept) for row in checked.payload] == [
            ("note", f"note {place - 1}", "beside the bytes, which hold a commitment"),
            ("number", str(place - 1), "in the bytes"),
        ]


def test_an_access_has_nothing_to_check_in_the_chain() -> None:
    (entry,) = written(read(new_id()))
    assert _check(entry, "Chain of the case").holds is None
    assert _check(entry, "Disclosed values").holds is None
    assert _checked(entry).case_number is None


def test_altered_bytes_are_found_from_any_entry_of_the_case(tamper: Any) -> None:
    case = new_id()
    entries = _five(case)
    tamper(
        f"UPDATE ledger_entry SET bytes = {NUMBER_ALTERED} WHERE id = %(id)s",
        id=entries[2].id,
    )
    assert _check(entries[2], "Leaf hash").holds is False
    for entry in entries:
        chain = _check(entry, "Chain of the case")
        assert chain.holds is False
        assert len(chain.findings) == 1
        assert f"Number 3 ({entries[2].id})" in chain.findings[0]
    assert _check(entries[0], "Leaf hash").holds is True


def test_altered_bytes_with_their_hash_made_anew_are_found(tamper: Any) -> None:
    case = new_id()
    entries = _five(case)
    tamper(
        f"UPDATE ledger_entry SET bytes = {NUMBER_ALTERED} WHERE id = %(id)s",
        id=entries[2].id,
    )
    tamper(
        "UPDATE ledger_entry SET leaf_hash = sha256('\\x00'::bytea || bytes) WHERE id = %(id)s",
        id=entries[2].id,
    )
    assert _check(entries[2], "Leaf hash").holds is True
    assert _check(entries[4], "Chain of the case").holds is False


def test_every_break_is_listed(tamper: Any) -> None:
    case = new_id()
    entries = _five(case)
    tamper("DELETE FROM ledger_entry WHERE id = %(id)s", id=entries[1].id)
    tamper("UPDATE ledger_case_link SET case_hash = '\\x00' WHERE entry_id = %(id)s", id=entries[3].id)
    findings = _check(entries[0], "Chain of the case").findings
    assert len(findings) == 3
    assert "entry of number 2" in findings[0]
    assert "missing" in findings[0]
    # A changed running hash does not fit what is before it, nor what comes after.
    assert findings[1].startswith("Number 4 ")
    assert findings[2].startswith("Number 5 ")


def test_a_removed_number_is_found(tamper: Any) -> None:
    case = new_id()
    entries = _five(case)
    tamper("DELETE FROM ledger_case_link WHERE number IN (2, 3)")
    findings = _check(entries[4], "Chain of the case").findings
    assert any("Number 2 to 3 of the case is missing" in finding for finding in findings)
    assert {str(entries[1].id), str(entries[2].id)} <= {
        word for finding in findings for word in finding.split()
    }
    own = _check(entries[1], "Chain of the case")
    assert own.holds is False
    assert _checked(entries[1]).case_number is None


def test_a_change_refiled_as_an_access_is_found(tamper: Any) -> None:
    (entry,) = written(change(new_id()))
    tamper("UPDATE ledger_entry SET kind = 'access' WHERE id = %(id)s", id=entry.id)
    columns = _check(entry, "Columns")
    assert columns.holds is False
    assert "registered as “change”" in columns.findings[0]


def test_columns_that_disagree_with_the_bytes_are_found(tamper: Any) -> None:
    (entry,) = written(change(new_id(), assessment=new_id(), decision=new_id()))
    values = {
        "at": "2001-01-01Z",
        "policy_date": "2001-01-01",
        "event": "other.event.told",
        "actor_id": "x",
        "actor_name": "x",
        "actor_role": "x",
        "actor_office": "x",
        "case_id": str(new_id()),
        "assessment_id": str(new_id()),
        "decision_id": str(new_id()),
    }
    sets = ", ".join(f"{name} = %({name})s" for name in values)
    tamper(f"UPDATE ledger_entry SET {sets} WHERE id = %(id)s", id=entry.id, **values)
    findings = _check(entry, "Columns").findings
    assert {finding.split()[2] for finding in findings} == set(values)


def test_an_altered_disclosure_is_found_and_not_opened(tamper: Any) -> None:
    entries = _five(new_id())
    tamper(
        "UPDATE ledger_disclosure SET value_bytes = '\"forged\"' WHERE entry_id = %(id)s", id=entries[0].id
    )
    disclosures = _check(entries[0], "Disclosed values")
    assert disclosures.holds is False
    assert "/data/note" in disclosures.findings[0]
    with pytest.raises(DisclosureAltered):
        selectors.open_entry_payload(Entry.objects.get(id=entries[0].id))


def test_an_erased_disclosure_breaks_nothing(tamper: Any) -> None:
    entries = _five(new_id())
    tamper("DELETE FROM ledger_disclosure WHERE entry_id = %(id)s", id=entries[0].id)
    checked = _checked(entries[0])
    assert [check.holds for check in checked.checks] == [True, True, None, True]
    assert "1 committed value not disclosed here" in checked.checks[2].words
    assert checked.payload[0].kept.startswith("not all disclosed")
    payload = selectors.open_entry_payload(checked.entry)
    assert isinstance(payload, dict)
    assert set(payload["note"]) == {"c"}  # type: ignore[arg-type]


def test_bytes_that_are_no_entry_any_more_still_show_a_page(tamper: Any) -> None:
    entries = _five(new_id())
    tamper("UPDATE ledger_entry SET bytes = '\\xff00' WHERE id = %(id)s", id=entries[0].id)
    checked = _checked(entries[0])
    assert {check.name: check.holds for check in checked.checks} == {
        "Bytes": False,
        "Leaf hash": False,
        "Columns": False,
        "Disclosed values": False,
        "Chain of the case": False,
    }
    assert checked.bytes_text == "\\xff\x00"
