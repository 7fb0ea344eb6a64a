"""What a wrong calendar file says, and that the database begins with the right one."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy import calendar_store
from policy.calendar_file import FILE, load, seed
from policy.editions import EditionError, available
from policy.editions import load as load_edition


def test_the_calendar_names_every_edition_that_is_here() -> None:
    assert set(available()) <= {one.key for one in seed().editions}


@pytest.mark.parametrize("key", available())
def test_the_calendar_and_the_editions_tell_the_same(key: str) -> None:
    edition = load_edition(key)
    first = next(one for one in seed().calendar.intervals() if one.edition == key and one.in_force)
    assert (seed().component(key), first.since) == (edition.component, edition.effective)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("    from: 2015-01-05\n", "    from: 2014-11-20\n", "overlap"),
        ("    event: vacated\n", "    event: gone\n", "rows.22.event"),
        ("    event: vacated\n", "    event: vacated\n    court: Texas\n", "rows.22.court"),
        ("    event: vacated\n", "    event: superseded\n", "cannot stand on the track"),
        ("sources: [NUSA, JAC, CASETEXT]", "sources: [NUSA, JCA]", "no citation 'JCA'"),
        ('    edition: "2022-04-03"\n', '    edition: "2022-04-30"\n', "no edition '2022-04-30'"),
        ("key: 2017-02-20-in-force", "key: 2014-11-20-signed", "stands twice"),
        ("    event: in_force\n    from: 2017-02-20", "    event: rescinded\n    from: 2017-02-20", "gap"),
        ("    decision_types: [custody]\n", "", "needs its 'decision_types'"),
    ],
)
def test_a_wrong_calendar_names_file_and_line(tmp_path: Path, old: str, new: str, says: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "calendar.yml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(EditionError, match=r"^calendar\.yml, line [1-9]") as refused:
        load(path)
    assert says in str(refused.value)


@pytest.mark.django_db
def test_the_database_begins_with_the_file() -> None:
    held = {row.key: row for row in calendar_store.read_now().rows}
    assert held == {row.key: row for row in seed().calendar.rows}
