"""No free text comes in unscreened: models, forms, templates and the API are walked against one table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from assessment.fields import DECISION_STEP, FACT_STEPS, text_fields
from cases.facts import KINDS
from cases.forms.status import StatusForm
from cases.screening.fields import COLUMNS
from config.api.schema import views
from tests.architecture.screened_fields import (
    EXCUSED_COLUMNS,
    EXCUSED_NAMES,
    EXCUSED_ROOMS,
    SCREENED_COLUMNS,
    SCREENED_NAMES,
)
from tests.architecture.source import ROOMS, TEMPLATES, templates
from tests.assessment.drafts import EDITION

TEXTS = (models.CharField, models.TextField, models.JSONField, ArrayField)


def columns() -> Iterator[str]:
    for model in apps.get_models():
        if model._meta.app_label not in ROOMS:
            continue
        for one in model._meta.concrete_fields:
            if isinstance(one, TEXTS) and not one.choices:
                yield f"{model._meta.label_lower}.{one.name}"


def test_every_text_of_every_model_is_screened_or_excused_by_name() -> None:
    found = list(columns())
    assert len(found) > 120
    unknown = [
        one
        for one in found
        if one not in SCREENED_COLUMNS
        and one not in EXCUSED_COLUMNS
        and one.partition(".")[0] not in EXCUSED_ROOMS
    ]
    assert not unknown, "Screen it (cases/screening/fields.py), or say in screened_fields.py why not."


def test_the_table_names_nothing_that_is_gone_or_twice() -> None:
    assert {*SCREENED_COLUMNS, *EXCUSED_COLUMNS} <= set(columns())
    assert not set(SCREENED_COLUMNS) & set(EXCUSED_COLUMNS)
    assert all(len(reason) > 10 for reason in EXCUSED_COLUMNS.values())


def test_the_services_screen_what_the_table_says() -> None:
    tables = {
        "evidence": "evidence",
        "attachment": "attachment",
        "record_request": "recordrequest",
        "encounter": "encounter",
        "status": "statusrecord",
        "flag": "caseflag",
        "merge": "personmerge",
    }
    for kind, names in COLUMNS.items():
        for name in names:
            assert SCREENED_COLUMNS[f"cases.{tables[kind]}.{name}"] == kind
    listed = {one for one, kind in SCREENED_COLUMNS.items() if kind in tables}
    beside = {"cases.sourcelabel.text", "cases.sourcelabel.group", "cases.lateroutcome.status"}
    assert listed - beside == {
        f"cases.{tables[kind]}.{name}" for kind, names in COLUMNS.items() for name in names
    }


def every_form() -> Iterator[type[forms.Form]]:
    def below(kind: type[forms.Form]) -> Iterator[type[forms.Form]]:
        for one in kind.__subclasses__():
            yield one
            yield from below(one)

    for one in below(forms.Form):
        if one.__module__.split(".")[0] in ROOMS:
            yield one


def writes_text(field: Any) -> bool:
    kinds = (forms.UUIDField, forms.EmailField, forms.URLField)
    return isinstance(field, forms.CharField) and not isinstance(field, kinds)


def known(name: str) -> bool:
    plain = re.sub(r"^point_\d$", "review_reason", name)
    # The evidence of a basis is an id of the case's evidence.
    return plain in SCREENED_NAMES or plain in EXCUSED_NAMES or plain.startswith("evidence_")


@pytest.mark.django_db
def test_every_text_of_every_form_is_known() -> None:
    found = [
        (form, name)
        for form in every_form()
        for name, field in form.base_fields.items()
        if writes_text(field)
    ]
    found += [(StatusForm, name) for name, field in StatusForm().fields.items() if writes_text(field)]
    assert len(found) > 40
    assert [(form.__name__, name) for form, name in found if not known(name)] == []


def test_texts_of_facts_ask_the_screen_while_they_are_typed() -> None:
    for kind in KINDS.values():
        for name, field in kind.form.base_fields.items():
            if writes_text(field) and name != "on":
                assert getattr(field, "screened", False), f"{kind.key}.{name}"


@pytest.mark.parametrize("step", [*FACT_STEPS, DECISION_STEP])
def test_every_text_of_the_assessment_is_known(step: str) -> None:
    assert [name for name in text_fields(EDITION.key, step) if name not in SCREENED_NAMES] == []


TAG = re.compile(r"<(textarea|input)\b([^>]*)>?", re.DOTALL)
NO_TEXT = re.compile(r'type="(hidden|radio|checkbox|submit|button|file|password|date|number)"')
NAMED = re.compile(r'name="([^"{]+)"')
# Names that a template fills in: fields of the assessment and of forms, which are walked above.
FILLED = re.compile(r'name="\{\{ [a-z_.]+ \}\}')


@pytest.mark.parametrize("name", list(templates()))
def test_every_input_of_every_template_is_known(name: str) -> None:
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    for tag, attributes in TAG.findall(text):
        if tag == "input" and NO_TEXT.search(attributes):
            continue
        named = NAMED.search(attributes)
        if named:
            assert known(named.group(1)), named.group(1)
        elif "name=" in attributes:
            assert FILLED.search(attributes), (name, attributes[:120])


@pytest.mark.django_db
def test_every_text_of_the_api_is_known() -> None:
    seen, unknown = 0, []
    for view in views():
        for operation in view.operations.values():
            body = operation.body() if operation.body else {}
            for name, told in body.get("properties", {}).items():
                if told.get("type") == "string" and "enum" not in told:
                    seen += 1
                    unknown += [] if known(name) else [(view.__name__, name)]
    assert seen > 10
    assert not unknown, unknown
