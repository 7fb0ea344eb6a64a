"""Templates: nothing inline, a token in every form, one first heading, the law's words only from the edition."""

from __future__ import annotations

import ast
import itertools
import re

import pytest
import yaml
from django.template.loader import get_template
from django.test import Client

from tests.architecture.pages import PAGES
from tests.architecture.scene import Scene, signed_in
from tests.architecture.source import ROOT, read, rooms_python, templates

TEMPLATES = list(templates())
# A form's hint is a text of the program and may hold markup.
MARKUP_OF_OURS = {"components/field.html"}
PARTS = re.compile(r"\{#.*?#\}|\{%\s*comment\s*%\}.*?\{%\s*endcomment\s*%\}", re.DOTALL)


def source(name: str) -> str:
    """A template without its comments."""
    return PARTS.sub("", read(f"templates/{name}"))


@pytest.mark.parametrize("name", TEMPLATES)
def test_it_compiles(name: str) -> None:
    get_template(name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_nothing_is_inline(name: str) -> None:
    text = source(name)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text, re.IGNORECASE)
    assert not re.search(r"<style\b", text, re.IGNORECASE)
    assert not re.search(r"\sstyle\s*=", text, re.IGNORECASE)
    assert not re.search(r"[\s\"']on[a-z]+\s*=", text, re.IGNORECASE)
    assert not re.search(r"\bhx-(on|vals\s*=\s*[\"']?js)", text, re.IGNORECASE)
    assert "javascript:" not in text.lower()
    assert not re.search(r"(src|href)=[\"']?(https?:)?//", text), "Nothing is loaded from elsewhere."
    if name not in MARKUP_OF_OURS:
        assert not re.search(r"\|\s*safe\b|\{%\s*autoescape\s+off", text), (
            "What a person typed is never markup."
        )


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_form_that_posts_has_its_token(name: str) -> None:
    text = source(name)
    for match in re.finditer(
        r"<form\b[^>]*method=[\"']post[\"'].*?(</form>|\Z)", text, re.IGNORECASE | re.DOTALL
    ):
        assert "{% csrf_token %}" in match.group(), match.group()[:120]
    for match in re.finditer(r"<form\b[^>]*>", text, re.IGNORECASE | re.DOTALL):
        assert re.search(r"method=[\"'](post|get)[\"']", match.group(), re.IGNORECASE), match.group()[:120]


@pytest.mark.parametrize("name", [name for name in TEMPLATES if '{% extends "base.html"' in source(name)])
def test_a_page_has_a_title_and_a_first_heading(name: str) -> None:
    text = source(name)
    assert "{% block title %}" in text
    assert "<h1" in text or re.search(r"\{%\s*include", text)


def _headings(page: str) -> tuple[int, list[int]]:
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", page)]
    return levels.count(1), levels


@pytest.mark.sweep
def test_every_page_shown_has_one_first_heading_and_skips_no_level(scene: Scene) -> None:
    public = ["/accounts/login/", "/receipt/"]
    shown = [
        ("officer", address)
        for address in ("/cases/new/", "/policy/", "/policy/2021-09-30/", "/policy/on/2024-12-10/")
    ]
    shown += [(role, "/") for role in ("auditor", "reviewer", "policy", "privacy", "admin")]
    shown += [("officer", "/nowhere/"), ("admin", "/cases/")]
    shown += [("officer", "/api/v1/docs/"), ("auditor", "/exports/new/"), ("privacy", "/log/verify/")]
    # Files and what programs read are no pages.
    files = {"ledger:download", "oversight:download", "exports:download", "cases:file"}
    shown += [
        (page.role, page.where(scene))
        for page in PAGES
        if page.route not in files and not page.route.startswith("api:")
    ]
    for role, address in [*shown, *(("", address) for address in public)]:
        client = signed_in(scene.person(role)) if role else Client()
        page = client.get(address).content.decode()
        first, levels = _headings(page.split("<main")[1])
        assert first == 1, address
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), (
            address,
            levels,
        )
        assert page.count("<main") == 1
        assert re.search(r"<html[^>]*\blang=", page), address
        assert "{{" not in page
        assert "{%" not in page
        ids = re.findall(r"\sid=\"([^\"]+)\"", page)
        assert len(ids) == len(set(ids)), (address, sorted({one for one in ids if ids.count(one) > 1}))


def _clauses() -> dict[str, str]:
    folder = ROOT / "policy" / "editions" / "2021-09-30"
    return {row["id"]: row["text"] for row in yaml.safe_load((folder / "clauses.yml").read_text())["clauses"]}


def _plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>|\{%.*?%\}", " ", text).lower().split())


def _sentences() -> list[tuple[str, str]]:
    found = []
    for clause, text in _clauses().items():
        for sentence in re.split(r"(?<=[.;:])\s+", text):
            words = _plain(sentence).rstrip(".;:")
            if len(words.split()) >= 6:
                found.append((clause, words))
    return found


def test_no_words_of_a_clause_stand_in_a_template_or_a_program() -> None:
    """Who changes a clause's words changes the edition alone, and its digest tells."""
    sentences = _sentences()
    assert len(sentences) > 40
    places = {name: _plain(source(name)) for name in TEMPLATES}
    for name in rooms_python():
        if not name.startswith("policy/"):
            texts = [
                node.value
                for node in ast.walk(ast.parse(read(name)))
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            ]
            places[name] = _plain(" ".join(texts))
    for clause, words in sentences:
        for name, text in places.items():
            assert words not in text, f"{name} repeats {clause}: {words}"
