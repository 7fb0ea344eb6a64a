"""Texts kept with what the screen found in them: written by the services that save a text, in their transaction.

A text is screened once, when it is saved, and looked up by its digest ever after; where the screen's lexicon is another
by now, or nothing is stored, the text is screened anew, so that what is old is never taken for clean.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from cases.models import Attachment, Encounter, Evidence, Fact, ScreenedText, TextContest
from cases.screening.fields import Screenable, texts_of
from cases.screening.words import (
    Standing,
    Word,
    as_plain,
    digest_of,
    find,
    find_again,
    from_plain,
    with_contests,
)
from ledger.clock import now
from ledger.ids import new_id
from policy.guard import lexicon_digest

# A text that was never there gets no row. What went from a text is told by the keys of its words.
UPSERT: Final = """
INSERT INTO cases_screenedtext AS kept (
    id, case_id, row_kind, row_id, field, text_digest, findings, lexicon, imported, words_until, screened_at
)
SELECT v.id, v.case_id, v.row_kind, v.row_id, v.field, v.text_digest, v.findings, v.lexicon, v.imported,
       CASE WHEN EXISTS (
           SELECT 1 FROM cases_screenedtext old WHERE old.row_id = v.row_id AND old.field = v.field
       ) THEN v.before ELSE 0 END, v.screened_at
FROM (VALUES %s) AS v (
    id, case_id, row_kind, row_id, field, text_digest, findings, lexicon, imported, before, screened_at, said
)
WHERE v.said OR EXISTS (
    SELECT 1 FROM cases_screenedtext old WHERE old.row_id = v.row_id AND old.field = v.field
)
ON CONFLICT ON CONSTRAINT text_screened_once DO UPDATE SET
    text_digest = EXCLUDED.text_digest, findings = EXCLUDED.findings, lexicon = EXCLUDED.lexicon,
    screened_at = EXCLUDED.screened_at,
    words_until = CASE WHEN EXISTS (
        SELECT 1 FROM jsonb_array_elements(kept.findings) was WHERE NOT EXISTS (
            SELECT 1 FROM jsonb_array_elements(EXCLUDED.findings) is_now WHERE is_now ->> 'key' = was ->> 'key'
        )
    ) AND kept.text_digest <> EXCLUDED.text_digest THEN EXCLUDED.words_until ELSE kept.words_until END
WHERE kept.text_digest <> EXCLUDED.text_digest OR kept.lexicon <> EXCLUDED.lexicon
"""
ROW: Final = (
    "(%s::uuid, %s::uuid, %s, %s::uuid, %s, %s, %s::jsonb, %s, %s::boolean, %s::integer, %s::timestamptz,"
    " %s::boolean)"
)

Contests = Mapping[str, Mapping[str, Mapping[str, Standing]]]
"""The standing contest, by row, field and key."""


@dataclass(frozen=True, slots=True)
class Stored:
    """One stored screening, as far as a reader needs it."""

    text_digest: str
    lexicon: str
    findings: tuple[Word, ...]
    words_until: int = 0

    def is_of(self, text: str) -> bool:
        return self.lexicon == lexicon_digest() and self.text_digest == digest_of(text)


Screened = Mapping[str, Mapping[str, Stored]]
"""Stored screenings by row and field."""


def keep(
    *,
    case_id: uuid.UUID | None,
    kind: str,
    row_id: uuid.UUID,
    texts: Mapping[str, str],
    version: int = 1,
    imported: bool = False,
) -> dict[str, tuple[Word, ...]]:
    """Screen the texts of a row that was just written, and store what was found. Returns the words by field.

    `version` is that of the row as written. Fields that are not in `texts` stay as they were.
    """
    found = {name: find(text) for name, text in texts.items()}
    lexicon, moment = lexicon_digest(), now()
    rows = [
        (
            str(new_id()),
            str(case_id) if case_id else None,
            kind,
            str(row_id),
            name,
            digest_of(text),
            json.dumps(as_plain(found[name])),
            lexicon,
            imported,
            version - 1,
            moment,
            bool(text.strip()),
        )
        for name, text in texts.items()
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(
                UPSERT.replace("%s", ", ".join([ROW] * len(rows))), [one for row in rows for one in row]
            )
    return found


def keep_row(row: Screenable, *, case_id: uuid.UUID | None) -> None:
    """The same for a row of the record, as it was just written."""
    kind, texts = texts_of(row)
    keep(case_id=case_id, kind=kind, row_id=row.pk, texts=texts, version=getattr(row, "version", 1))


def keep_imported(rows: Iterable[tuple[uuid.UUID, str, uuid.UUID, Mapping[str, str]]]) -> None:
    """Rows that an import brought, as case, kind, id and texts: what has words is kept and held back, nothing refused.

    An extract says the same words many times over, and most have no protected word; only those with one get a row.
    """
    lexicon, moment = lexicon_digest(), now()
    listed = list(rows)
    ScreenedText.objects.filter(row_id__in=[row_id for _, _, row_id, _ in listed]).delete()
    ScreenedText.objects.bulk_create(
        [
            ScreenedText(
                case_id=case_id,
                row_kind=kind,
                row_id=row_id,
                field=name,
                text_digest=digest_of(text),
                findings=as_plain(words),
                lexicon=lexicon,
                imported=True,
                screened_at=moment,
            )
            for case_id, kind, row_id, texts in listed
            for name, text in texts.items()
            if (words := find_again(text))
        ]
    )


def follow(*, rows: Sequence[str], case_id: uuid.UUID) -> None:
    """Rows of the record went to another case by a merge; what was found and contested in them goes with them."""
    files = Attachment.objects.filter(evidence_id__in=list(rows)).values_list("pk", flat=True)
    wanted = [*rows, *map(str, files)]
    ScreenedText.objects.filter(row_id__in=wanted).update(case=case_id)
    TextContest.objects.filter(row_id__in=wanted).update(case=case_id)


def stored_of(row: Mapping[str, Any]) -> Stored:
    """From the columns of a row."""
    return Stored(
        str(row["text_digest"]), str(row["lexicon"]), from_plain(row["findings"]), int(row["words_until"])
    )


def words_in(
    texts: Mapping[str, str],
    row_id: uuid.UUID | str,
    screened: Screened,
    contests: Contests,
) -> dict[str, tuple[Word, ...]]:
    """The words of a row's texts by field, with their contests; fields without words are left out."""
    answer = {}
    for name, text in texts.items():
        one = screened.get(str(row_id), {}).get(name)
        words = one.findings if one is not None and one.is_of(text) else find(text)
        if words:
            answer[name] = with_contests(words, contests.get(str(row_id), {}).get(name, {}))
    return answer


def by_row(rows: Iterable[Mapping[str, Any]]) -> Screened:
    found: dict[str, dict[str, Stored]] = {}
    for row in rows:
        found.setdefault(str(row["row_id"]), {})[str(row["field"])] = stored_of(row)
    return found


def contests_by_row(rows: Iterable[Mapping[str, Any]]) -> Contests:
    found: dict[str, dict[str, dict[str, Standing]]] = {}
    for row in rows:
        place = found.setdefault(str(row["row_id"]), {}).setdefault(str(row["field"]), {})
        place[str(row["key"])] = Standing(row["state"], row["category"], str(row["id"]), row["statute"])
    return found


def screened_of(case_id: uuid.UUID) -> tuple[Screened, Contests]:
    """Everything stored about the texts of a case. Two queries."""
    rows = ScreenedText.objects.filter(case=case_id).values(
        "row_id", "field", "text_digest", "lexicon", "findings", "words_until"
    )
    contests = TextContest.objects.filter(case=case_id)
    return by_row(rows), contests_by_row(
        contests.values("id", "row_id", "field", "key", "state", "category", "statute")
    )


def keep_what_is_pinned(case_id: uuid.UUID, fact_ids: Iterable[uuid.UUID]) -> None:
    """Screen once more, before a signature, what a decision pins: facts, encounters, and the evidence under them.

    So what was stored before there was a screen, or under another lexicon, never passes as clean.
    """
    ids = list(fact_ids)
    for fact in Fact.objects.filter(case=case_id, pk__in=ids):
        keep_row(fact, case_id=case_id)
    for encounter in Encounter.objects.filter(case=case_id, pk__in=ids):
        keep_row(encounter, case_id=case_id)
    for piece in Evidence.objects.filter(case=case_id, facts__in=ids).distinct():
        keep_row(piece, case_id=case_id)
