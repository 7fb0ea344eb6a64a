"""Editions of the guidance as data. Plain Python: no Django, no request, no case.

An edition is a folder beside this file, named after the day on which it was signed. ``load`` reads it once.
Everything an edition says is in its files; nothing here knows what a particular edition contains.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from .compose import compose
from .edition import Edition
from .reader import EditionError, Source, read_file
from .references import problems

__all__ = ["SCHEMA_FILE", "Edition", "EditionError", "available", "json_schema", "load", "load_folder"]

FOLDER = Path(__file__).parent
SCHEMA_FILE = FOLDER / "schema.json"
"""The published schema; `manage.py policy_schema --write` makes it anew, and a test holds it to the code."""


def available() -> tuple[str, ...]:
    """Keys of the editions that are here, oldest first."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob("*/edition.yml")))


@lru_cache(maxsize=32)
def load(key: str) -> Edition:
    """Return an edition by its key. Raises KeyError when it is not here, EditionError for wrong data."""
    if key not in available():
        raise KeyError(f"there is no edition {key!r}; here are: {', '.join(available())}")
    edition = load_folder(FOLDER / key)
    if edition.key != key:
        raise EditionError(
            f"{key}/edition.yml", 1, f"the key {edition.key!r} must be the name of the folder, {key!r}"
        )
    return edition


def load_folder(folder: Path) -> Edition:
    """Read a folder's files as one edition. Raises EditionError with file and line of the first mistake."""
    source = _read(folder)
    if not source.data:
        raise EditionError(f"{folder.name}/edition.yml", 1, "the folder holds no edition")
    form = source.data.get("form_from")
    if form:
        if form not in available():
            raise source.error(("form_from",), f"there is no edition {form!r} to take the form from")
        source = compose(source, _form(form), _method())
    try:
        edition = Edition.model_validate(source.data)
    except ValidationError as error:
        first = error.errors()[0]
        raise source.error(first["loc"], _explain(first)) from error
    for where, what in problems(edition, source.data):
        raise source.error(where, what)
    return edition


def _read(folder: Path) -> Source:
    source = Source()
    for path in sorted(folder.glob("*.yml")):
        read_file(path, source, name=f"{folder.name}/{path.name}")
    return source


@lru_cache(maxsize=4)
def _form(key: str) -> Source:
    return _read(FOLDER / key)


@lru_cache(maxsize=1)
def _method() -> Source:
    source = Source()
    read_file(FOLDER / "method.yml", source)
    return source


def _explain(error: Any) -> str:
    name = ".".join(str(step) for step in error["loc"])
    if error["type"] == "extra_forbidden":
        return f"the key {name!r} is not known; correct or remove it"
    if error["type"] == "missing":
        return f"the key {name!r} is missing; add it"
    return f"{name!r} cannot be used: {error['msg']}"


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of an edition."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Edition.model_json_schema()}
