"""Statutes that may leave no choice in a custody decision, read as they stood on a day. Plain Python over YAML."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field, ValidationError

from .editions.base import Key, Part, Words
from .editions.reader import Source, read_file

FILE: Final = Path(__file__).with_name("statutes.yml")


class Statute(Part):
    """One statute from a day on. `predicate` lists the kinds of fact that it can rest on."""

    key: Key
    since: Annotated[date, Field(alias="from")]
    label: Words
    citation: str
    predicate: tuple[str, ...]
    asks_release: bool
    words: Words


class Statutes(Part):
    statutes: tuple[Statute, ...]


@lru_cache(maxsize=1)
def _all() -> tuple[Statute, ...]:
    source = Source()
    read_file(FILE, source)
    try:
        return Statutes.model_validate(source.data).statutes
    except ValidationError as error:
        first = error.errors()[0]
        raise source.error(first["loc"], f"cannot be used: {first['msg']}") from error


def mandates_on(day: date) -> tuple[Statute, ...]:
    """The statutes as they stood on `day`, one a key, in the order of the file."""
    standing: dict[str, Statute] = {}
    for statute in _all():
        if statute.since <= day and (
            statute.key not in standing or standing[statute.key].since < statute.since
        ):
            standing[statute.key] = statute
    return tuple(standing.values())
