"""What is printed: a document that says who printed it, when, and under which edition; no menu, no button."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from tests.architecture import scene as scenes
from tests.browser.steps import Person

PAPER = 720  # CSS pixels of a Letter page between its margins
ON_PAPER_ALONE = ".tot-printed"
NEVER_PRINTED = ("header", ".tot-nav", ".tot-actions", ".tot-noprint", "main form button[type=submit]")


@pytest.mark.parametrize("page", ["case", "tasks", "before signing", "decision", "review", "log", "entry"])
def test_a_page_prints_as_a_document(
    transactional_db: None, person: Callable[..., Person], page: str
) -> None:
    scene = scenes.build()
    role, address = {
        "case": ("officer", reverse("cases:detail", args=[scene.case.pk])),
        "tasks": ("officer", reverse("assessment:tasks", args=[scene.assessment.pk])),
        "before signing": ("officer", reverse("assessment:submit", args=[scene.assessment.pk])),
        "decision": ("officer", reverse("assessment:signed", args=[scene.decision.pk, scene.version.number])),
        "review": ("supervisor", reverse("review:detail", args=[scene.decision.pk])),
        "log": ("auditor", reverse("ledger:log")),
        "entry": ("auditor", reverse("ledger:entry", args=[scene.entry.pk])),
    }[page]
    who = person(PAPER)
    cookie = scenes.signed_in(scene.person(role)).cookies[settings.SESSION_COOKIE_NAME]
    who.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": who.base}])
    who.open(address)
    line = who.page.locator(ON_PAPER_ALONE)
    assert not line.is_visible()
    who.page.emulate_media(media="print")
    assert line.is_visible()
    assert "edition 2021-09-30, rules " in line.inner_text()
    for kind in NEVER_PRINTED:
        shown = [one.inner_text()[:60] for one in who.page.locator(kind).all() if one.is_visible()]
        assert shown == [], f"{kind} is printed: {shown}"
    wide = who.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{wide} pixels wider than the paper"
    if folder := os.environ.get("TOTALITY_SHOTS"):
        who.page.pdf(path=Path(folder) / f"print-{page.replace(' ', '-')}.pdf", format="Letter")
