"""What another system says was done: imported arrests and actions of the demonstration, by the layout `totality`.

So each list of coverage has something to show: an action with its decision, one without, a decision that was signed
after its action. The file is written and read by the import itself; every id is made from the row, so that a second
run brings nothing.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from cases.exports.lines import ARREST, FORMAT, VERSION, ActionLine, Dated, EncounterLine, Header
from cases.imports.rows import Counts, Rejected
from cases.imports.services import import_file
from cases.models import ActionKind, Case, CaseState, Encounter, ImportedAction
from config.demo.recorder import day
from ledger.actors import SYSTEM

NAMES: Final = uuid.UUID("0193a1f0-0000-7000-8000-00000000de30")
# An extract of the morning after.
EXTRACTED_AT: Final = datetime.time(6, tzinfo=datetime.UTC)


class Done(NamedTuple):
    """An action on the open case of the person with this number."""

    a_number: str
    kind: str
    on: str


DONE: Final = (
    # Decided on, and found together with its decision.
    Done("A900000120", ARREST, "2024-12-06"),
    # The detainer was placed before anybody signed for it.
    Done("A900000113", ActionKind.DETAINER_PLACED, "2024-12-07"),
    # Nobody decided on these here.
    Done("A900000104", ActionKind.RELEASED, "2024-11-29"),
    Done("A900000106", ActionKind.CONDITIONS_EASED, "2024-11-26"),
    Done("A900000110", ActionKind.NOTICE_TO_APPEAR_SERVED, "2024-11-27"),
    Done("A900000112", ActionKind.DETAINER_PLACED, "2024-11-22"),
    Done("A900000112", ActionKind.REMOVED, "2024-12-03"),
)


def import_actions() -> int:
    """Bring in those whose case is there and that are missing; how many."""
    missing = [one for one in _lines() if not _is_there(one)]
    if not missing:
        return 0
    header = Header(format=FORMAT, version=VERSION)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "demonstration-actions.ndjson"
        path.write_text("".join(f"{one.model_dump_json()}\n" for one in (header, *missing)), encoding="utf-8")
        import_file(actor=SYSTEM, path=path, layout=FORMAT, on_rejected=_must_fit, on_progress=_tell_nobody)
    return len(missing)


def _lines() -> Iterator[ActionLine | EncounterLine]:
    numbers = {one.a_number for one in DONE}
    # The person's number goes along when two records are merged, and so does what is told of the person.
    found = Case.objects.filter(state=CaseState.OPEN, person__identifiers__value__in=numbers).order_by("id")
    cases: dict[str, uuid.UUID] = dict(found.values_list("person__identifiers__value", "id"))
    for one in DONE:
        if one.a_number in cases:
            yield _line(one, cases[one.a_number])


def _line(one: Done, case: uuid.UUID) -> ActionLine | EncounterLine:
    key = f"{one.a_number} {one.kind} {one.on}"
    id, on = uuid.uuid5(NAMES, key), day(one.on)
    recorded_at = datetime.datetime.combine(on + datetime.timedelta(days=1), EXTRACTED_AT)
    if one.kind != ARREST:
        return ActionLine(id=id, case=case, kind=one.kind, happened_on=on, recorded_at=recorded_at)
    return EncounterLine(
        id=id,
        case=case,
        on=Dated(earliest=on, latest=on, precision="day", certainty="stated", words=one.on),
        kind=ARREST,
        custody="at_large",
        site="",
        detention_facility="",
        detention_place="",
        detainer_facility="",
        referral_source="",
        source_relation="",
        layout=FORMAT,
        import_key=key,
        content_digest=None,
        version=1,
        recorded_at=recorded_at,
        labels=(),
        outcomes=(),
    )


def _is_there(line: ActionLine | EncounterLine) -> bool:
    model = ImportedAction if isinstance(line, ActionLine) else Encounter
    return model._default_manager.filter(pk=line.id).exists()


def _must_fit(row: Rejected) -> None:
    raise ValueError(f"The demonstration's own row {row.line} was refused: {row.field} {row.reason}")


def _tell_nobody(counts: Counts, total: int) -> None:
    """Seeding tells of itself at its end."""
