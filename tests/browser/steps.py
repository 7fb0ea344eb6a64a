"""What a person does at a browser: open, click, pick, write. The walks are written in these words."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = ROOT / "static" / "vendor" / "axe" / "axe.min.js"
SHOTS = os.environ.get("TOTALITY_SHOTS", "")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


class Person:
    """One person at one browser: counts actions, keeps the pages it comes to, and what goes wrong on them.

    `check` runs axe on every page; without it only `look()` does, for pages that no other walk comes to.
    """

    def __init__(self, browser: Browser, base: str, width: int = 1280, *, check: bool = True) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": 900})
        self.context.set_default_timeout(15_000)
        self.page: Page = self.context.new_page()
        self.base = base
        self.actions = 0
        self.texts = 0
        self.problems: list[str] = []
        self.shots = 0
        self.checks = check
        self.pages: list[str] = []
        self.page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        self.page.on(
            "console",
            lambda message: (
                self.problems.append(f"{self.page.url}: {message.text}")
                if message.type == "error" and not re.search(r"status of 4\d\d", message.text)
                else None
            ),
        )

    def open(self, path: str) -> None:
        self.page.goto(self.base + path if path.startswith("/") else path)
        self.arrive()

    def sign_in(self, username: str, password: str) -> None:
        self.open("/accounts/login/")
        self.page.get_by_label("User name").fill(username)
        self.page.get_by_label("Password").fill(password)
        self.follow(self.page.get_by_role("button", name="Sign in"))

    def click(self, role: Any, name: str | re.Pattern[str], *, exact: bool = False) -> None:
        self.actions += 1
        self.follow(self.page.get_by_role(role, name=name, exact=exact).first)

    def follow(self, target: Locator) -> None:
        """Click what leads to another page, wait for it, check it."""
        with self.page.expect_navigation():
            target.click()
        self.arrive()

    def arrive(self) -> None:
        """Note the page without the ids of its address; axe and a picture, where they are asked for."""
        path = self.page.url.removeprefix(self.base).partition("?")[0]
        self.pages.append("/".join(part for part in path.split("/") if part and not UUID.fullmatch(part)))
        if self.checks:
            self.look()
        self.shoot()

    @property
    def text(self) -> str:
        """What the main part of the page says."""
        return self.page.inner_text("main")

    def pick(self, selector: str) -> None:
        """Choose a radio button or check box by its selector, by its label as a person does."""
        self.actions += 1
        box = self.page.locator(selector).first
        self.page.locator(f"label[for='{box.get_attribute('id')}']").click()

    def choose(self, selector: str, value: str) -> None:
        self.actions += 1
        self.page.locator(selector).select_option(value)

    def write(self, selector: str, text: str, *, free: bool = False) -> None:
        self.texts += free
        self.actions += not free
        self.page.locator(selector).fill(text)

    def look(self) -> None:
        """axe, WCAG 2.2 AA: the page has no violation."""
        self.page.evaluate(AXE.read_text())
        # What passes is neither listed node by node nor sent here: nobody reads it, and it takes a quarter of the time.
        found = self.page.evaluate(
            "axe.run(document, {resultTypes: ['violations'], runOnly:"
            " ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']})"
            ".then(all => ({violations: all.violations}))"
        )
        for violation in found["violations"]:
            where = "; ".join(json.dumps(node["target"]) for node in violation["nodes"][:5])
            self.problems.append(f"{self.page.url}: axe {violation['id']} ({violation['help']}): {where}")

    def shoot(self) -> None:
        if SHOTS:
            self.shots += 1
            name = re.sub(r"[^a-z]+", "-", self.page.title().lower())[:40]
            self.page.screenshot(
                path=f"{SHOTS}/{id(self) % 1000}-{self.shots:03d}-{name}.png", full_page=True
            )

    def close(self) -> None:
        self.context.close()
        assert not self.problems, "\n".join(dict.fromkeys(self.problems))


def pin(person: Person, field: str, words: str) -> None:
    """Pin the fact whose line holds these words."""
    person.actions += 1
    person.page.locator(f"#id_{field} label, fieldset[id=id_{field}] label").filter(
        has_text=words
    ).first.click()
