"""The supervisor sees the whole record, used and not used, in its own order, and what moved since signing."""

from __future__ import annotations

import re
from typing import Any

import pytest

from accounts.models import User
from assessment.models import Decision
from cases import services as case_services
from cases.dates import UncertainDate
from cases.selectors import facts_of
from tests.api.speaking import Api
from tests.assessment import situations
from tests.assessment.situations import Situation, main_of
from tests.review import samples

CHILD = {"relation": "child", "standing": "citizen", "age_range": "6_to_17", "dependence": "support"}


def record(at: Situation, kind: str, on: str, **details: Any) -> None:
    case_services.record_fact(
        actor=at.officer.actor(),
        user=at.officer,
        case=at.case,
        kind=kind,
        details=details,
        on=UncertainDate.parse(on),
        evidence=[at.evidence.pk],
    )


def table(boss: User, decision: Decision) -> list[list[str]]:
    page = main_of(situations.client(boss).get(samples.detail_url(decision)))
    part = page.partition('id="whole-record"')[2].partition("</table>")[0].partition("<tbody>")[2]
    rows = []
    for row in part.split("<tr>")[1:]:
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        rows.append([" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells])
    return rows


@pytest.mark.parametrize("outcome", ["act", "decline"])
def test_what_was_not_used_stands_beside_what_was(at: Situation, boss: User, outcome: str) -> None:
    record(at, "family", "2012-05-02", **CHILD)
    decision = situations.signed(at, outcome=outcome)
    rows = table(boss, decision)
    used = {row[0].partition(",")[0].partition(";")[0]: row[2] for row in rows}
    assert sum(row[2] == "not used" for row in rows) == 2  # the child and the encounter
    assert any("Reasons" in where for where in used.values())
    assert all(row[3] == "unchanged" for row in rows)
    # The order is that of the record, whatever was chosen.
    assert [row[0] for row in rows] == [fact.summary for fact in facts_of(at.case, situations.DAY)]


def test_what_moved_since_signing_is_marked(at: Situation, waiting: Decision, boss: User) -> None:
    at.change_conduct("Drove at twice the limit; nobody was hurt")
    at.withdraw("presence")
    record(at, "family", "2012-05-02", **CHILD)
    since = {row[0]: row[3] for row in table(boss, waiting)}
    moved = [words for words in since.values() if words != "unchanged"]
    assert len(moved) == 3
    assert any(
        "Changed since it was signed. It says now:" in words and "nobody was hurt" in words for words in moved
    )
    assert "Taken out of the record since it was signed." in moved
    assert list(since.values())[-1] == "Recorded since it was signed."
    # The fact still reads as it was signed.
    assert any("hit a parked car" in summary for summary in since)


def test_by_api(at: Situation, waiting: Decision, boss: User) -> None:
    facts = Api(boss).get(f"review/{waiting.pk}/")["facts"]
    assert {"not used", "used"} == {"used" if one["used_in"] else "not used" for one in facts}
    assert all(one["since"] == "" for one in facts)
