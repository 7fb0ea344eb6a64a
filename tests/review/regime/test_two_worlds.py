"""Two worlds that differ in outcome, opposite case and rationale alone answer a reviewer with the same bytes.

Every route of the table that a supervisor can reach is asked before a view is recorded, pages and API alike. Ids, times
and tokens are made alike; nothing else is.
"""

from __future__ import annotations

import re
from typing import Any, Final

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from assessment.models import Assessment, Decision, Stop, Task
from config.routes import ROUTES
from tests import factories
from tests.assessment import situations
from tests.assessment.situations import Situation
from tests.review.regime.drawing import sign_drawn
from tests.review.regime.test_decide_first import first
from tests.review.samples import PAGE

pytestmark = [pytest.mark.django_db, pytest.mark.decide_first, pytest.mark.clause("V.B#23")]

ACTS: Final[dict[str, Any]] = {
    "outcome": "act",
    "opposite_case": "Fifteen years here and no other record.",
    "rationale": "Drove drunk and hit a car.",
}
DECLINES: Final[dict[str, Any]] = {
    "outcome": "decline",
    "opposite_case": "A danger on the road within the year, and a car that was hit.",
    "rationale": "Driving.",
}
# Nothing of this scene stands behind their addresses, or they only take what is sent.
OTHER_THINGS: Final = frozenset(
    {
        "cases:file",
        "cases:merge-undo",
        "review:seen",
        "assessment:task-done",
        "assessment:executed",
        "policy:calendar-change",
    }
)

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TIME = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9.]+)?(Z|\+00:00)?")
TOKEN = re.compile(r'(name="csrfmiddlewaretoken"\s+value=|"X-CSRFToken": ?)"[^"]+"')


class _Undo(Exception):
    pass


def plain(body: bytes) -> str:
    text = body.decode("utf-8", "replace")
    for pattern in (UUID, TIME, TOKEN):
        text = pattern.sub("*", text)
    return text


def addresses(at: Situation, decision: Decision) -> dict[str, str]:
    """Every route of the table that a supervisor may ask, with what of this scene it takes."""
    stop, task = Stop.objects.filter(case=at.case).first(), Task.objects.filter(case=at.case).first()
    known: dict[str, Any] = {
        "case_id": at.case.pk,
        "evidence_id": at.evidence.pk,
        "assessment_id": decision.assessment_id,
        "decision_id": decision.pk,
        "number": 1,
        "entry_id": decision.versions.get().entry_id,
        "stop_id": stop.pk if stop else None,
        "task_id": task.pk if task else None,
        "key": "2021-09-30",
        "day": "2024-12-10",
    }
    found = {}
    for route, roles in ROUTES.items():
        if "supervisor" not in roles and "*" not in roles:
            continue
        for names in (
            (),
            ("case_id",),
            ("assessment_id",),
            ("decision_id",),
            ("decision_id", "number"),
            ("entry_id",),
            ("key",),
            ("day",),
        ):
            try:
                found[route] = reverse(route, kwargs={name: known[name] for name in names})
            except NoReverseMatch:
                continue
            break
    return found


def world(answers: dict[str, Any], extra: dict[str, Any] | None = None) -> dict[str, str]:
    """What a supervisor is answered everywhere in a world of these answers, which is undone again."""
    seen: dict[str, str] = {}
    try:
        with transaction.atomic():
            seen = _ask(answers | (extra or {}))
            raise _Undo
    except _Undo:
        pass
    return seen


def _named(role: str, name: str) -> User:
    user = factories.user(role, username=name)
    user.full_name = name
    user.save()
    return user


def _ask(answers: dict[str, Any]) -> dict[str, str]:
    at = situations.ready(_named("officer", "Writer"))
    # The order of the outcomes is drawn by itself; here it is the same in both worlds.
    begun = situations.started(at, "notice_to_appear")
    Assessment.objects.filter(pk=begun.assessment_id).update(outcome_order=["decline", "act"])
    decision, selection = sign_drawn(at, first, kind="notice_to_appear", **answers)
    assert selection.decide_first
    web: Client = situations.client(_named("supervisor", "Reader"))
    seen = {}
    for route, address in addresses(at, decision).items():
        answer = web.get(address)
        seen[route] = (
            f"{answer.status_code} {plain(answer.headers.get('Location', '').encode())} {plain(answer.content)}"
        )
    queue = reverse("review:queue")
    for query in ("?state=waiting", "?state=mine", "?type=notice_to_appear"):
        seen[f"queue {query}"] = plain(web.get(queue + query).content)
    tasks = reverse("assessment:tasks", args=[decision.assessment_id])
    seen["tasks of it"] = plain(web.get(f"{tasks}?decision={decision.pk}").content)
    early = web.post(reverse("review:detail", args=[decision.pk]), PAGE | {"number": 1, "verdict": "approve"})
    seen["a verdict too early"] = f"{early.status_code} {plain(early.content)}"
    view = web.post(reverse("review:view", args=[decision.pk]), {"number": 1})
    seen["an empty view"] = f"{view.status_code} {plain(view.content)}"
    for verb in ("approve", "return"):
        sent = web.post(
            reverse(f"api:{verb}", args=[decision.pk]), {"number": 1}, content_type="application/json"
        )
        seen[f"api {verb}"] = f"{sent.status_code} {plain(sent.content)}"
    web.post(reverse("review:claim", args=[decision.pk]))
    for place in ("home", "review:queue", "api:queue"):
        seen[f"{place} once taken"] = plain(web.get(reverse(place)).content)
    seen["the page once taken"] = plain(web.get(reverse("review:detail", args=[decision.pk])).content)
    return {name: text.replace("\r", "") for name, text in seen.items()}


def test_no_route_tells_two_worlds_apart(db: None) -> None:
    factories.office()
    acts, declines = world(ACTS), world(DECLINES)
    assert set(acts) == set(declines)
    for route in ("review:detail", "api:review", "cases:detail", "assessment:tasks", "assessment:signed"):
        assert route in acts
    apart = [route for route in acts if acts[route] != declines[route]]
    assert apart == []
    assert acts["review:detail"].startswith("200 ")
    for route in ("assessment:tasks", "assessment:signed", "assessment:signed-entry", "api:assessment"):
        assert acts[route].startswith("403 "), route
    words = (ACTS["rationale"], ACTS["opposite_case"], DECLINES["rationale"], DECLINES["opposite_case"])
    for route, text in (acts | declines).items():
        for one in words[:2] + words[3:]:
            assert one not in text, route


def test_every_route_of_a_supervisor_is_asked(db: None) -> None:
    factories.office()
    asked = set(world(ACTS))
    mine = {route for route, roles in ROUTES.items() if "supervisor" in roles}
    assert mine - asked <= OTHER_THINGS | {"assessment:stop"}


def test_the_comparison_can_tell() -> None:
    """The test itself: a fact that differs is seen."""
    factories.office()
    one, other = world(ACTS), world(ACTS, {"consequences": "Loses a flat and a place at school."})
    assert [route for route in one if one[route] != other[route]]
