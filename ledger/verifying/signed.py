"""What was signed: every checkpoint in the database and in the folder, with its signature; and the sealer's batches."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ledger.findings import Finding, FindingKind
from ledger.models import Batch, Cosignature, LogKey, SignedCheckpoint
from ledger.note_keys import COSIGNATURE, BadSignature, NoteError, PublicKey
from ledger.notes import Checkpoint, Note, open_checkpoint
from ledger.sealing.folder import Folder
from ledger.verifying.rows import Tell


@dataclass(frozen=True, slots=True)
class Claim:
    """A root that a trusted key signed for so many leaves."""

    size: int
    root: bytes
    where: str


@dataclass(slots=True)
class Counted:
    """Checkpoints that were looked at."""

    stored: int = 0
    published: int = 0


def claims(
    keys: Sequence[PublicKey], origin: str, folder: Path | None, tell: Tell, counted: Counted
) -> Iterator[Claim]:
    """All signed roots in order of size; `tell` hears of those that are not signed as they must be."""
    published = _published(keys, origin, folder, tell, counted) if folder else iter(())
    return heapq.merge(_stored(keys, origin, tell, counted), published, key=lambda claim: claim.size)


def _stored(keys: Sequence[PublicKey], origin: str, tell: Tell, counted: Counted) -> Iterator[Claim]:
    after = 0
    while found := list(SignedCheckpoint.objects.filter(size__gt=after).order_by("size")[:1000]):
        for row in found:
            counted.stored += 1
            where = f"checkpoint of {row.size}"
            checkpoint = _opened(row.note, keys, origin, where, tell)
            if checkpoint is None:
                continue
            if (checkpoint.size, checkpoint.root) != (row.size, bytes(row.root)):
                tell(Finding(FindingKind.ALTERED, where, "its columns do not say what was signed"))
            if checkpoint.size == row.size:
                yield Claim(checkpoint.size, checkpoint.root, where)
        after = found[-1].size


def _published(
    keys: Sequence[PublicKey], origin: str, folder: Path, tell: Tell, counted: Counted
) -> Iterator[Claim]:
    for file in Folder(folder).files():
        counted.published += 1
        where = f"published checkpoint {file.parent.name}/{file.name}"
        checkpoint = _opened(file.read_text(encoding="utf-8", errors="replace"), keys, origin, where, tell)
        if checkpoint is not None:
            yield Claim(checkpoint.size, checkpoint.root, where)


def _opened(note: str, keys: Sequence[PublicKey], origin: str, where: str, tell: Tell) -> Checkpoint | None:
    try:
        return open_checkpoint(note, keys, origin)
    except BadSignature as error:
        tell(Finding(FindingKind.BAD_SIGNATURE, where, str(error)))
    except NoteError as error:
        tell(Finding(FindingKind.BAD_SIGNATURE, where, f"it is no checkpoint of this log: {error}"))
    return None


def check_keys(keys: Sequence[PublicKey], tell: Tell) -> None:
    """A key that the database lists beside the trusted ones would be trusted by whoever takes its list for true."""
    trusted = {key.text for key in keys}
    for text in LogKey.objects.order_by("from_size", "vkey").values_list("vkey", flat=True):
        if text not in trusted:
            words = "the database lists it as a key of this log, and it is none of those that are trusted"
            tell(Finding(FindingKind.BAD_SIGNATURE, f"key {text}", words))


def check_cosignatures(keys: Sequence[PublicKey], tell: Tell) -> None:
    """Lines of witnesses whose keys are given; those of others are kept, and nothing is said of them."""
    witnesses = [key for key in keys if key.kind == COSIGNATURE]
    notes = (
        dict(
            SignedCheckpoint.objects.filter(size__in=Cosignature.objects.values("size")).values_list(
                "size", "note"
            )
        )
        if witnesses
        else {}
    )
    for row in Cosignature.objects.order_by("size", "witness") if witnesses else ():
        try:
            text = Note.parse(notes[row.size]).text
            Note.parse(f"{text}\n{row.line}").verified_by(witnesses)
        except KeyError:
            continue
        except NoteError as error:
            where = f"cosignature of {row.witness} on {row.size} leaves"
            tell(Finding(FindingKind.BAD_SIGNATURE, where, str(error)))


def check_batches(tell: Tell) -> int:
    """The sealer's batches follow each other, and each that added leaves has its checkpoint; the number of them."""
    number, end, count = 0, 0, 0
    for batch in batches():
        where = f"seal {batch.number}"
        if batch.number != number + 1 or batch.first != end:
            tell(
                Finding(FindingKind.GAP, where, f"it begins at {batch.first}, the one before ended at {end}")
            )
        number, end, count = batch.number, batch.first + batch.count, count + 1
        if batch.count and not SignedCheckpoint.objects.filter(size=end).exists():
            tell(Finding(FindingKind.MISSING, where, f"the checkpoint of {end} leaves that it made is gone"))
    return count


def batches() -> Iterator[Batch]:
    """All seals in their order."""
    after = 0
    while found := list(Batch.objects.filter(number__gt=after).order_by("number")[:1000]):
        yield from found
        after = found[-1].number
