"""Screen texts that were stored before there was a screen, or under another lexicon. Run after an upgrade; repeatable.

It changes no record and appends no entry: what is found is derived from the texts, and is found again by whoever looks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from cases.models import (
    Attachment,
    CaseFlag,
    Encounter,
    Evidence,
    Fact,
    RecordRequest,
    ScreenedText,
    StatusRecord,
)
from cases.screening.fields import Screenable
from cases.screening.store import keep_row
from policy.guard import lexicon_digest

BATCH = 500


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        looked = 0
        rows: list[tuple[Screenable, Any]] = []
        for row, case_id in _rows():
            rows.append((row, case_id))
            if len(rows) == BATCH:
                looked += _keep(rows)
                rows = []
        looked += _keep(rows)
        with_words = ScreenedText.objects.exclude(findings=[]).count()
        self.stdout.write(
            json.dumps({"rows": looked, "texts_with_words": with_words, "lexicon": lexicon_digest()})
        )


def _keep(rows: list[tuple[Screenable, Any]]) -> int:
    with transaction.atomic():
        for row, case_id in rows:
            keep_row(row, case_id=case_id)
    return len(rows)


def _rows() -> Iterator[tuple[Screenable, Any]]:
    for model in (Fact, Evidence, RecordRequest, Encounter, StatusRecord, CaseFlag):
        for row in model._default_manager.order_by("pk").iterator(chunk_size=BATCH):
            yield row, row.case_id
    for file in Attachment.objects.select_related("evidence").order_by("pk").iterator(chunk_size=BATCH):
        yield file, file.evidence.case_id
