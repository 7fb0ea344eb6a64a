"""Groups with a single outcome, and shares of what lies outside the lists."""

from __future__ import annotations

from typing import Any

import pytest

from cases.models import SourceLabel
from oversight import cells, outside, variation
from oversight.filters import ReportFilter
from oversight.outside import Share
from oversight.words import type_labels
from policy.editions import available, load
from tests.assessment import drafts
from tests.oversight.records import arrest, day, many, mask, officer_of, row, signed

pytestmark = pytest.mark.django_db

ALL = ReportFilter()
OTHERWISE = "Is otherwise a danger to national security"


def _groups() -> list[tuple[str, str, str, int, str]]:
    return [(one.office, one.kind, one.name, one.decisions, one.outcome) for one in variation.groups(ALL)]


def test_thirty_of_one_office_with_one_outcome_are_a_group() -> None:
    here = officer_of()
    made = many(30, here)
    assert _groups() == [("Los Angeles", "Decision type", type_labels()["arrest"], 30, "Act")]
    mask(made[0].case_id)
    assert _groups() == []


def test_one_other_outcome_is_variation() -> None:
    here = officer_of()
    many(30, here)
    row(here, outcome="decline")
    assert _groups() == []


def test_another_office_or_direction_does_not_fill_a_group_up() -> None:
    many(20, officer_of())
    many(20, officer_of("el-paso", "El Paso"))
    many(15, officer_of(), direction="undo")
    assert _groups() == []


def test_a_step_undone_is_a_group_under_its_own_name() -> None:
    many(30, officer_of(), type="detainer", direction="undo")
    assert _groups() == [("Los Angeles", "Decision type", "Lift a detainer", 30, "Act")]


def test_no_priority_is_asked_where_a_step_bears_on_the_person(monkeypatch: Any) -> None:
    """Ending parole does, though it undoes; lifting a detainer and granting deferred action do not."""
    monkeypatch.setattr(cells, "SMALLEST", 1)
    here = officer_of()
    for type, direction in (
        ("parole", "undo"),
        ("removal_execution", "do"),
        ("detainer", "undo"),
        ("deferred_action", "do"),
    ):
        row(here, type=type, direction=direction)
    [line] = outside.shares(ALL).lines
    assert (line.decisions, line.no_priority.count) == (4, 2)


def test_sources_and_offense_groups_are_groups_too(query_budget: Any) -> None:
    here = officer_of()
    for decision in many(15, here, outcome="decline") + many(15, here, type="detainer", outcome="decline"):
        encounter = arrest(decision.case, day(-3), referral_source="jail")
        SourceLabel.objects.create(encounter=encounter, kind="charge", text="DUI", group="Traffic")
        # Twice the same group is one person's one decision.
        SourceLabel.objects.create(encounter=encounter, kind="charge", text="Speed", group="Traffic")
    row(here)
    with query_budget(1):
        found = _groups()
    assert [(one[1], one[3], one[4]) for one in found] == [
        ("Offense group", 30, "Decline"),
        ("Source", 30, "Decline"),
    ]
    assert found[0][2] == "Traffic"


def test_shares_by_office(query_budget: Any) -> None:
    here = officer_of()
    for number in range(40):
        row(
            here,
            ground=OTHERWISE if number % 4 == 0 else "",
            factor=("other_mitigating", "present" if number % 2 else "looked_not_found"),
        )
    with query_budget(1):
        found = outside.shares(ALL)
    [line] = found.lines
    assert line.decisions == 40
    assert line.other == Share(20, 50)
    assert line.otherwise == Share(10, 25)
    assert line.compelling == Share(0, 0)
    assert line.no_priority == Share(30, 75)
    assert found.total.otherwise == line.otherwise


def test_a_ground_is_known_by_its_edition(monkeypatch: Any) -> None:
    """Another edition may name an ordinary ground in these words."""
    monkeypatch.setattr(cells, "SMALLEST", 1)
    here = officer_of()
    row(here, ground=OTHERWISE)
    row(here, ground=OTHERWISE, edition="2017-02-20")
    row(here, ground="Otherwise a risk to public safety", edition="2017-02-20")
    [line] = outside.shares(ALL).lines
    assert (line.decisions, line.otherwise.count) == (3, 2)


def test_no_two_grounds_of_an_edition_have_one_label() -> None:
    """Else what was signed would not say which of them it was."""
    for key in available():
        labels = [ground.label for one in load(key).priorities for ground in one.grounds]
        assert len(labels) == len(set(labels)), key


def test_what_was_really_signed_is_read(monkeypatch: Any) -> None:
    """The document's own shape: an "other" factor and a ground, in a decision through the verbs of the product."""
    monkeypatch.setattr(cells, "SMALLEST", 1)
    signed(
        **drafts.present("other_mitigating", drafts.PRESENCE),
        factor_other_mitigating_subtype=["other"],
    )
    [line] = outside.shares(ALL).lines
    assert (line.decisions, line.other.count, line.otherwise.count, line.no_priority.count) == (1, 1, 0, 0)
