"""A run as a whole: when it cannot start, when it dies, what it leaves in the log, and that a dry run leaves
nothing.
"""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.db import connection

from cases.imports import services
from cases.models import Case, Encounter, ImportRun
from ledger.actors import SYSTEM
from ledger.document import decode
from ledger.models import CaseLink, Disclosure, Entry
from tests.data import INVENTED
from tests.data.extracts import HEADINGS, line, rows, write_extract
from tests.data.running import everything, run_import

pytestmark = pytest.mark.django_db(transaction=True)


def own_environment(**changes: str) -> dict[str, str]:
    """For a process of its own on the test database."""
    to = connection.settings_dict
    url = f"postgres://{to['USER']}:{to['PASSWORD']}@{to['HOST']}:{to['PORT']}/{to['NAME']}"
    return {**os.environ, "DEBUG": "1", "DATABASE_URL": url, "DATABASE_OWNER_URL": "", **changes}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "manage.py", "import_cases", *arguments, "--layout", "ice-arrests"]


def test_each_case_gets_one_entry_a_batch_and_the_run_one_at_its_end() -> None:
    run_import(INVENTED)
    applied = list(Entry.objects.filter(event="cases.import.applied"))
    run = ImportRun.objects.get()
    assert {entry.case_id for entry in applied} == set(Case.objects.values_list("id", flat=True))
    assert CaseLink.objects.filter(entry_id__in=[entry.id for entry in applied], number=1).count() == 6
    for entry in applied:
        document = decode(bytes(entry.bytes))
        assert document["subject"]["run"] == str(run.id)
        assert document["actor"]["role"] == "system"
        assert list(document["data"]["rows"]) == ["c"]
    finished = decode(bytes(Entry.objects.get(event="cases.import.finished").bytes))["data"]
    assert (finished["read"], finished["imported"], finished["unchanged"], finished["rejected"]) == (
        9,
        9,
        0,
        0,
    )
    assert finished["file_digest"] == hashlib.sha256(INVENTED.read_bytes()).hexdigest()
    assert (run.state, run.read, run.file_digest) == ("finished", 9, finished["file_digest"])


def test_what_a_row_said_is_committed_beside_the_entry() -> None:
    run_import(INVENTED)
    disclosed = [bytes(one.value_bytes).decode() for one in Disclosure.objects.filter(pointer="/data/rows")]
    assert len(disclosed) == 6
    assert sum("Driving Under Influence Liquor" in text for text in disclosed) == 1
    assert not any("Liquor" in bytes(one.bytes).decode() for one in Entry.objects.all())


def test_a_dry_run_counts_and_writes_nothing(owner: Any) -> None:
    before = everything(owner)
    assert run_import(INVENTED, dry_run=True).counts == (9, 9, 0, 0)
    assert everything(owner) == before
    run_import(INVENTED)
    before = everything(owner)
    assert run_import(INVENTED, dry_run=True).counts == (9, 0, 9, 0)
    assert everything(owner) == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"a,b\n1,2\n", "the heading lacks arrest_date, apprehension_site_landmark"),
        (line([one for one in HEADINGS if one != "bln_person_id"]), "the heading lacks bln_person_id."),
        (line([*HEADINGS, "gender"]), "names gender more than once"),
        ("arrest_date".encode("utf-16"), "UTF-16"),
    ],
)
def test_a_file_of_another_layout_cannot_be_imported(content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "extract.csv").write_bytes(content)
    ran = run_import(tmp_path / "extract.csv")
    assert ran.code == 2
    assert said in ran.err
    assert not ImportRun.objects.exists()


def test_a_missing_file_a_folder_and_an_unknown_office_are_told_in_one_line(tmp_path: Path) -> None:
    for ran, said in (
        (run_import(tmp_path / "none.csv"), "does not exist"),
        (run_import(tmp_path), "not a regular file"),
        (run_import(INVENTED, office="atlantis"), "There is no office 'atlantis'"),
        (run_import(INVENTED, rejects=tmp_path / "none" / "rejects.csv"), "cannot be written"),
    ):
        assert ran.code == 2
        assert said in ran.err
        assert len(ran.err.strip().splitlines()) == 1
    assert not ImportRun.objects.exists()


def test_without_a_database_it_says_so_and_ends_with_two() -> None:
    done = subprocess.run(
        command(str(INVENTED)),
        env=own_environment(DATABASE_URL="postgres://totality_app:x@127.0.0.1:1/totality"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "The database did not answer" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_layout_ends_with_two() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "import_cases", str(INVENTED), "--layout", "nonsense"],
        env=own_environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")


def test_a_batch_that_fails_leaves_the_ones_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_extract(tmp_path / "extract.csv", 2300)
    monkeypatch.setattr(services, "BATCH", 1000)

    def stop(counts: Any, total: int) -> None:
        if counts.read == 1000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        services.import_file(
            actor=SYSTEM,
            path=tmp_path / "extract.csv",
            layout="ice-arrests",
            on_rejected=lambda rejected: None,
            on_progress=stop,
        )
    run = ImportRun.objects.get()
    assert (run.state, run.read, Encounter.objects.count()) == ("running", 1000, 1000)
    assert run_import(tmp_path / "extract.csv").counts == (2300, 1300, 1000, 0)
    run.refresh_from_db()
    assert run.state == "interrupted"
    closed = Entry.objects.get(event="cases.import.interrupted")
    assert decode(bytes(closed.bytes))["data"]["read"] == 1000


@pytest.mark.resilience
def test_a_killed_run_leaves_whole_batches_and_the_next_closes_it(tmp_path: Path) -> None:
    write_extract(tmp_path / "extract.csv", 12_000)
    process = subprocess.Popen(
        command(str(tmp_path / "extract.csv")),
        env=own_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    while Encounter.objects.count() < 2000 and time.monotonic() < deadline:
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    run = ImportRun.objects.get()
    assert run.state == "running"
    assert Encounter.objects.count() == run.imported
    assert run.imported % 1000 == 0
    with_entry = set(Entry.objects.filter(event="cases.import.applied").values_list("case_id", flat=True))
    assert with_entry == set(Case.objects.values_list("id", flat=True))
    done = run.imported
    assert run_import(tmp_path / "extract.csv").counts == (12_000, 12_000 - done, done, 0)
    run.refresh_from_db()
    assert run.state == "interrupted"


def test_a_second_import_is_told_to_wait() -> None:
    to = connection.settings_dict
    other = psycopg2.connect(
        host=to["HOST"], port=to["PORT"], user=to["USER"], password=to["PASSWORD"], dbname=to["NAME"]
    )
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtextextended('totality.cases.import', 0))")
        ran = run_import(INVENTED)
    finally:
        other.close()
    assert (ran.code, ran.err.strip()) == (2, "Another import is running. Wait for its end and start again.")


def test_a_person_recorded_meanwhile_is_met_and_not_doubled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody records the same source id between reading and writing: the batch is planned again."""
    from cases.imports.writing import write
    from cases.models import Person, PersonIdentifier
    from ledger import clock
    from tests.support.database import owner_connection

    calls: list[int] = []

    def slow(*arguments: Any, **named: Any) -> None:
        if not calls:
            with owner_connection() as elsewhere, elsewhere.cursor() as cursor:
                person = Person(recorded_at=clock.now())
                cursor.execute(
                    "INSERT INTO cases_person (id, family_name, given_name, birth_precision, birth_certainty,"
                    " birth_words, version, recorded_at) VALUES (%s, '', '', '', '', '', 1, %s)",
                    [str(person.id), person.recorded_at],
                )
                cursor.execute(
                    "INSERT INTO cases_personidentifier (id, person_id, kind, namespace, value)"
                    " VALUES (gen_random_uuid(), %s, 'source_id', 'ice-arrests', 'aa00000002')",
                    [str(person.id)],
                )
        calls.append(1)
        write(*arguments, **named)

    monkeypatch.setattr(services, "write", slow)
    assert run_import(INVENTED).counts == (9, 9, 0, 0)
    assert len(calls) == 2
    assert PersonIdentifier.objects.filter(value="aa00000002").count() == 1
    assert Encounter.objects.count() == 9


@pytest.mark.load
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    peaks = []
    for count in (4000, 16_000):
        file = tmp_path / f"{count}.csv"
        write_extract(file, count, seed=count)
        program = (
            "import resource, sys\n"
            "from django.core.management import execute_from_command_line\n"
            "execute_from_command_line(['manage.py', *sys.argv[1:]])\n"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", program, *command(str(file))[2:]],
            env=own_environment(DJANGO_SETTINGS_MODULE="config.settings"),
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        peaks.append(int(done.stdout.split()[-1]))
    assert peaks[1] < peaks[0] * 1.15, f"{peaks} KiB"


def test_rows_of_extracts_are_reproducible() -> None:
    assert list(rows(50, seed=3)) == list(rows(50, seed=3))
