"""Every page, wide and narrow: axe clean, nothing wider than the screen; and what it says when a form is sent empty.

The pages are those that a test holds against the route table, so that a new page is looked at here from its first day.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings

from tests.architecture import scene as scenes
from tests.architecture.pages import PAGES
from tests.architecture.scene import Scene
from tests.browser.steps import Person

DOWNLOADS = {"ledger:download", "oversight:download", "exports:download", "cases:file"}
# Pages that name nobody, and so are not among the pages that leave an entry.
MORE = {
    "officer": (
        "/policy/",
        "/policy/2021-09-30/",
        "/policy/on/2024-12-10/",
        "/policy/on/2022-09-01/",
        "/cases/new/",
        "/api/v1/docs/",
    ),
    "supervisor": ("/nowhere/", "/log/"),
    "auditor": ("/", "/exports/new/", "/oversight/cases/", "/log/verify/", "/receipt/"),
    "admin": ("/",),
    "policy": (
        "/",
        "/policy/",
        "/policy/on/2022-03-28/?known_at=2022-04-01",
        "/policy/calendar/",
        "/policy/calendar/?rows=all",
        "/policy/calendar/new/",
        "/policy/calendar/new/?row=2021-09-30-vacated",
        "/policy/contents/",
        "/policy/contents/2021-09-30/",
        "/policy/compare/?before=2021-02-18&after=2021-09-30",
        "/policy/fields/",
        "/policy/inbox/",
        "/policy/feedback/?edition=2021-09-30&clause=I%232",
    ),
}
ROLES = ("officer", "supervisor", "auditor", "admin", "policy")
# Pages of one thing in the scene, beside those that leave an entry.
OF_THE_SCENE = {"policy": ("policy:calendar-change",)}


def addresses(scene: Scene, role: str) -> list[str]:
    # What programs read is no page; its documentation is one.
    listed = [
        page.where(scene)
        for page in PAGES
        if page.role == role and page.route not in DOWNLOADS and not page.route.startswith("api:")
    ]
    of_the_scene = [scene.address(route) for route in OF_THE_SCENE.get(role, ())]
    return [*dict.fromkeys(listed), *MORE.get(role, ()), *of_the_scene]


def come(who: Person, scene: Scene, role: str) -> None:
    """Sign in without the sign-in page, which another test walks."""
    cookie = scenes.signed_in(scene.person(role)).cookies[settings.SESSION_COOKIE_NAME]
    who.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": who.base}])


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("width", [1280, 320])
def test_every_page(transactional_db: None, person: Callable[..., Person], role: str, width: int) -> None:
    scene = scenes.build()
    who = person(width)
    come(who, scene, role)
    for address in addresses(scene, role):
        who.open(address)
        wider = who.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if wider > 0:
            who.problems.append(f"{address}: {wider} pixels wider than a screen of {width}")


@pytest.mark.parametrize("role", ["officer", "supervisor", "policy"])
def test_every_form_that_is_sent_empty(
    transactional_db: None, person: Callable[..., Person], role: str
) -> None:
    """It says what is missing, or what it did; it takes the focus to the summary, and is as clean as the page."""
    scene = scenes.build()
    who = person(320)
    come(who, scene, role)
    for address in addresses(scene, role):
        who.page.goto(who.base + address)
        forms = who.page.locator("main form[method=post]:visible")
        for index in range(forms.count()):
            who.page.goto(who.base + address)
            button = (
                who.page.locator("main form[method=post]:visible")
                .nth(index)
                .locator("[type=submit]:not([aria-hidden])")
                .first
            )
            if not button.is_visible():
                continue
            who.follow(button)
            summary = who.page.locator("#error-summary")
            if summary.count() and not summary.evaluate("e => e === document.activeElement"):
                who.problems.append(f"{address}: the summary of errors has not the focus")


@pytest.mark.parametrize("width", [1280, 320])
def test_the_door(transactional_db: None, person: Callable[..., Person], width: int) -> None:
    who = person(width)
    who.open("/accounts/login/")
    who.follow(who.page.get_by_role("button", name="Sign in"))
    assert who.page.locator("#error-summary").evaluate("e => e === document.activeElement")
    who.page.get_by_label("User name").fill("nobody")
    who.page.get_by_label("Password").fill("nothing")
    who.follow(who.page.get_by_role("button", name="Sign in"))
