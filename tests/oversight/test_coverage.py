"""Coverage: which decision goes with which action, and what is in the three lists and in the counts."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import Role, User
from assessment.models import Decision
from cases.models import ActionKind, Case, Person, PersonMerge
from cases.services import merge_persons, undo_merge
from ledger.clock import now
from oversight import cells, coverage
from oversight.actions import LABELS, STEPS
from oversight.coverage import Listing
from oversight.filters import ReportFilter
from oversight.words import type_labels
from policy.editions import available, load
from tests import factories
from tests.oversight.records import (
    TYPES,
    action,
    arrest,
    carried_out,
    day,
    many,
    mask,
    officer_of,
    row,
    signed,
)

pytestmark = pytest.mark.django_db

ALL = ReportFilter()


def _ids(listing: Listing, filter: ReportFilter = ALL) -> list[Any]:
    return [line.id for line in coverage.page(listing, filter, TYPES).lines]


def _all(listing: Listing, filter: ReportFilter = ALL) -> list[Any]:
    """As the pages ask: of every decision type."""
    return [line.id for line in coverage.page(listing, filter, list(type_labels())).lines]


def _withdrawn(decision: Decision) -> None:
    for state in ("claimed", "returned", "withdrawn"):
        Decision.objects.filter(pk=decision.pk).update(state=state)


def test_a_decision_and_its_action_are_found_together() -> None:
    decision = row(officer_of())
    arrest(decision.case, day(3))
    assert [_ids(listing) for listing in Listing] == [[], [], []]


def test_what_was_really_signed_counts() -> None:
    """The same through the verbs of the product."""
    at, decision = signed()
    assert _ids(Listing.NO_ACTION) == [decision.pk]
    action(at.case, ActionKind.DETAINER_PLACED, day(0))
    assert _ids(Listing.NO_ACTION) == []


def test_an_action_of_nobody_or_of_another_type_is_without_a_decision() -> None:
    decision = row(officer_of(), type="detainer")
    other = row(officer_of(), outcome="decline")
    undone = row(officer_of(), direction="undo")
    found = [arrest(one.case, day(0)) for one in (decision, other, undone)]
    assert _ids(Listing.NO_DECISION) == [one.pk for one in found]
    assert _ids(Listing.NO_ACTION) == [decision.pk, undone.pk]


@pytest.mark.parametrize("kind", [*ActionKind])
def test_every_kind_of_action_goes_with_its_own_step_and_no_other(kind: ActionKind) -> None:
    steps = set(STEPS[kind])
    own = [row(officer_of(), type=type, direction=direction) for type, direction in steps]
    for decision in own:
        action(decision.case, kind, day(2))
    assert [_all(listing) for listing in Listing] == [[], [], []]
    type, direction = STEPS[kind][0]
    other = row(officer_of(), type=type, direction="do" if direction == "undo" else "undo")
    found = action(other.case, kind, day(0))
    # The other direction of the same type is another step.
    assert _all(Listing.NO_ACTION) == [other.pk]
    assert _all(Listing.NO_DECISION) == [found.pk]
    line = coverage.page(Listing.NO_DECISION, ALL, list(type_labels())).lines[0]
    assert (line.action, line.type, line.direction) == (kind, type, direction)


def test_every_step_of_every_edition_has_an_action() -> None:
    """Else its decisions would be without an action for ever."""
    steps = {
        (kind.key, way) for key in available() for kind in load(key).decision_types for way in ("do", "undo")
    }
    assert steps == {step for steps in STEPS.values() for step in steps}
    assert set(STEPS) == set(LABELS) == {"arrest", *ActionKind}


def test_a_release_goes_with_the_closest_decision_to_end_arrest_or_custody() -> None:
    decision = row(officer_of(), type="custody", direction="undo")
    released = action(decision.case, ActionKind.RELEASED, day(-1))
    assert [_all(listing) for listing in (Listing.NO_DECISION, Listing.NO_ACTION)] == [[], []]
    assert _all(Listing.SIGNED_AFTER) == [decision.pk]
    for type, found in (("arrest", []), ("custody", [decision.pk]), ("detainer", [])):
        assert _all(Listing.SIGNED_AFTER, ReportFilter(type=type)) == found
    _withdrawn(decision)
    for type, left in (("arrest", [released.pk]), ("custody", [released.pk]), ("detainer", [])):
        assert _all(Listing.NO_DECISION, ReportFilter(type=type)) == left


def test_actions_of_both_tables_follow_each_other_by_day_page_by_page() -> None:
    case = row(officer_of(), outcome="decline").case
    made = [
        arrest(case, day(0)),
        action(case, ActionKind.DETAINER_PLACED, day(-1)),
        action(case, ActionKind.REMOVED, day(2)),
        arrest(case, day(1)),
    ]
    seen, after = [], ""
    while True:
        page = coverage.page(Listing.NO_DECISION, ALL, list(type_labels()), after, 1)
        seen += [line.id for line in page.lines]
        if page.next is None:
            break
        after = page.next
    assert seen == [made[place].pk for place in (1, 0, 3, 2)]


def test_other_kinds_are_counted_by_office_and_masked_like_arrests(monkeypatch: Any) -> None:
    monkeypatch.setattr(cells, "SMALLEST", 1)
    removed = row(officer_of(), type="removal_execution")
    action(removed.case, ActionKind.REMOVED, day(-2))
    lifted = action(row(officer_of(), outcome="decline").case, ActionKind.DETAINER_LIFTED, day(0))
    [line] = coverage.counts(ALL, list(type_labels())).lines
    assert (line.actions, line.without_decision, line.decisions, line.without_action, line.signed_after) == (
        2,
        1,
        1,
        0,
        1,
    )
    mask(removed.case_id, lifted.case_id)
    assert coverage.counts(ALL, list(type_labels())).lines == []
    assert [_all(listing) for listing in Listing] == [[], [], []]


def test_an_action_of_a_case_that_was_merged_into_a_masked_one_is_not_told() -> None:
    kept, closed = row(officer_of(), outcome="decline").case, row(officer_of(), outcome="decline").case
    found = action(closed, ActionKind.REMOVED, day(0))
    Case.objects.filter(pk=closed.pk).update(
        person=kept.person, state="closed", merged_into=kept, version=closed.version + 1
    )
    assert _all(Listing.NO_DECISION) == [found.pk]
    mask(kept.pk)
    assert _all(Listing.NO_DECISION) == []


def _merged(kept: Case, closed: Case) -> PersonMerge:
    """By the verb of the product."""
    user = factories.user(Role.SUPERVISOR, at=kept.office)
    return merge_persons(
        actor=user.actor(), user=user, survivor=kept, absorbed=closed, reason="Same fingerprints"
    )


def _case(officer: User) -> Case:
    """An open case without a decision; a merge waits for decisions that are under way."""
    at = now()
    person = Person.objects.create(family_name="Quillworth", given_name="Perrin", recorded_at=at)
    return Case.objects.create(person=person, office=officer.office, opened_at=at)


def _told(listing: Listing) -> list[tuple[Any, Any]]:
    return [(line.id, line.case_id) for line in coverage.page(listing, ALL, list(type_labels())).lines]


def test_a_merge_takes_actions_along_and_its_end_gives_them_back() -> None:
    officer = officer_of()
    kept, closed = _case(officer), _case(officer)
    removed, caught = action(closed, ActionKind.REMOVED, day(0)), arrest(closed, day(1))
    before = [(removed.pk, closed.pk), (caught.pk, closed.pk)]
    assert _told(Listing.NO_DECISION) == before
    merge = _merged(kept, closed)
    assert _told(Listing.NO_DECISION) == [(removed.pk, kept.pk), (caught.pk, kept.pk)]
    user = merge.merged_by
    undo_merge(actor=user.actor(), user=user, merge=merge)
    assert _told(Listing.NO_DECISION) == before


def test_a_decision_goes_with_an_action_that_a_merge_brought() -> None:
    officer = officer_of()
    decision = row(officer, type="removal_execution")
    closed = _case(officer)
    found = action(closed, ActionKind.REMOVED, day(2))
    assert _all(Listing.NO_DECISION) == [found.pk]
    assert _all(Listing.NO_ACTION) == [decision.pk]
    Case.objects.filter(pk=closed.pk).update(
        person=decision.case.person, state="closed", merged_into=decision.case, version=2
    )
    assert [_all(listing) for listing in Listing] == [[], [], []]


def test_what_both_records_brought_is_one_action() -> None:
    officer = officer_of()
    kept, closed = _case(officer), _case(officer)
    twin, own = action(closed, ActionKind.REMOVED, day(0)), action(kept, ActionKind.REMOVED, day(0))
    other = action(closed, ActionKind.RELEASED, day(0))
    merge = _merged(kept, closed)
    assert sorted(_all(Listing.NO_DECISION)) == sorted([own.pk, other.pk])
    # A decision goes with the one that is told of.
    decision = row(officer, type="removal_execution", case=kept)
    assert _all(Listing.NO_DECISION) == [other.pk]
    Decision.objects.filter(pk=decision.pk).update(state="claimed")
    Decision.objects.filter(pk=decision.pk).update(state="returned")
    Decision.objects.filter(pk=decision.pk).update(state="withdrawn")
    user = merge.merged_by
    undo_merge(actor=user.actor(), user=user, merge=merge)
    assert sorted(_all(Listing.NO_DECISION)) == sorted([own.pk, other.pk, twin.pk])


def test_a_mask_holds_along_a_chain_of_merges() -> None:
    officer = officer_of()
    first, second, third = _case(officer), _case(officer), _case(officer)
    found = action(first, ActionKind.REMOVED, day(0))
    _merged(second, first)
    _merged(third, second)
    assert _told(Listing.NO_DECISION) == [(found.pk, third.pk)]
    mask(third.pk)
    assert _told(Listing.NO_DECISION) == []


def test_what_an_officer_recorded_is_no_imported_action() -> None:
    arrest(row(officer_of(), outcome="decline").case, day(0), layout="", import_key="")
    assert _ids(Listing.NO_DECISION) == []


def test_a_decision_goes_with_the_closest_action_only() -> None:
    decision = row(officer_of())
    far, near = arrest(decision.case, day(9)), arrest(decision.case, day(-2))
    assert _ids(Listing.NO_DECISION) == [far.pk]
    assert near.pk not in _ids(Listing.NO_DECISION)


def test_too_far_away_is_not_the_same() -> None:
    decision = row(officer_of())
    action = arrest(decision.case, day(12))
    near = ReportFilter(within=11)
    assert _ids(Listing.NO_ACTION, near) == [decision.pk]
    assert _ids(Listing.NO_DECISION, near) == [action.pk]
    assert _ids(Listing.NO_ACTION, ReportFilter(within=12)) == []


def test_the_day_on_which_it_was_done_must_be_the_actions() -> None:
    decision = row(officer_of())
    carried_out(decision, day(5))
    action = arrest(decision.case, day(4))
    assert _ids(Listing.NO_ACTION) == [decision.pk]
    type(action).objects.filter(pk=action.pk).update(on_latest=day(6), version=2)
    assert _ids(Listing.NO_ACTION) == []


def test_what_was_not_carried_out_is_missed_by_nobody() -> None:
    decision = row(officer_of())
    carried_out(decision, None)
    action = arrest(decision.case, day(0))
    assert _ids(Listing.NO_ACTION) == []
    assert _ids(Listing.NO_DECISION) == [action.pk]


def test_signed_after_means_after_its_last_possible_day() -> None:
    late, same = row(officer_of()), row(officer_of())
    arrest(late.case, day(-4), until=day(-3))
    arrest(same.case, day(-4), until=day(0))
    assert _ids(Listing.SIGNED_AFTER) == [late.pk]
    line = coverage.page(Listing.SIGNED_AFTER, ALL, TYPES).lines[0]
    assert (line.days_after, line.signed_on, line.action_on) == (
        3,
        str(day(0)),
        f"{day(-4)} to {day(-3)}",
    )


def test_another_case_of_the_same_person_counts() -> None:
    decision = row(officer_of())
    Case.objects.filter(pk=decision.case_id).update(state="closed", version=2)
    again = Case.objects.create(
        person=decision.case.person, office=decision.office, opened_at=decision.created_at
    )
    arrest(again, day(1))
    assert [_ids(listing) for listing in Listing] == [[], [], []]


def test_what_the_law_masks_is_in_no_list_and_no_count() -> None:
    decision, action = row(officer_of()), arrest(row(officer_of(), outcome="decline").case, day(0))
    mask(decision.case_id, action.case_id)
    assert [_ids(listing) for listing in Listing] == [[], [], []]
    assert coverage.counts(ALL, TYPES).lines == []


def test_a_withdrawn_decision_is_none() -> None:
    decision = row(officer_of())
    _withdrawn(decision)
    assert _ids(Listing.NO_ACTION) == []


def test_filters_choose_by_day_office_and_type() -> None:
    here, there = officer_of(), officer_of("el-paso", "El Paso")
    first, second = row(here), row(there, type="detainer")
    assert _ids(Listing.NO_ACTION, ReportFilter(office="el-paso")) == [second.pk]
    assert _ids(Listing.NO_ACTION, ReportFilter(type="arrest")) == [first.pk]
    assert _ids(Listing.NO_ACTION, ReportFilter(since=day(1))) == []
    assert len(_ids(Listing.NO_ACTION, ReportFilter(since=day(0), until=day(1)))) == 2


@pytest.mark.parametrize("listing", [Listing.NO_DECISION, Listing.NO_ACTION])
def test_pages_follow_each_other_without_gap_or_double(listing: Listing, query_budget: Any) -> None:
    officer = officer_of()
    for one in many(7, officer, outcome="act" if listing is Listing.NO_ACTION else "decline"):
        if listing is Listing.NO_DECISION:
            arrest(one.case, day(one.signed_number % 2))
    seen, after = [], ""
    while True:
        with query_budget(1):
            page = coverage.page(listing, ALL, TYPES, after, 3)
        seen += [line.id for line in page.lines]
        if page.next is None:
            break
        after = page.next
    assert seen == _ids(listing)
    assert len(set(seen)) == 7


def test_counts_by_office_hide_small_cells(query_budget: Any) -> None:
    here, there = officer_of("el-paso", "El Paso"), officer_of("los-angeles", "Los Angeles")
    for decision in many(12, here)[:2]:
        arrest(decision.case, day(0))
    many(11, there)
    with query_budget(2):
        found = coverage.counts(ALL, TYPES)
    assert [line.office for line in found.lines] == ["El Paso", "Los Angeles"]
    assert [line.decisions for line in found.lines] == [12, 11]
    # Two of the twelve have an action, so their ten without one are not told, nor the total that would tell of two.
    assert [line.without_action for line in found.lines] == [None, 11]
    assert found.total.without_action is None
    assert found.total.decisions == 23
    assert [line.actions for line in found.lines] == [None, 0]
    assert found.total.actions is None
