"""`manage.py screen_text`: a line in, a line out, and a bad line stops nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys


def test_lines_are_answered_and_a_bad_one_is_told() -> None:
    lines = [
        json.dumps({"id": "a", "text": "She is Peruvian."}),
        "{not json",
        json.dumps({"id": 7}),
        "",
        json.dumps({"id": {"n": 1}, "text": "He paid the fine."}),
    ]
    done = subprocess.run(
        [sys.executable, "manage.py", "screen_text"],
        input="\n".join(lines).encode(),
        capture_output=True,
        env={**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "DEBUG": "1"},
        check=False,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", {"n": 1}]
    assert answers[0]["findings"] == [
        {"attribute": "national_origin", "start": 7, "end": 15, "text": "Peruvian"}
    ]
    assert answers[1]["findings"] == []
    assert done.returncode == 1
    errors = done.stderr.decode()
    assert "line 2" in errors
    assert "line 3" in errors
    assert "Traceback" not in errors
