"""`policy_in_force`: the exact answer, both time axes, and what it says when it cannot answer."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from policy.editions import load

pytestmark = pytest.mark.django_db


def ask(*arguments: str) -> dict[str, Any]:
    out = StringIO()
    call_command("policy_in_force", *arguments, "--json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_the_answer_has_exactly_these_members() -> None:
    answer = ask("--on", "2022-03-28", "--known-at", "2022-03-30")
    assert list(answer) == ["on", "known_at", "in_force", "not_in_force"]
    assert (answer["on"], answer["known_at"]) == ("2022-03-28", "2022-03-30")
    (memo,) = [one for one in answer["in_force"] if one["component"] == "DHS"]
    assert memo == {
        "edition": "2021-09-30",
        "component": "DHS",
        "status": "partly_enjoined",
        "scope": (
            "Part II only: custody under 8 U.S.C. 1226(c)(1), release during the removal period, and delay of"
            " final orders of removal."
        ),
        "from": "2022-03-22",
        # On that day nobody knew of an end.
        "to": None,
        "authority": "Preliminary injunction, Southern District of Ohio, 2022-03-22",
        "digest": load("2021-09-30").rules_digest,
    }
    assert {one["status"] for one in answer["not_in_force"]} == {"rescinded"}


def test_without_a_day_of_knowledge_everything_known_now_counts() -> None:
    answer = ask("--on", "2022-03-28")
    assert [one["to"] for one in answer["in_force"]] == ["2022-04-12", "2022-04-25"]


def test_a_decision_type_leaves_out_orders_that_do_not_reach_it() -> None:
    assert ask("--on", "2022-03-28", "--decision", "arrest")["in_force"][0]["status"] == "in_force"
    assert ask("--on", "2022-03-28", "--decision", "custody")["in_force"][0]["status"] == "partly_enjoined"


def test_nothing_in_force_is_an_answer() -> None:
    answer = ask("--on", "2022-07-01")
    assert answer["in_force"] == []
    assert {one["edition"] for one in answer["not_in_force"]} >= {"2021-09-30", "2022-04-03"}


def test_lines_for_a_reader() -> None:
    out = StringIO()
    call_command("policy_in_force", "--on", "2022-07-01", stdout=out)
    assert "no priorities in force" in out.getvalue()
    assert "2021-09-30 DHS  vacated, from 2022-06-25 to 2023-07-30" in out.getvalue()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--on", "2022-02-30"], "'2022-02-30' is not a day"),
        (["--on", "20220301"], "Write it as YYYY-MM-DD"),
        (["--on", "2022-03-01", "--decision", "warning"], "invalid choice: 'warning'"),
        ([], "--on"),
    ],
)
def test_usage_is_told(arguments: list[str], says: str) -> None:
    with pytest.raises(CommandError, match=says):
        call_command("policy_in_force", *arguments)
