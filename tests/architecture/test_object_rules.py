"""Which case, assessment and decision a person reaches: role, office and restriction, page by page."""

from __future__ import annotations

import re

import pytest

from cases.models import Case
from ledger.models import Entry
from tests.architecture.scene import A_NUMBER, FAMILY_NAME, Scene, signed_in

OK, MOVED, REFUSED, ABSENT = 200, 302, 403, 404
ROUTES = (
    "cases:detail",
    "cases:status",
    "assessment:tasks",
    "assessment:step",
    "assessment:submit",
    "review:detail",
    "assessment:signed",
)
# Who, of which office: the answers in the order of ROUTES, first for an open case, then for a restricted one.
# `author` began the assessment; `colleague` is another officer of the same office, who is led to the overview.
MATRIX: dict[tuple[str, str], tuple[tuple[int, ...], tuple[int, ...]]] = {
    ("author", "north"): ((OK, OK, OK, OK, OK, REFUSED, OK),) * 2,
    ("colleague", "north"): ((OK, OK, OK, MOVED, MOVED, REFUSED, OK),) * 2,
    ("officer", "south"): (
        (OK, OK, ABSENT, ABSENT, ABSENT, REFUSED, ABSENT),
        (ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, REFUSED, ABSENT),
    ),
    ("supervisor", "north"): ((OK, OK, OK, REFUSED, REFUSED, OK, OK),) * 2,
    ("supervisor", "south"): (
        (OK, OK, ABSENT, REFUSED, REFUSED, ABSENT, ABSENT),
        (ABSENT, ABSENT, ABSENT, REFUSED, REFUSED, ABSENT, ABSENT),
    ),
    ("auditor", "north"): ((REFUSED, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED, OK),) * 2,
    ("auditor", "south"): ((REFUSED, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED, OK),) * 2,
    ("admin", "north"): ((REFUSED,) * 7,) * 2,
    ("admin", "south"): ((REFUSED,) * 7,) * 2,
}


@pytest.mark.parametrize("restricted", [False, True], ids=["open", "restricted"])
@pytest.mark.parametrize("who", MATRIX, ids="-".join)
def test_the_matrix(scene: Scene, who: tuple[str, str], restricted: bool) -> None:
    if restricted:
        scene.restrict()
    name, office = who
    user = (
        scene.officer
        if name == "author"
        else scene.person("officer" if name == "colleague" else name, office)
    )
    if name == "colleague":
        scene.people.clear()
        user = scene.person("officer", office)
    client = signed_in(user)
    for route, expected in zip(ROUTES, MATRIX[who][restricted], strict=True):
        answer = client.get(scene.address(route))
        assert answer.status_code == expected, route
        if expected in (REFUSED, ABSENT):
            assert FAMILY_NAME.encode() not in answer.content, route


WRITING = (
    "cases:take",
    "cases:status",
    "cases:fact-new",
    "cases:fact-edit",
    "cases:evidence-new",
    "cases:evidence-edit",
    "cases:request-new",
    "cases:request-edit",
    "assessment:start",
    "assessment:step",
    "assessment:submit",
    "assessment:reaffirm",
    "assessment:decide",
    "assessment:abandon",
    "assessment:executed",
    "assessment:stop",
    "assessment:task-done",
)


@pytest.mark.parametrize("restricted", [False, True], ids=["open", "restricted"])
def test_another_office_changes_nothing(scene: Scene, restricted: bool) -> None:
    if restricted:
        scene.restrict()
    client = signed_in(scene.person("officer", "south"))
    changes = Entry.objects.filter(kind="change").count()
    for route in WRITING:
        answer = client.post(
            scene.address(route), {"version": "1", "what": "x", "decision_type": "custody:do"}
        )
        allowed = {ABSENT} if restricted or route.startswith("assessment:") else {REFUSED, 422}
        if route == "assessment:start" and not restricted:
            allowed = {422}
        assert answer.status_code in allowed, (route, answer.status_code)
    supervisor = signed_in(scene.person("supervisor", "south"))
    for route in ("review:claim", "review:release", "review:detail"):
        assert supervisor.post(scene.address(route)).status_code == ABSENT, route
    supervisor.post("/review/next/")
    assert Entry.objects.filter(kind="change").count() == changes


def _plain(page: bytes, query: str = "") -> str:
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.decode())
    return text.replace(query, "QUERY") if query else text


@pytest.mark.parametrize("role", ["officer", "supervisor"])
def test_lists_searches_and_counts_show_another_office_nothing_of_a_restricted_case(
    scene: Scene, role: str
) -> None:
    scene.restrict()
    client = signed_in(scene.person(role, "south"))
    told = (FAMILY_NAME, "Tamsin", str(scene.case.pk), str(scene.draft.pk), str(scene.decision.pk))
    addresses = [
        "/",
        "/cases/",
        "/cases/?office=north",
        "/cases/?office=",
        "/cases/?office=&state=",
        "/cases/new/",
    ]
    if role == "supervisor":
        addresses += ["/review/", "/review/?state=waiting", "/review/?state=mine"]
    for address in addresses:
        answer = client.get(address, follow=True)
        for word in told:
            assert word.encode() not in answer.content, (address, word)
    for query, absent in ((FAMILY_NAME, "Nobodyatall"), (A_NUMBER, "A098765432"), ("Tamsin", "Nobodyatall")):
        found, nothing = (client.get("/cases/", {"q": one, "why": "casework"}) for one in (query, absent))
        assert found.status_code == 200
        assert _plain(found.content, query) == _plain(nothing.content, absent), query
    entries = Entry.objects.filter(actor_id=str(scene.person(role, "south").pk))
    assert entries.exists()
    for entry in entries:
        assert str(scene.case.pk).encode() not in bytes(entry.bytes)


def test_a_possible_duplicate_in_a_restricted_case_is_not_shown_elsewhere(scene: Scene) -> None:
    scene.restrict()
    fields = {"family_name": FAMILY_NAME, "given_name": "Tamsin", "birth": "1990-04-12"}
    own = signed_in(scene.officer).post("/cases/new/", fields)
    assert str(scene.case.pk).encode() in own.content
    elsewhere = signed_in(scene.person("officer", "south")).post("/cases/new/", fields)
    assert str(scene.case.pk).encode() not in elsewhere.content


def test_an_officer_who_moved_leaves_the_restricted_case_behind(scene: Scene) -> None:
    scene.officer.office = scene.south
    scene.officer.save()
    assert FAMILY_NAME.encode() in signed_in(scene.officer).get("/").content
    scene.restrict()
    for address in ("/", "/cases/?office="):
        assert FAMILY_NAME.encode() not in signed_in(scene.officer).get(address).content, address


def test_a_restricted_case_without_an_office_is_not_counted_for_others(scene: Scene) -> None:
    from tests.factories import unassigned

    client = signed_in(scene.person("supervisor", "south"))
    Case.objects.filter(pk=scene.case.pk).update(office=unassigned(), version=scene.case.version + 1)
    assert b"1 imported and not placed" in client.get("/").content
    Case.objects.filter(pk=scene.case.pk).update(restricted=True, version=scene.case.version + 2)
    assert b"imported and not placed" not in client.get("/").content
