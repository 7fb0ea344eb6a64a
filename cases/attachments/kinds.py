"""What a file is, told by its bytes and never by what its name or the browser says.

Few kinds are taken. A file that could be read as two things at once is refused, and so is one that is cut off.
An archive is never unpacked: of a Word document only the list of its parts is read, so that a small file that
would become a huge one costs nothing.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import puremagic

from cases.errors import Refused

MOST_BYTES = 20 * 1024 * 1024
LONGEST_NAME = 150
HEAD = 4096
ALLOWED = "PDF, PNG, JPEG, TIFF, plain text and Word documents (docx)"

MARKUP = re.compile(rb"<(?:!doctype|html|script|svg|\?xml|body|iframe)\b|<\?xml|<\?php", re.IGNORECASE)
CONTROLS = frozenset(chr(code) for code in range(32)) - set("\t\n\r\f")
ZIP_END = b"PK\x05\x06"
# The end record of an archive lies in the last 64 KiB.
ZIP_REACH = 66_000
MACROS = ("vbaproject.bin", "activex")


@dataclass(frozen=True, slots=True)
class Kind:
    """`extensions` are the endings that fit; the first is given to a name without one."""

    label: str
    media_type: str
    extensions: tuple[str, ...]
    whole: Callable[[bytes], bool]


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS: dict[str, Kind] = {
    kind.media_type: kind
    for kind in (
        Kind("PDF", "application/pdf", (".pdf",), lambda data: b"%%EOF" in data[-2048:]),
        Kind("PNG", "image/png", (".png",), lambda data: b"IEND\xaeB`\x82" in data[-64:]),
        Kind("JPEG", "image/jpeg", (".jpg", ".jpeg"), lambda data: b"\xff\xd9" in data[-65_536:]),
        Kind("TIFF", "image/tiff", (".tif", ".tiff"), lambda data: len(data) > 8),
        Kind("Word document", DOCX, (".docx",), lambda data: ZIP_END in data[-ZIP_REACH:]),
        Kind("plain text", "text/plain", (".txt", ".text", ".log", ".csv"), lambda _: True),
    )
}


def kind_of(name: str, data: bytes) -> Kind:
    """The kind of these bytes. Raises `Refused` (field `attached`) with the reason and what to do."""
    shown = f"'{name}'"
    if not data:
        raise _refused(
            f"{shown} is empty (0 bytes), so it was not kept. Choose the file again from its source."
        )
    if len(data) > MOST_BYTES:
        raise _refused(
            f"{shown} is larger than {MOST_BYTES // 1024 // 1024} MB, so it was not kept. Scan it in fewer "
            "dots, or split it."
        )
    kind = _sniffed(name, data)
    if kind.media_type != "text/plain" and _second_meaning(kind, data):
        raise _refused(
            f"{shown} is {kind.label} and something else at the same time, so it was not kept. Print it to a "
            "new PDF, and attach that."
        )
    if not kind.whole(data):
        raise _refused(f"{shown} begins as {kind.label} and is cut off. Copy it again from its source.")
    ending = _ending(name)
    if ending and ending not in kind.extensions:
        raise _refused(
            f"The name {shown} ends in '{ending}', but the content is {kind.label}. Give the file its right "
            "name, or choose the right file."
        )
    return kind


def clean_name(name: str, kind: Kind) -> str:
    """The name for people: no path, no control or direction mark, no more than 150 characters, a fitting end."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(one for one in last if unicodedata.category(one)[0] not in "CZ" or one == " ")
    plain = re.sub(r'[<>:"|?*;%]', "_", " ".join(plain.split())).strip().rstrip(". ")
    ending = _ending(plain)
    stem = (plain[: -len(ending)] if ending else plain).strip(". ") or "file"
    ending = ending or kind.extensions[0]
    return stem[: LONGEST_NAME - len(ending)] + ending


def _sniffed(name: str, data: bytes) -> Kind:
    if data.startswith(b"PK\x03\x04"):
        _check_docx(name, data)
        return KINDS[DOCX]
    if found := _library(data[:HEAD]) & KINDS.keys():
        return KINDS[min(found)]
    if _is_text(data):
        return KINDS["text/plain"]
    raise _refused(
        f"'{name}' is none of the kinds that are kept: {ALLOWED}. Print it to a PDF, and attach that."
    )


def _library(head: bytes) -> set[str]:
    """Every type that the library's table of signatures gives for these bytes."""
    try:
        return {match.mime_type for match in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):
        return set()


def _check_docx(name: str, data: bytes) -> None:
    """Reads the list of the archive's parts; opens none of them."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = [one.filename.lower() for one in archive.infolist()]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError):
        raise _refused(f"'{name}' is a damaged archive. Copy it again from its source.") from None
    if "[content_types].xml" not in parts or "word/document.xml" not in parts:
        raise _refused(
            f"'{name}' is an archive and no Word document, so it was not opened or kept. Attach the files in "
            f"it one by one: {ALLOWED}."
        )
    if any(word in part for part in parts for word in MACROS):
        raise _refused(f"'{name}' holds macros, so it was not kept. Save it as PDF, and attach that.")


def _is_text(data: bytes) -> bool:
    if MARKUP.search(data[:HEAD]) or data.lstrip()[:2] == b"#!" or data.startswith((b"%!", b"{\\rtf", b"MZ")):
        return False
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not CONTROLS.intersection(text)


def _second_meaning(kind: Kind, data: bytes) -> bool:
    """Bytes that a reader of another kind would take as its own."""
    if kind.media_type == DOCX:
        # What precedes the first part or follows the end record belongs to no Word document.
        end = data.rfind(ZIP_END)
        return len(data) - end - 22 != int.from_bytes(data[end + 20 : end + 22], "little")
    head = data[:HEAD]
    if ZIP_END in data[-ZIP_REACH:] and zipfile.is_zipfile(BytesIO(data)):
        return True
    if kind.media_type != "application/pdf" and b"%PDF-" in head:
        return True
    return kind.media_type.startswith("image/") and bool(MARKUP.search(head))


def _ending(name: str) -> str:
    match = re.search(r"\.[A-Za-z0-9]{1,8}$", name.strip())
    return match[0].lower() if match else ""


def _refused(text: str) -> Refused:
    return Refused(text, field="attached")
