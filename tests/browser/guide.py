"""The first walk writes the user guide: one chapter a user, each step with a caption and a picture.

`make guide` (TOTALITY_GUIDE=1) writes `docs/guide/*.md` and the pictures; the chapters are committed, the pictures are not.
Without it the walk compares what it would write with the chapters, so that the guide never says what the product does not.
"""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page

FOLDER = Path(__file__).resolve().parent.parent.parent / "docs" / "guide"
WRITES = bool(os.environ.get("TOTALITY_GUIDE"))
HEAD = "<!-- Written by tests/browser/test_first_walk.py; `make guide` writes it again. -->\n"


class Chapter:
    """The chapter of one user, filled step by step."""

    def __init__(self, name: str, title: str, opening: str) -> None:
        self.name = name
        self.parts = [f"# {title}\n", HEAD, opening + "\n"]
        self.pictures = 0

    def step(self, page: Page, title: str, words: str) -> None:
        """One step: what a person does and sees, with the page as it is now."""
        self.pictures += 1
        picture = f"{self.name}-{self.pictures:02d}.png"
        if WRITES:
            FOLDER.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=str(FOLDER / picture))
        self.parts.append(f"## {self.pictures}. {title}\n\n{words}\n\n![{title}]({picture})\n")

    def close(self) -> None:
        """Write the chapter, or hold it against the one that is there."""
        text = "\n".join(self.parts)
        path = FOLDER / f"{self.name}.md"
        if WRITES:
            path.write_text(text)
        assert path.exists(), f"{path.name} is missing; run 'make guide' and commit it."
        assert path.read_text() == text, f"{path.name} does not say what the product does; run 'make guide'."
