"""`manage.py screen_text`: the guard for texts from elsewhere, without a database.

NDJSON `{"id","text"}` on stdin; NDJSON `{"id","findings":[{"attribute","start","end","text"}]}` on stdout, one line a
text, each as soon as it is done. Offsets count Unicode code points. A text with more unknown words than are looked up
for typing errors has `"slips_in_first_words": N` beside its findings. A text longer than any field of the product has
`"read_in_full_to": N` as well: behind that character only terms that count by themselves are looked for, so that ten
megabytes take about a second; `--whole` reads all of it in full, at some seconds a megabyte. Exit codes: 0 all
screened, 1 some lines could not be read (each is told on stderr, the rest is answered), 2 usage.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from policy.guard import SLIPS_IN_FIRST, screened


class Command(BaseCommand):
    help = "Find mentions of protected attributes in lines of JSON from stdin."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--whole", action="store_true", help="read texts of any length in full, however long that takes"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        refused = 0
        out = sys.stdout.buffer
        for number, line in enumerate(_lines(sys.stdin.buffer), 1):
            if not line.strip():
                continue
            try:
                ident, text = _read(line)
            except ValueError as error:
                refused += 1
                sys.stderr.write(f"line {number}: {error}; the line was left out\n")
                continue
            told = screened(text, whole=bool(options.get("whole")))
            findings = [
                {"attribute": found.attribute, "start": found.start, "end": found.end, "text": found.text}
                for found in told.findings
            ]
            answer = {"id": ident, "findings": findings}
            if not told.every_slip:
                answer["slips_in_first_words"] = SLIPS_IN_FIRST
            if told.in_full < len(text):
                answer["read_in_full_to"] = told.in_full
            out.write(json.dumps(answer).encode("ascii") + b"\n")
            out.flush()
        if refused:
            raise CommandError(
                f"{refused} line{'' if refused == 1 else 's'} could not be read; the rest is answered",
                returncode=1,
            )


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines as they come in, without waiting for a full buffer."""
    return iter(stream.readline, b"")


def _read(line: bytes) -> tuple[Any, str]:
    """The id and the text of one line. Raises ValueError with the reason."""
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 (byte {error.start + 1})") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error.msg}, column {error.colno})") from error
    except RecursionError as error:
        raise ValueError("nested too deeply to be a text") from error
    if not isinstance(record, dict) or "id" not in record:
        raise ValueError('an object with "id" and "text" is needed')
    text = record.get("text")
    if not isinstance(text, str):
        raise ValueError('"text" is missing or not a string')
    return record["id"], text
