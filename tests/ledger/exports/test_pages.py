"""The auditor's pages of exports and checks, as a browser without script uses them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ledger.exports import jobs, running, storage
from ledger.exports.models import Export, ExportState, SavedScope
from ledger.models import Entry
from ledger.proofs import checkpoint, inclusion
from tests.ledger.bundles import Made
from tests.ledger.exports.support import must_hold, seal_upto
from tests.ledger.samples import change, written

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = {"purpose": "Yearly audit of the office", "values": "open", "formats": ["csv"]}


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.EXPORTS_DIR = tmp_path / "exports"
    monkeypatch.setattr("ledger.exports.jobs._nudge", lambda: None)


def text_of(answer: Any) -> str:
    data: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return data.decode()


@pytest.fixture
def done(auditor: Client) -> Export:
    """An export that an auditor asked for and a worker made."""
    written(change(), change())
    answer = auditor.post("/exports/new/", ASKED)
    assert answer.status_code == 302, text_of(answer)
    seal_upto(Export.objects.get().entry_id)
    export = jobs.claim()
    assert export
    running.run(export)
    export.refresh_from_db()
    assert export.state == ExportState.DONE, export.trouble
    return export


def test_a_filter_is_said_and_counted_before_it_is_asked_for(auditor: Client) -> None:
    written(change(), change())
    page = text_of(auditor.post("/exports/new/", {"preview": "1", "event": "ledger.sample.changed"}))
    assert "of the event “Changed a sample” (ledger.sample.changed)" in page
    assert "2 entries as of now." in page
    assert not Export.objects.exists()


def test_what_cannot_be_read_is_said_and_kept(auditor: Client) -> None:
    answer = auditor.post("/exports/new/", {**ASKED, "purpose": "", "from": "yesterday", "seed": "autumn"})
    page = text_of(answer)
    assert answer.status_code == 422
    assert 'value="yesterday"' in page
    assert 'value="autumn"' in page
    assert "Say what the export is for" in page
    assert "write it as YYYY-MM-DD" in page
    assert not Export.objects.exists()


def test_an_export_is_listed_with_who_why_and_what(auditor: Client, done: Export) -> None:
    page = text_of(auditor.get("/exports/"))
    for words in ("Robin Auditor", ASKED["purpose"], "All entries.", "Done"):
        assert str(words) in page
    page = text_of(auditor.get(f"/exports/{done.pk}/"))
    assert done.sha256 in page
    assert "Download decision-log-start-" in page


def test_a_download_can_go_on(auditor: Client, done: Export) -> None:
    address = f"/exports/{done.pk}/file/"
    whole = auditor.get(address)
    data = b"".join(whole.streaming_content)  # type: ignore[attr-defined]
    assert whole.status_code == 200
    assert data == storage.path_of(done).read_bytes()
    rest = auditor.get(address, headers={"Range": "bytes=100-", "If-Range": whole["ETag"]})
    assert (rest.status_code, rest["Content-Range"]) == (206, f"bytes 100-{len(data) - 1}/{len(data)}")
    assert b"".join(rest.streaming_content) == data[100:]  # type: ignore[attr-defined]
    some = auditor.get(address, headers={"Range": "bytes=3-6"})
    assert b"".join(some.streaming_content) == data[3:7]  # type: ignore[attr-defined]
    last = auditor.get(address, headers={"Range": "bytes=-5"})
    assert b"".join(last.streaming_content) == data[-5:]  # type: ignore[attr-defined]
    # Another file since: from its beginning.
    changed = auditor.get(address, headers={"Range": "bytes=3-6", "If-Range": '"other"'})
    assert changed.status_code == 200
    changed.close()
    assert auditor.get(address, headers={"Range": f"bytes={len(data)}-"}).status_code == 416
    downloads = Entry.objects.filter(event="ledger.export.downloaded").order_by("id")
    begins = [json.loads(bytes(one.bytes))["data"]["begin"] for one in downloads]
    assert begins == [0, 100, 3, len(data) - 5, 0]


def test_cancelling_and_asking_again(auditor: Client) -> None:
    auditor.post("/exports/new/", ASKED)
    export = Export.objects.get()
    assert "Cancel this export" in text_of(auditor.get(f"/exports/{export.pk}/"))
    auditor.post(f"/exports/{export.pk}/cancel/")
    page = text_of(auditor.get(f"/exports/{export.pk}/"))
    assert "Cancelled by Robin Auditor." in page
    auditor.post(f"/exports/{export.pk}/repeat/")
    assert Export.objects.filter(state=ExportState.WAITING).count() == 1


def test_protected_values_are_for_privacy_alone(auditor: Client, signed_in: Callable[[str], Client]) -> None:
    assert auditor.post("/exports/new/", {**ASKED, "values": "all"}).status_code == 422
    privacy = signed_in("privacy")
    assert privacy.post("/exports/new/", {**ASKED, "values": "all"}).status_code == 302
    export = Export.objects.get()
    export.state, export.file_name = ExportState.DONE, "x.zip"
    export.save()
    storage.path_of(export).write_bytes(b"PK")
    assert auditor.get(f"/exports/{export.pk}/file/").status_code == 404
    assert "your role may not download it" in text_of(auditor.get(f"/exports/{export.pk}/"))
    taken = privacy.get(f"/exports/{export.pk}/file/")
    assert taken.status_code == 200
    taken.close()


def test_a_filter_is_kept_and_removed(auditor: Client, signed_in: Callable[[str], Client]) -> None:
    auditor.post("/exports/new/", {**ASKED, "event": "ledger.sample.changed", "save_as": "My samples"})
    saved = SavedScope.objects.get()
    assert "?event=ledger.sample.changed" in text_of(auditor.get("/exports/new/"))
    signed_in("privacy").post(f"/exports/filters/{saved.pk}/remove/")
    assert SavedScope.objects.exists(), "another's"
    auditor.post(f"/exports/filters/{saved.pk}/remove/")
    assert not SavedScope.objects.exists()


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_the_page_checks_a_bundle(auditor: Client, done: Export) -> None:
    data = storage.path_of(done).read_bytes()
    must_hold(storage.path_of(done))
    page = text_of(auditor.post("/log/verify/", {"bundle": upload("log.zip", data)}))
    assert "All holds." in page
    assert "fingerprint" in page
    kept = checkpoint()
    assert kept
    page = text_of(auditor.post("/log/verify/", {"bundle": upload("x.zip", data), "previous": kept.note}))
    assert "the log still begins with" in page
    broken = data.replace(b"verify.py", b"verify.xy")
    page = text_of(auditor.post("/log/verify/", {"bundle": upload("log.zip", broken)}))
    assert "It does not hold:" in page


@pytest.mark.parametrize("data", [b"no bundle", b"PK\x05\x06" + bytes(18)])
def test_the_page_says_what_is_no_bundle(auditor: Client, data: bytes) -> None:
    answer = auditor.post("/log/verify/", {"bundle": upload("a.txt", data)})
    page = text_of(answer)
    assert answer.status_code == 422
    assert "Choose the ZIP file of an export, or a receipt." in page
    assert "/tmp" not in page


def test_a_bundle_of_another_log_is_told(auditor: Client, done: Export, tmp_path: Path) -> None:
    import shutil

    other = shutil.make_archive(str(tmp_path / "other"), "zip", Made().write(tmp_path / "bundle"))
    page = text_of(auditor.post("/log/verify/", {"bundle": upload("log.zip", Path(other).read_bytes())}))
    assert "signature does not hold" in page


def receipt_of(entry: Entry) -> dict[str, Any]:
    found = inclusion(entry.pk)
    assert found
    return {
        "format": "decision-receipt/1",
        "entry_id": str(entry.pk),
        "index": found.index,
        "leaf_hash": found.leaf_hash.hex(),
        "tree_size": found.signed.size,
        "proof": [hash.hex() for hash in found.proof],
        "checkpoint": found.signed.note,
    }


def test_anybody_checks_a_receipt(done: Export) -> None:
    entry = Entry.objects.get(event="ledger.export.requested")
    receipt, copy = receipt_of(entry), bytes(entry.bytes)
    visitor, before = Client(), Entry.objects.count()
    page = text_of(visitor.post("/receipt/", {"receipt_text": json.dumps(receipt)}))
    assert "All holds." in page
    sent = {"receipt_file": upload("r.json", json.dumps(receipt).encode()), "copy_file": upload("c", copy)}
    page = text_of(visitor.post("/receipt/", sent))
    assert "unchanged to the byte" in page
    assert "All holds." in page
    changed = {
        "receipt_text": json.dumps(receipt),
        "copy_file": upload("c", copy.replace(b"audit", b"edit!")),
    }
    assert "It does not hold:" in text_of(visitor.post("/receipt/", changed))
    moved = {"receipt_text": json.dumps({**receipt, "index": receipt["index"] - 1})}
    assert "root does not fit" in text_of(visitor.post("/receipt/", moved))
    assert Entry.objects.count() == before


@pytest.mark.parametrize("text", ["", "{}", "[" * 5000, '{"format": "decision-receipt/1"}'])
def test_what_is_no_receipt_is_said(text: str) -> None:
    answer = Client().post("/receipt/", {"receipt_text": text})
    page = text_of(answer)
    assert answer.status_code in (200, 422)
    assert "Choose the receipt" in page or "This is no receipt" in page or "cannot be read" in page


def test_more_than_a_form_takes_is_refused_before_it_is_read(auditor: Client, settings: Any) -> None:
    settings.LARGEST_FORM = 1000
    answer = Client().post("/receipt/", {"receipt_file": upload("r.json", b"x" * 2000)})
    assert answer.status_code == 400
    settings.LARGEST_UPLOAD = 1000
    assert auditor.post("/log/verify/", {"bundle": upload("b.zip", b"x" * 2000)}).status_code == 400


def test_an_entry_shows_its_place_and_proof(auditor: Client, done: Export) -> None:
    sealed = Entry.objects.get(event="ledger.export.requested")
    page = text_of(auditor.get(f"/log/{sealed.pk}/"))
    found = inclusion(sealed.pk)
    assert found
    assert found.root_hex in page
    assert all(hash in page for hash in found.proof_hex)
    assert "holds: it leads from the leaf hash" in page
    later = Entry.objects.order_by("-id").first()
    assert later
    assert "This entry has no place yet" in text_of(auditor.get(f"/log/{later.pk}/"))


@pytest.mark.parametrize(
    ("field", "typed"), [("from", "0001-01-01"), ("to", "9999-12-31"), ("from", "1969-12-31")]
)
def test_a_day_that_no_log_has_is_said_and_kept(auditor: Client, field: str, typed: str) -> None:
    answer = auditor.post("/exports/new/", {**ASKED, field: typed})
    assert answer.status_code == 422
    page = text_of(answer)
    assert f'value="{typed}"' in page
    assert "No log has such a day; write one from 1970-01-01" in page
    assert not Export.objects.exists()


def test_the_log_is_filtered_from_the_first_day_of_the_calendar(auditor: Client) -> None:
    written(change())
    page = auditor.get("/log/?from=0001-01-01")
    assert page.status_code == 200
    assert "Changed a sample" in text_of(page)


def test_a_stored_filter_that_cannot_be_used_any_more_breaks_no_page(auditor: Client) -> None:
    """Of an event or a criterion that a later release does not know."""
    auditor.post("/exports/new/", ASKED)
    Export.objects.update(filter={"event": "room.of.yesterday"})
    export = jobs.claim()
    assert export
    for address in ("/exports/", f"/exports/{export.pk}/"):
        page = text_of(auditor.get(address))
        assert "A filter that cannot be used any more" in page
        assert "event = room.of.yesterday" in page
    running.run(export)
    export.refresh_from_db()
    assert export.state == ExportState.FAILED
    assert "no event is called" in text_of(auditor.get(f"/exports/{export.pk}/"))
    answer = auditor.post(f"/exports/{export.pk}/repeat/", follow=True)
    assert "Start a new export with another filter" in text_of(answer)


def test_a_download_asks_for_more_digits_than_a_file_has(auditor: Client, done: Export) -> None:
    answer = auditor.get(f"/exports/{done.pk}/file/", headers={"Range": f"bytes={'9' * 5000}-"})
    assert answer.status_code == 200
    answer.close()


def test_a_file_that_expired_while_it_is_sent_is_sent_whole(auditor: Client, done: Export) -> None:
    data = storage.path_of(done).read_bytes()
    answer = auditor.get(f"/exports/{done.pk}/file/")
    storage.remove(done)
    assert b"".join(answer.streaming_content) == data  # type: ignore[attr-defined]
    answer.close()
    assert auditor.get(f"/exports/{done.pk}/file/").status_code == 404


def test_cancelled_at_the_last_moment_it_leaves_no_file(
    auditor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is whole, and its row is not yet written."""
    auditor.post("/exports/new/", ASKED)
    seal_upto(Export.objects.get().entry_id)
    export = jobs.claim()
    assert export
    digest_of = running.digest_of

    def cancelled(path: Path) -> str:
        auditor.post(f"/exports/{export.pk}/cancel/")
        return digest_of(path)

    monkeypatch.setattr(running, "digest_of", cancelled)
    running.run(export)
    export.refresh_from_db()
    assert export.state == ExportState.CANCELLED
    assert list(storage.folder().iterdir()) == []


def test_what_freezing_means_is_said_before_and_after(auditor: Client, done: Export) -> None:
    months = {"from": "2024-01-01", "to": "2024-03-01"}
    page = text_of(auditor.post("/exports/new/", {"preview": "1", **months, "formats": ["csv"]}))
    assert "Complete months (2024-01 to 2024-02): they are frozen by the first export" in page
    page = text_of(auditor.post("/exports/new/", {"preview": "1", "from": "2024-01-02", "to": "2024-03-01"}))
    assert "Not frozen: only complete months are" in page
    assert "Not frozen: the filter has no last day" in text_of(auditor.get(f"/exports/{done.pk}/"))
    assert "Frozen months</h2>" not in text_of(auditor.get("/exports/"))
    auditor.post("/exports/new/", {**ASKED, **months})
    export = Export.objects.latest("id")
    seal_upto(export.entry_id)
    assert running.run_due() == 1
    export.refresh_from_db()
    assert export.state == ExportState.DONE, export.trouble
    page = text_of(auditor.get(f"/exports/{export.pk}/"))
    assert "Frozen (2024-01 to 2024-02) on " in page
    assert "as revision 1: The months were frozen for the first time" in page
    page = text_of(auditor.get("/exports/"))
    assert "Frozen months</h2>" in page
    assert "2024-01 to 2024-02" in page
