"""A person who has a keyboard and nothing else: Tab, arrows, space, Enter, and typing. There is no click in here."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

MOST_TABS = 400
# What has the focus, whether it can be seen, and whether its focus shows: it looks otherwise than without the focus.
FOCUSED = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  at.getAnimations().forEach(one => one.finish());
  const label = at.labels && at.labels.length ? at.labels[0] : null;
  const box = at.getBoundingClientRect();
  const seen = (label && label.getBoundingClientRect().width > 2) || (box.width > 2 && box.height > 2);
  const where = (label || at).getBoundingClientRect();
  const inside = where.bottom > 0 && where.top < window.innerHeight;
  // A radio button or box stands outside the window, so only its label can show anything.
  const own = ["radio", "checkbox"].includes(at.type) ? null : at;
  const look = () => [[own, null], [label, null], [label, "::before"]].map(([one, part]) => {
    if (!one) return "";
    const style = getComputedStyle(one, part);
    return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow].join(" ");
  }).join(";");
  const focused = look();
  at.blur();
  const plain = look();
  at.focus({preventScroll: true});
  return {
    tag: at.tagName.toLowerCase(), name: at.name || "", value: at.value || "", id: at.id, seen, inside,
    ring: focused !== plain,
  };
}"""


class Keyboard:
    """Works in the page that a person has open; every stop of the focus must be seen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0

    def press(self, key: str) -> None:
        self.presses += 1
        self.page.keyboard.press(key)

    def focused(self) -> Any:
        return self.page.evaluate(FOCUSED)

    def has(self, selector: str) -> bool:
        found: bool = self.page.evaluate(
            "selector => Boolean(document.activeElement && document.activeElement.matches(selector))",
            selector,
        )
        return found

    def tab_to(self, selector: str, *, back: bool = False) -> None:
        """Tab until what the selector names has the focus. Each stop on the way can be seen and shows its focus."""
        for _ in range(MOST_TABS):
            if self.has(selector):
                return
            self.press("Shift+Tab" if back else "Tab")
            at = self.focused()
            if at is None:
                continue  # the end of the page; the next Tab begins again
            assert at["seen"], f"{self.page.url}: the focus stands on what cannot be seen: {at}"
            assert at["ring"], f"{self.page.url}: the focus does not show: {at}"
            assert at["inside"], f"{self.page.url}: the focus is outside the window: {at}"
        raise AssertionError(f"{self.page.url}: no Tab leads to {selector}")

    def tab_to_link(self, words: str) -> None:
        """Tab to the link with exactly these words."""
        link = self.page.get_by_role("link", name=words, exact=True).first
        link.evaluate("one => one.setAttribute('data-sought', 'yes')")
        self.tab_to("[data-sought=yes]")

    def choose(self, name: str, value: str) -> None:
        """Of a group of radio buttons: Tab into it, then arrows to the value."""
        self.tab_to(f"input[type=radio][name='{name}']")
        wanted = f"input[name='{name}'][value='{value}']"
        if self.has(wanted):
            self.press("Space")
        for _ in range(40):
            if self.has(f"{wanted}:checked"):
                return
            self.press("ArrowDown")
        raise AssertionError(f"{self.page.url}: no arrow leads to {name}={value}")

    def tick(self, selector: str) -> None:
        """A box: Tab to it, then space."""
        self.tab_to(selector)
        self.press("Space")
        assert self.has(":checked")

    def pin(self, field: str, words: str) -> None:
        """The box of the fact whose line holds these words."""
        box = self.page.locator(f"fieldset[id='id_{field}'] label").filter(has_text=words).first
        identifier = box.get_attribute("for")
        self.tick(f"[id='{identifier}']")

    def write(self, name: str, text: str) -> None:
        self.tab_to(f"[name='{name}']")
        self.page.keyboard.type(text)

    def enter(self) -> None:
        """Enter on a link or button that leads to another page."""
        with self.page.expect_navigation():
            self.press("Enter")

    def push(self, words: str) -> None:
        """Tab to the button with these words, then Enter."""
        button = self.page.get_by_role("button", name=words, exact=True).first
        button.evaluate("one => one.setAttribute('data-sought', 'yes')")
        self.tab_to("[data-sought=yes]")
        self.enter()
