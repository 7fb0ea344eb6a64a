"""The masked read: drawn with deciding first, the same bytes for two persons, then the whole as it was written."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.models import F
from django.urls import reverse

from accounts.models import Office, Role, User
from assessment.models import Assessment, Decision
from cases.models import Case, Evidence, Person, PersonAlias, PersonIdentifier
from ledger.models import Entry
from review.models import Selection, SupervisorView
from review.regime.draws import Draws
from tests import factories
from tests.assessment import situations
from tests.assessment.situations import Situation
from tests.review.regime.drawing import ready, sampled_office, sign_drawn
from tests.review.regime.test_decide_first import SAME, view
from tests.review.regime.test_two_worlds import _Undo, plain
from tests.review.samples import approve, detail_url, send_back

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.decide_first,
    pytest.mark.masked_read,
    pytest.mark.clause("III#18"),
    pytest.mark.clause("V.B#23"),
]

ONE = {
    "family_name": "Quillworth",
    "given_name": "Tamsin",
    "alias": "Tam",
    "a_number": "A012345678",
    "court": "Millbrook Superior Court",
    "consequences": "Tamsin Quillworth loses her work in Millbrook, and her husband his home.",
    "conduct": "Tam drove at twice the limit near Pell Harbor; she hit a parked car",
}
OTHER = {
    "family_name": "de la Cruz",
    "given_name": "José María",
    "alias": "Chema",
    "a_number": "A098765432",
    "court": "Oak Hollow Superior Court",
    "consequences": "José de la Cruz loses his work in Oak Hollow, and his wife her home.",
    "conduct": "Chema drove at twice the limit near Tulsa; he hit a parked car",
}


def read_masked(one: Draws) -> bool:
    return one.sample < 250 and one.decide_first < 50


def only_first(one: Draws) -> bool:
    return one.sample < 250 and 50 <= one.decide_first < 100


def scene(of: dict[str, str], wanted: Any = read_masked, **changes: Any) -> tuple[Decision, User]:
    """A decision about this person whose review is drawn as wanted, and a supervisor who may read it."""
    officer = _named(Role.OFFICER, "Writer", sampled_office())
    at = situations.ready(officer)
    Person.objects.filter(pk=at.case.person_id).update(
        version=2, family_name=of["family_name"], given_name=of["given_name"]
    )
    person = Person.objects.get(pk=at.case.person_id)
    PersonAlias.objects.create(
        person=person, given_name=of["alias"], recorded_at=at.case.opened_at, recorded_by=officer
    )
    PersonIdentifier.objects.create(person=person, kind="a_number", value=of["a_number"])
    Evidence.objects.filter(case=at.case).update(version=F("version") + 1, source=of["court"])
    at.case = Case.objects.get(pk=at.case.pk)
    at.change_conduct(of["conduct"])
    begun = situations.started(at, "notice_to_appear")
    Assessment.objects.filter(pk=begun.assessment_id).update(outcome_order=["decline", "act"])
    given: dict[str, Any] = {"kind": "notice_to_appear", "consequences": of["consequences"]} | changes
    decision, selection = sign_drawn(at, wanted, **given)
    assert selection.decide_first is (wanted in (read_masked, only_first))
    return decision, _named(Role.SUPERVISOR, "Reader", officer.office)


def _named(role: Role, name: str, office: Office) -> User:
    user = factories.user(role, username=name, at=office)
    user.full_name = name
    user.save()
    return user


def world(of: dict[str, str]) -> dict[str, str]:
    """What the supervisor reads of this person before a view is recorded; undone again."""
    seen: dict[str, str] = {}
    try:
        with transaction.atomic():
            decision, boss = scene(of)
            web = situations.client(boss)
            for name, address in {
                "page": detail_url(decision),
                "queue": reverse("review:queue"),
                "home": reverse("home"),
                "pause": reverse("review:pause", args=[decision.pk]),
                "api": reverse("api:review", args=[decision.pk]),
                "api queue": reverse("api:queue"),
            }.items():
                answer = web.get(address)
                assert answer.status_code == 200, name
                seen[name] = plain(answer.content)
            wrong = web.post(reverse("review:view", args=[decision.pk]), {"number": 1, "view_reason": "So."})
            assert wrong.status_code == 422
            seen["an empty view"] = plain(wrong.content)
            raise _Undo
    except _Undo:
        pass
    return seen


def test_two_persons_are_read_alike(db: None) -> None:
    factories.office()
    one, other = world(ONE), world(OTHER)
    assert [name for name in one if one[name] != other[name]] == []
    for text in one.values():
        for known in ("Quillworth", "Tamsin", "Millbrook", "A012", "Pell Harbor", " her ", "husband"):
            assert known not in text
    assert "[name] loses [them] work in [place], and [them] [spouse] [them] home." in one["page"]
    assert "Masking cannot hide everything." in one["page"]
    assert "Masked read" in one["queue"]


def test_the_comparison_can_tell(db: None) -> None:
    """The test itself: another fact is seen."""
    factories.office()
    one = world(ONE)
    other = world(OTHER | {"conduct": "Chema drove at three times the limit near Tulsa; he hit a parked car"})
    assert [name for name in one if one[name] != other[name]] == ["page", "api", "an empty view"]


def test_giving_one_away_does_not_name_it_and_the_filter_goes_along(db: None) -> None:
    factories.office()
    decision, boss = scene(ONE)
    to = _named(Role.SUPERVISOR, "Second", boss.office)
    web = situations.client(boss)
    sent = {
        "decision": str(decision.pk),
        "give_to": str(to.pk),
        "give_reason": "load",
        "filter": "state=waiting",
    }
    given = situations.main_of(web.post(reverse("review:give"), sent))
    assert "Given to Second." in given
    assert "Masked read" in given
    assert "Quillworth" not in given
    assert f'href="{detail_url(decision)}?state=waiting&amp;queue=1"' in given
    web, end = situations.client(to), "?state=waiting&queue=1"
    page = web.get(detail_url(decision) + end).content.decode()
    address = reverse("review:view", args=[decision.pk]) + end
    assert f'action="{address.replace("&", "&amp;")}"' in page
    assert f'href="{reverse("review:queue")}{end.replace("&", "&amp;")}"' in page
    chosen = {"number": decision.signed_number, "view_outcome": "decline", "view_reason": "The fact is old."}
    assert web.post(address, chosen)["Location"] == detail_url(decision) + end


def test_after_the_view_everything_is_as_it_was_written(db: None) -> None:
    decision, boss = scene(ONE)
    view(boss, decision)
    web = situations.client(boss)
    page = situations.main_of(web.get(detail_url(decision)))
    for shown in ("Quillworth, Tamsin", ONE["consequences"], "Millbrook Superior Court", 'name="view_now"'):
        assert shown in page
    assert "Quillworth" in situations.main_of(web.get(reverse("review:queue")))
    assert web.get(reverse("api:review", args=[decision.pk])).json()["masked"] is False


@pytest.mark.parametrize("verb", [approve, lambda who, one, **more: send_back(who, one, "A point.", **more)])
def test_both_verdicts_go_on_as_after_deciding_first(db: None, verb: Any) -> None:
    decision, boss = scene(ONE)
    view(boss, decision)
    verb(boss, decision, look=SAME)
    assert [one.moment for one in SupervisorView.objects.order_by("at")] == ["before", "after"]


def test_the_draw_is_kept_with_its_probability(db: None) -> None:
    decision, _ = scene(ONE)
    row = Selection.objects.get(decision=decision)
    assert (row.masked, row.masked_per_thousand, row.decide_first) == (True, 50, True)
    told = situations.told(Entry.objects.get(event="review.decision.drawn"))
    assert (told["masked"], told["masked_per_thousand"]) == (True, 50)


def test_a_draw_beside_it_masks_nothing(db: None) -> None:
    decision, boss = scene(ONE, only_first)
    row = Selection.objects.get(decision=decision)
    assert (row.masked, row.masked_per_thousand) == (False, 50)
    page = situations.main_of(situations.client(boss).get(detail_url(decision)))
    assert "Quillworth, Tamsin" in page
    assert "masked" not in page


@pytest.mark.parametrize("kind", ["detainer", "custody"])
def test_never_an_urgent_one(db: None, kind: str) -> None:
    _, selection = sign_drawn(ready(sampled_office()), read_masked, kind=kind)
    assert (selection.masked, selection.masked_per_thousand) == (False, 0)


def test_never_where_everything_is_reviewed(at: Situation) -> None:
    """A masked read is one of the sampled and triggered reviews."""
    _, selection = sign_drawn(at, read_masked, kind="notice_to_appear")
    assert selection.full
    assert (selection.decide_first, selection.masked) == (True, False)


def test_the_database_masks_nothing_that_is_not_decided_first(db: None) -> None:
    decision, _ = scene(ONE)
    row = Selection.objects.get(decision=decision)
    row.pk, row.version_number, row.decide_first = None, 2, False
    with pytest.raises(DatabaseError, match="masked_reads_decide_first"), transaction.atomic():
        row.save(force_insert=True)
