"""Sealed notes: written by an officer, opened with a purpose, ruled on by a supervisor within the review.

No word of a note is kept anywhere but behind the gate: not in a row, an entry, a session or a count. A note blocks
nothing, neither a decline nor a release: until it is ruled on, a decision page says "claimed, not yet confirmed".
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping

from django.db import transaction

from accounts.models import Role, User
from cases.errors import Refused
from cases.events import SealedNoteRead, SealedNoteRecorded, SealedNoteRuled
from cases.models import (
    Case,
    CaseFlag,
    FlagKind,
    NoteGround,
    NoteState,
    ReadingPurpose,
    ScreenedText,
    SealedNote,
    SealedReading,
)
from cases.protected import gate
from cases.screening.doors import DOORS, Writing, texts_of_case
from cases.screening.words import find, from_plain, keyed, rewritten
from cases.selectors.sealed import notes_of
from cases.services.common import require_own, subject
from ledger.actors import Actor
from ledger.clock import now
from ledger.events import Committed
from ledger.services import NewEntry, append
from policy.guard.restricted import restricted, without

TO_BE_WRITTEN = (NoteGround.RELIEF, NoteGround.BIAS, NoteGround.BENEFIT)
ASYLUM = frozenset({"asylum", "fear"})


def seal_note(*, actor: Actor, user: User, case: Case, ground: str, text: str, statute: str) -> SealedNote:
    """Write a sealed note on one of the three grounds, with the statute that makes it relevant. Raises `Refused`."""
    _require_officer(user, case)
    if ground not in TO_BE_WRITTEN:
        raise Refused("Choose what the note is for.", field="ground")
    if not statute.strip():
        raise Refused("Name the statute under which this matters to status or a benefit.", field="statute")
    with transaction.atomic():
        return _seal(actor, user, case, NoteGround(ground), text, statute)


def move_words(
    *, actor: Actor, user: User, case: Case, screened: uuid.UUID, key: str, ground: str, statute: str
) -> SealedNote:
    """Move found words with their sentence into a sealed note, and take them out of the text. Raises `Refused`."""
    _require_officer(user, case)
    with transaction.atomic():
        row = ScreenedText.objects.filter(pk=screened, case=case).first()
        word = next((one for one in from_plain(row.findings) if one.key == key), None) if row else None
        if row is None or word is None or row.row_kind not in DOORS:
            raise Refused("These words are not in a text that can be changed here any more. Look again.")
        sentence = f"{word.before}{word.text}{word.after}"
        note = seal_note(actor=actor, user=user, case=case, ground=ground, text=sentence, statute=statute)

        def change(text: str) -> str:
            return rewritten(text, [one for one in find(text) if one.key == key])

        _write(actor, user, case, row.row_kind, row.row_id, row.field, change)
    return note


def move_filing(
    *, actor: Actor, user: User, case: Case, kind: str, row_id: uuid.UUID, field: str
) -> FlagKind | None:
    """Move every mention of a protected filing in one text into restricted detail; the text keeps only that there is
    one. Returns the flag that would protect the case for it and does not stand yet. Raises `Refused`.
    """
    _require_officer(user, case)
    with transaction.atomic():
        wanted = (kind, row_id, field)
        texts = [one.text for one in texts_of_case(case.pk) if (one.kind, one.row_id, one.field) == wanted]
        found = restricted(texts[0]) if texts else ()
        if not found:
            raise Refused("This text names no filing of restricted kind any more. Look again.")
        _seal(actor, user, case, NoteGround.DETAIL, texts[0][: gate.LONGEST_NOTE], "")
        _write(actor, user, case, kind, row_id, field, lambda text: without(text, restricted(text)))
    flag = FlagKind.ASYLUM_208_6 if {one.kind for one in found} <= ASYLUM else FlagKind.SECTION_1367
    standing = CaseFlag.objects.filter(case=case, kind=flag, cleared_at=None).exists()
    return None if standing else flag


def open_note(*, actor: Actor, user: User, case: Case, note: uuid.UUID, purpose: str) -> gate.Note:
    """What a note says, once, for a purpose of the list. The entry comes first. Raises `Refused`."""
    if user.role not in (Role.OFFICER, Role.SUPERVISOR) or case.office_id != user.office_id:
        raise Refused("Sealed notes are opened by the office of the case. Ask that office.")
    if purpose not in ReadingPurpose.values:
        raise Refused("Choose what you open the note for.", field="purpose")
    with transaction.atomic():
        row = notes_of(case.pk).select_related("case").filter(pk=note).first()
        if row is None:
            raise Refused("There is no such note on this case.")
        payload = SealedNoteRead(note=str(row.pk), purpose=purpose)
        entry = append(NewEntry(payload=payload, actor=actor, subject=subject(row.case)))[0]
        SealedReading.objects.create(note=row, reader=user, purpose=purpose, at=entry.at, entry=entry.pk)
        read = gate.read_note(note=row.pk, entry=entry.pk)
        if read is None:
            raise Refused("The note could not be opened. Tell the administrator.")
    return read


def rule_on_notes(*, actor: Actor, user: User, case: Case, rulings: Mapping[uuid.UUID, bool]) -> None:
    """Confirm (true) or do not confirm notes that wait, within the transaction of a review. Raises `Refused`.

    Nobody rules on a note that they wrote or did not open.
    """
    if not rulings:
        return
    if user.role != Role.SUPERVISOR or case.office_id != user.office_id:
        raise Refused("A supervisor of the office rules on sealed notes.")
    rows = (
        notes_of(case.pk)
        .select_for_update(of=("self",))
        .select_related("case")
        .filter(pk__in=list(rulings), state=NoteState.OPEN, ground__in=TO_BE_WRITTEN)
    )
    for row in rows:
        if row.written_by_id == user.pk:
            raise Refused("Nobody rules on their own note. Another supervisor does.")
        if not SealedReading.objects.filter(note=row, reader=user).exists():
            raise Refused("Open the sealed note before you rule on it, or leave it for later.")
        row.state = NoteState.CONFIRMED if rulings[row.pk] else NoteState.NOT_CONFIRMED
        row.ruled_by, row.ruled_at = user, now()
        row.save(update_fields=["state", "ruled_by", "ruled_at"])
        payload = SealedNoteRuled(note=str(row.pk), confirmed=rulings[row.pk])
        append(NewEntry(payload=payload, actor=actor, subject=subject(row.case)))


def _seal(actor: Actor, user: User, case: Case, ground: NoteGround, text: str, statute: str) -> SealedNote:
    content_hash = keyed("sealed note", text.strip(), statute.strip())
    row = SealedNote(case=case, ground=ground, content_hash=content_hash, written_by=user, written_at=now())
    row.save(force_insert=True)
    try:
        gate.put_note(note=row.pk, case_id=case.pk, text=text, statute=statute)
    except ValueError as error:
        # The gate's text names no word of the note.
        raise Refused(str(error), field="text") from None
    payload = SealedNoteRecorded(note=str(row.pk), ground=Committed(str(ground)), content_hash=content_hash)
    append(NewEntry(payload=payload, actor=actor, subject=subject(case)))
    return row


def _write(
    actor: Actor,
    user: User,
    case: Case,
    kind: str,
    row_id: uuid.UUID,
    field: str,
    change: Callable[[str], str],
) -> None:
    DOORS[kind].write(Writing(actor=actor, user=user, case=case, row_id=row_id, field=field, change=change))


def _require_officer(user: User, case: Case) -> None:
    require_own(user, case)
    if user.role != Role.OFFICER:
        raise Refused("Officers of the office write sealed notes; nothing was kept.")
