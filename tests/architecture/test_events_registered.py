"""Every event of the source is registered at start, with words, under its own room."""

from __future__ import annotations

import ast
import re

import pytest

from ledger.events import EventType, registered, words_for
from tests.architecture.source import read, rooms_python

EVENTS = list(registered())


def _product(one: EventType) -> bool:
    return not one.payload.__module__.startswith("tests")


def declared() -> dict[str, str]:
    """Event codes that stand in an `@event(...)` of the source, with their file."""
    found = {}
    for name in rooms_python():
        for node in ast.walk(ast.parse(read(name))):
            if not isinstance(node, ast.ClassDef):
                continue
            for decorator in node.decorator_list:
                if (
                    isinstance(decorator, ast.Call)
                    and isinstance(decorator.func, ast.Name)
                    and decorator.func.id == "event"
                ):
                    first = decorator.args[0]
                    assert isinstance(first, ast.Constant), f"{name}: the code of an event is written out"
                    found[str(first.value)] = name
    return found


def test_every_declared_event_is_registered_at_start() -> None:
    """One that is not reads as a bare code in the auditor's log."""
    assert set(declared()) == {one.code for one in registered() if _product(one)}


@pytest.mark.parametrize("one", [one for one in EVENTS if _product(one)], ids=lambda one: one.code)
def test_it_has_words_and_its_own_room(one: EventType) -> None:
    assert one.room == one.payload.__module__.split(".")[0]
    assert one.words == words_for(one.code)
    assert one.words[0].isupper()
    assert not one.words.endswith(".")
    assert one.words != one.code
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+\.[a-z_]+", one.code)
    assert one.payload.__doc__ or not one.payload.model_fields or one.words


def test_words_are_told_apart() -> None:
    words = [one.words for one in registered() if _product(one)]
    assert len(words) == len(set(words))


def test_no_code_tells_what_a_record_holds() -> None:
    """Codes stand in clear for ever, so none may speak of a protected filing, an outcome or a finding."""
    telling = {
        "asylum",
        "vawa",
        "visa",
        "act",
        "decline",
        "declined",
        "acted",
        "found",
        "priority",
        "citizen",
    }
    for one in registered():
        assert not telling & set(re.split(r"[._]", one.code)), one.code
