"""Files attached to evidence: row, entry and bytes come together, or none of them.

The caller gives what was uploaded; what it is, is read from the bytes. Taking a file out again is reading, and
leaves its entry before a byte is sent.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.db import transaction

from accounts.models import User
from cases.attachments import store
from cases.attachments.kinds import Kind, clean_name, kind_of
from cases.errors import Refused
from cases.events import AttachmentOpened, AttachmentRecorded
from cases.models import Attachment, Case, Evidence
from cases.screening.store import keep_row
from cases.services.common import require_own, subject
from ledger.actors import Actor
from ledger.clock import now
from ledger.events import Committed
from ledger.ids import new_id
from ledger.services import NewEntry, append

MOST_FILES = 10


@dataclass(frozen=True, slots=True)
class Upload:
    """One file as it came: the name that the browser says, and all its bytes."""

    name: str
    data: bytes


def attach_files(
    *, actor: Actor, user: User, evidence: Evidence, uploads: Sequence[Upload]
) -> list[Attachment]:
    """Keep files with a piece of evidence: all of them or none. Raises `Refused` with the field `attached`.

    May be called within the caller's transaction: what was written is removed when it fails in here, and
    swept later when it fails out there.
    """
    require_own(user, evidence.case)
    if len(uploads) > MOST_FILES:
        raise Refused(f"Attach at most {MOST_FILES} files at once.", field="attached")
    kinds = [kind_of(clean_label(upload.name), upload.data) for upload in uploads]
    store.sweep(_known)
    rows: list[Attachment] = []
    try:
        with transaction.atomic():
            for upload, kind in zip(uploads, kinds, strict=True):
                rows.append(_kept(actor, user, evidence, upload, kind, rows))
    except BaseException:
        for row in rows:
            store.discard(row.id)
        raise
    return rows


def take_file(*, actor: Actor, case: Case, attachment: Attachment) -> bytes:
    """The bytes of an attachment, after the entry of their reading. Raises `store.Unreadable`."""
    with transaction.atomic():
        append(
            NewEntry(
                payload=AttachmentOpened(sha256=attachment.sha256),
                actor=actor,
                subject=subject(case, record=attachment.evidence_id, attachment=attachment.id),
            )
        )
    return store.read(attachment.id, size=attachment.size, sha256=attachment.sha256)


def clean_label(name: str) -> str:
    """What messages call a file whose kind is not known yet."""
    return (
        "".join(one for one in name.replace("\\", "/").rsplit("/", 1)[-1] if one.isprintable())[:100]
        or "file"
    )


def _kept(
    actor: Actor, user: User, evidence: Evidence, upload: Upload, kind: Kind, before: list[Attachment]
) -> Attachment:
    digest = hashlib.sha256(upload.data).hexdigest()
    if any(row.sha256 == digest for row in before) or evidence.attachments.filter(sha256=digest).exists():
        raise Refused(
            f"'{clean_label(upload.name)}' is attached to this evidence already. Take it out of the choice.",
            field="attached",
        )
    row = Attachment(
        id=new_id(),
        evidence=evidence,
        file_name=clean_name(upload.name, kind),
        media_type=kind.media_type,
        size=len(upload.data),
        sha256=digest,
        recorded_at=now(),
        recorded_by=user,
    )
    store.write(row.id, upload.data)
    try:
        row.save(force_insert=True)
        keep_row(row, case_id=evidence.case_id)
        payload = AttachmentRecorded(
            sha256=digest,
            size=row.size,
            media_type=row.media_type,
            file_name=Committed(row.file_name),
            caption=Committed(evidence.caption),
        )
        append(
            NewEntry(
                payload=payload,
                actor=actor,
                subject=subject(evidence.case, record=evidence.id, attachment=row.id),
            )
        )
    except BaseException:
        store.discard(row.id)
        raise
    transaction.on_commit(partial(store.settle, row.id))
    return row


def _known(id: uuid.UUID) -> bool:
    return Attachment.objects.filter(pk=id).exists()
