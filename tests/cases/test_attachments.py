"""Files of evidence: read from their bytes, kept whole or not at all, given out by a logged view alone."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from cases import services
from cases.attachments import store
from cases.attachments.kinds import MOST_BYTES, clean_name, kind_of
from cases.errors import Refused
from cases.models import Attachment, Case, Evidence
from ledger.ids import new_id
from ledger.models import Entry

SignIn = Callable[[User], Client]
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\x00" * 40 + b"\xff\xd9"
TIFF = b"II*\x00\x08\x00\x00\x00" + b"\x00" * 20
TEXT = "Judgment of 2014-03-01: § 459, fined.\n".encode()


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = chunk(b"IHDR", bytes((0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0)))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def archive(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return buffer.getvalue()


DOCX = archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"})
GOOD = {"a.pdf": PDF, "b.png": png(), "c.jpeg": JPEG, "d.tif": TIFF, "e.docx": DOCX, "f.txt": TEXT}


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.ATTACHMENTS_DIR = tmp_path / "kept"
    return tmp_path / "kept"


@pytest.fixture
def client(signed_in: SignIn, officer: User) -> Client:
    return signed_in(officer)


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def typed(**more: Any) -> dict[str, Any]:
    return {
        "kind": "court_record",
        "source": "Millbrook court",
        "source_relation": "court",
        "caption": "Typed caption",
        "picture": "none",
        "obtained_on": "2024-01-01",
        **more,
    }


def upload(client: Client, case: Case, *files: tuple[str, bytes]) -> Any:
    chosen = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post(f"/cases/{case.id}/evidence/new/", typed(attached=chosen))


@pytest.mark.parametrize("name", GOOD)
def test_each_kind_is_kept_and_given_back_byte_for_byte(
    client: Client, case: Case, folder: Path, name: str, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert upload(client, case, (name, GOOD[name])).status_code == 302
    row = Attachment.objects.get()
    assert files_in(folder) == [str(row.id)]
    assert not list((folder / "incoming").iterdir())
    answer = client.get(f"/cases/{case.id}/files/{row.id}/")
    assert answer.content == GOOD[name]
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Content-Type"].startswith(row.media_type)
    assert "no-store" in answer["Cache-Control"]


def test_the_log_holds_the_digest_and_neither_name_nor_caption(client: Client, case: Case) -> None:
    upload(client, case, ("Secret name.pdf", PDF))
    entry = Entry.objects.get(event="cases.attachment.recorded")
    written = bytes(entry.bytes)
    assert hashlib.sha256(PDF).hexdigest().encode() in written
    assert b"Secret" not in written
    assert b"Typed caption" not in written


def test_taking_a_file_is_one_reading(client: Client, case: Case) -> None:
    upload(client, case, ("a.pdf", PDF))
    before = Entry.objects.count()
    client.get(f"/cases/{case.id}/files/{Attachment.objects.get().id}/")
    assert Entry.objects.count() == before + 1
    entry = Entry.objects.order_by("-id")[0]
    assert (entry.event, entry.kind, entry.case_id) == ("cases.attachment.opened", "access", case.id)


def test_several_files_at_once_and_more_later(client: Client, case: Case) -> None:
    upload(client, case, ("a.pdf", PDF), ("b.png", png()))
    row = Evidence.objects.get()
    answer = client.post(
        f"/cases/{case.id}/evidence/{row.id}/",
        typed(attached=[SimpleUploadedFile("c.txt", TEXT)], version="1"),
    )
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.version, row.attachments.count()) == (1, 3)
    html = client.get(f"/cases/{case.id}/").content.decode()
    assert all(name in html for name in ("a.pdf", "b.png", "c.txt"))


BOMB = archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"\0" * 30_000_000})
BAD = {
    "empty": ("a.pdf", b"", "empty"),
    "wrong type": ("a.pdf", png(), "content is PNG"),
    "program": ("a.exe", b"MZ\x90\0\x03" + b"\0" * 60, "none of the kinds"),
    "program as pdf": ("a.pdf", b"MZ\x90\0\x03" + b"\0" * 60, "none of the kinds"),
    "web page": ("a.txt", b"<!DOCTYPE html><script>alert(1)</script>", "none of the kinds"),
    "drawing with script": ("a.svg", b"<svg onload='x'/>", "none of the kinds"),
    "text in an unknown code": ("a.txt", b"caf\xe9", "none of the kinds"),
    "archive": ("a.zip", archive({"a.txt": b"x"}), "archive and no Word document"),
    "archive as docx": ("a.docx", archive({"a.txt": b"x"}), "archive and no Word document"),
    "macros": (
        "a.docx",
        archive({"[Content_Types].xml": b"", "word/document.xml": b"", "word/vbaProject.bin": b""}),
        "macros",
    ),
    "damaged archive": ("a.docx", b"PK\x03\x04" + b"\0" * 90, "damaged"),
    "cut off": ("a.pdf", PDF[:-8], "cut off"),
    "cut-off picture": ("a.png", png()[:-12], "cut off"),
    "pdf and archive": ("a.pdf", PDF + archive({"a.txt": b"x"}), "something else at the same time"),
    "picture and archive": ("a.png", png() + archive({"a": b"x"}), "at the same time"),
    "picture and page": (
        "a.jpg",
        JPEG[:20] + b"<script>alert(1)</script>" + JPEG[20:],
        "at the same time",
    ),
    "picture and pdf": ("a.jpg", JPEG[:20] + PDF + JPEG[20:], "at the same time"),
    "docx with a tail": ("a.docx", DOCX + b"tail", "at the same time"),
    "two endings": ("a.pdf.exe", PDF, "ends in '.exe'"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_not_kept_is_said_and_the_form_comes_back(
    client: Client, case: Case, folder: Path, name: str
) -> None:
    file, data, says = BAD[name]
    before = Entry.objects.count()
    answer = upload(client, case, ("good.pdf", PDF), (file, data))
    html = answer.content.decode().replace("&#x27;", "'")
    assert answer.status_code == 422
    assert says in html
    assert "Typed caption" in html
    assert "choose them again" in html
    assert not Evidence.objects.exists()
    assert not Attachment.objects.exists()
    assert files_in(folder) == []
    assert Entry.objects.count() == before


def test_a_file_that_is_too_large(client: Client, case: Case, folder: Path) -> None:
    answer = upload(client, case, ("a.pdf", PDF + b" " * MOST_BYTES))
    assert answer.status_code == 422
    assert b"larger than 20 MB" in answer.content
    assert files_in(folder) == []


def test_an_archive_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    def unpack(*args: Any, **kwargs: Any) -> Any:
        raise AssertionError("An archive must not be opened.")

    monkeypatch.setattr(zipfile.ZipFile, "open", unpack)
    assert len(BOMB) < 100_000
    assert kind_of("a.docx", BOMB).label == "Word document"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\x\\scan.PDF", "scan.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ('x"; filename="y.pdf', "y.pdf"),
        ("\u202efdp.exe.pdf", "fdp.exe.pdf"),
        (".pdf", "file.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        ("é" * 300 + ".pdf", "é" * 146 + ".pdf"),
        ("CON.pdf\x00.pdf", "CON.pdf.pdf"),
    ],
)
def test_hostile_names(name: str, kept: str) -> None:
    cleaned = clean_name(name, kind_of("a.pdf", PDF))
    assert len(cleaned) <= 150
    assert not set(cleaned) & set('/\\\r\n\x00"')
    if '"' not in name:
        assert cleaned == kept


def test_a_hostile_name_never_names_a_file_on_disk(client: Client, case: Case, folder: Path) -> None:
    upload(client, case, ("..\\..\\evil.pdf", PDF))
    row = Attachment.objects.get()
    assert files_in(folder) == [str(row.id)]
    assert row.file_name == "evil.pdf"


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_a_full_disk_leaves_nothing(
    client: Client, case: Case, folder: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def full(*args: Any) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, call, full)
    before = Entry.objects.count()
    answer = upload(client, case, ("a.pdf", PDF))
    monkeypatch.undo()
    assert answer.status_code == 422
    assert b"the disk for files is full" in answer.content
    assert b"Typed caption" in answer.content
    assert files_in(folder) == []
    assert not Evidence.objects.exists()
    assert Entry.objects.count() == before


def test_an_entry_that_cannot_be_written_leaves_no_file(
    officer: User, client: Client, case: Case, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ledger import document

    client.raise_request_exception = False
    monkeypatch.setattr(document, "FORMAT_VERSION", 99)
    assert upload(client, case, ("a.pdf", PDF)).status_code == 500
    monkeypatch.undo()
    assert files_in(folder) == []


def test_what_a_crash_left_is_settled_or_removed(client: Client, case: Case, folder: Path) -> None:
    upload(client, case, ("a.pdf", PDF))
    row, lost, young = Attachment.objects.get(), new_id(), new_id()
    for id in (lost, young):
        store.write(id, b"orphan")
    old = time.time() - 7200
    for id in (row.id, lost):
        os.utime(folder / "incoming" / str(id), (old, old))
    upload(client, case, ("b.txt", TEXT))
    names = files_in(folder / "incoming")
    assert str(lost) not in names
    assert str(row.id) not in names
    assert str(young) in names
    assert client.get(f"/cases/{case.id}/files/{row.id}/").content == PDF


@pytest.mark.parametrize("how", ["altered", "gone", "link"])
def test_bytes_that_are_not_the_recorded_ones_are_not_given_out(
    client: Client, case: Case, folder: Path, how: str
) -> None:
    upload(client, case, ("a.pdf", PDF))
    row = Attachment.objects.get()
    [path] = folder.rglob(str(row.id))
    path.unlink()
    if how == "altered":
        path.write_bytes(PDF.replace(b"1 0 obj", b"2 0 obj"))
    elif how == "link":
        (folder / "other").write_bytes(PDF)
        path.symlink_to(folder / "other")
    answer = client.get(f"/cases/{case.id}/files/{row.id}/")
    assert answer.status_code == 500
    assert row.sha256.encode() in answer.content
    assert b"%PDF" not in answer.content


def test_who_reaches_a_file(
    client: Client,
    signed_in: SignIn,
    officer: User,
    other_officer: User,
    make_user: Callable[..., User],
    case: Case,
    make_case: Callable[..., Case],
) -> None:
    upload(client, case, ("a.pdf", PDF))
    address = f"files/{Attachment.objects.get().id}/"
    elsewhere = signed_in(other_officer)
    assert elsewhere.get(f"/cases/{case.id}/{address}").status_code == 200
    assert signed_in(make_user("auditor", case.office)).get(f"/cases/{case.id}/{address}").status_code == 403
    assert client.get(f"/cases/{make_case(officer).id}/{address}").status_code == 404
    services.set_flag(
        actor=officer.actor(), user=officer, case=case, kind="section_1367", reason="Told by counsel"
    )
    hidden = elsewhere.get(f"/cases/{case.id}/{address}")
    assert hidden.status_code == 404
    assert b"a.pdf" not in hidden.content
    assert client.get(f"/cases/{case.id}/{address}").status_code == 200


def test_the_same_file_is_kept_once(officer: User, client: Client, case: Case) -> None:
    upload(client, case, ("a.pdf", PDF))
    with pytest.raises(Refused, match="attached to this evidence already"):
        services.attach_files(
            actor=officer.actor(),
            user=officer,
            evidence=Evidence.objects.get(),
            uploads=[services.Upload("again.pdf", PDF)],
        )
