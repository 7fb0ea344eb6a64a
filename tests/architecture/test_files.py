"""Small files that say why, and nothing in them of a machine or a registry."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.source import committed, read, rooms_python

MOST_LINES = 400
# Longer files, each with the reason why it is one.
LONGER: dict[str, str] = {
    "ledger/verifier/verify.py": "an auditor takes it away and reads it as one file that needs nothing else",
}
# Django's own furniture in every room: the name says what it is.
SAYS_ITSELF = ("apps.py", "urls.py")
PLACES = re.compile(
    r"(/home/[a-z]|/Users/[A-Za-z]|/root/|/work/|[A-Z]:\\Users\\"
    r"|registry\.npmjs|registry\.yarnpkg|pypi\.org|files\.pythonhosted|proxy\.golang"
    r"|--index-url|(?<!no-emit-)index-url =)"
)
# A file that speaks of such a place for a reason.
MAY_NAME: dict[str, str] = {
    "tests/architecture/test_files.py": "the places that are looked for",
}
READ_AS_TEXT = (
    ".py",
    ".html",
    ".css",
    ".js",
    ".md",
    ".toml",
    ".txt",
    ".in",
    ".yml",
    ".yaml",
    ".json",
    ".sql",
    ".cfg",
)
NAMED = {"Makefile", "Dockerfile", ".npmrc", ".env.example", ".gitignore", ".dockerignore", ".ci/run"}


@pytest.mark.parametrize("name", list(rooms_python()))
def test_it_says_its_purpose_and_is_short(name: str) -> None:
    text = read(name)
    if text.strip() and not name.endswith(SAYS_ITSELF):
        docstring = ast.get_docstring(ast.parse(text))
        assert docstring, "The first lines say what the file is for."
        assert len(docstring) > 15
    if name not in LONGER:
        assert len(text.splitlines()) <= MOST_LINES


def test_longer_files_are_still_longer() -> None:
    for name in LONGER:
        assert len(read(name).splitlines()) > MOST_LINES, f"{name} is short now; take it off the list"


def test_no_file_names_a_home_folder_or_a_registry() -> None:
    found = []
    for name in committed():
        if name in MAY_NAME or not (name.endswith(READ_AS_TEXT) or name in NAMED):
            continue
        for number, line in enumerate(read(name).splitlines(), 1):
            if PLACES.search(line):
                found.append(f"{name}:{number}: {line.strip()[:120]}")
    assert found == []


def test_no_file_leaves_work_for_later() -> None:
    mark = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    found = [
        f"{name}:{number}"
        for name in committed()
        if name.endswith((".py", ".html", ".css", ".js", ".sql", ".yml"))
        and name != "tests/architecture/test_files.py"
        for number, line in enumerate(read(name).splitlines(), 1)
        if mark.search(line)
    ]
    assert found == []


def test_every_test_file_has_a_name_of_its_own() -> None:
    """Test folders are no packages, so two files of one name would be one module."""
    names: dict[str, list[str]] = {}
    packages = {name.rpartition("/")[0] for name in committed() if name.endswith("/__init__.py")}
    for name in committed():
        folder, _, file = name.rpartition("/")
        if (
            name.startswith("tests/")
            and file.startswith("test_")
            and file.endswith(".py")
            and folder not in packages
        ):
            names.setdefault(file, []).append(name)
    assert {file: places for file, places in names.items() if len(places) > 1} == {}
