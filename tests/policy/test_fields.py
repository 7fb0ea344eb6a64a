"""The inventory of fields is whole: every form, every name in a template, every question; and nothing that is gone."""

from __future__ import annotations

import csv
import importlib
import io
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms
from django.conf import settings

from accounts.models import Role
from cases.forms.status import StatusForm
from policy.editions import available, load
from policy.fields import NO_PROXY, fields, inventory
from tests import factories
from tests.architecture.scene import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.clause("V.C#25", "III#18")]
ROOMS = ("accounts", "cases", "assessment", "review", "oversight", "policy", "ledger", "config")
NOT_IMPORTED = ("migrations", "management", "embedded", "wsgi", "celery", "preflight")


def _every_form() -> Iterator[type[forms.Form]]:
    for room in ROOMS:
        package = importlib.import_module(room)
        for module in pkgutil.walk_packages(package.__path__, f"{room}."):
            if not any(part in module.name for part in NOT_IMPORTED):
                importlib.import_module(module.name)
    waiting: list[type[forms.BaseForm]] = [forms.BaseForm]
    while waiting:
        for form in waiting.pop().__subclasses__():
            waiting.append(form)
            if form.__module__.split(".")[0] in ROOMS and issubclass(form, forms.Form):
                yield form


def _known() -> set[str]:
    kept = inventory()
    names = {one.name for group in kept.groups for one in group.fields}
    return names | set(kept.controls) | {q.key for key in available() for q in load(key).questions}


def test_every_field_of_every_form_is_in_the_inventory() -> None:
    missing = {
        f"{form.__name__}.{name}"
        for form in _every_form()
        for name in form.base_fields
        if name not in _known()
    }
    assert missing == set(), "say in policy/fields.yml what it is, who sees it, and what it could stand for"


def test_every_field_of_the_status_page_is_in_the_inventory() -> None:
    names = {re.sub(r"^evidence_.*", "evidence_of_a_basis", name) for name in StatusForm().fields}
    assert names - _known() == set()


def test_every_name_in_a_template_is_in_the_inventory() -> None:
    found = set()
    for path in Path(settings.BASE_DIR, "templates").rglob("*.html"):
        found |= set(re.findall(r'\bname="([a-z_0-9]+)"', path.read_text(encoding="utf-8")))
    assert found - _known() == set()


def test_nothing_in_the_inventory_is_gone() -> None:
    names = {form.__name__ for form in _every_form()}
    assert {one for group in inventory().groups for one in group.forms} - names == set()
    questions = {question.key for key in available() for question in load(key).questions}
    assert {one.key for one in inventory().questions} - questions == set()


@pytest.mark.parametrize("key", available())
def test_every_field_has_a_clause_of_the_edition_and_someone_who_sees_it(key: str) -> None:
    edition = load(key)
    for one in fields(edition, "Two people"):
        assert one.clauses
        assert all(edition.clause(clause).id == clause for clause in one.clauses)
        assert one.seen_by
        assert one.proxy
        assert one.approved_by


def test_every_free_text_says_that_it_could_be_a_proxy() -> None:
    texts = {
        question.key for question in load("2021-09-30").questions if question.answer in ("text", "texts")
    }
    told = {one.name for one in fields(load("2021-09-30"), "") if one.proxy != NO_PROXY}
    assert texts - told == set()


def test_the_page_and_the_csv_say_the_same() -> None:
    client = signed_in(factories.user(Role.OFFICER))
    page = client.get("/policy/fields/").content.decode()
    rows = list(csv.DictReader(io.StringIO(client.get("/policy/fields.csv").content.decode())))
    assert {"name", "clauses", "seen_by", "may_be_a_proxy", "approved_by"} <= set(rows[0])
    assert len(rows) == len(fields(load("2021-09-30"), ""))
    for row in rows:
        assert f"<code>{row['name']}</code>" in page
    question = next(row for row in rows if row["name"] == "rationale")
    assert question["approved_by"] == "In force with the set-up of this database"
