"""Invariant 2 by structure: what is protected has no place in the types that a decision is made of."""

from __future__ import annotations

import inspect
import os
import re
from collections.abc import Iterator

import psycopg2
import pydantic
import pytest
from django.apps import apps
from django.db import connection

from assessment import document_parts as document
from cases.facts import KINDS
from ledger.events import registered
from policy.editions import load
from tests.architecture.source import ROOMS
from tests.support import database

pytestmark = pytest.mark.clause("III#18", "III#19b")

TELLING = re.compile(
    r"(^|_)(race|racial|ethnic\w*|religio\w*|faith|gender\w*|sex|sexual\w*|orientation|nationality|national_origin"
    r"|citizenship_country|country|language|tongue|political\w*|party_member\w*|union_member\w*|complexion|skin|accent)(_|$)"
)


def telling(name: str) -> bool:
    return bool(TELLING.search(name.lower()))


def test_the_words_that_are_looked_for_are_found() -> None:
    for name in (
        "country_of_birth",
        "gender",
        "person_sex",
        "language",
        "sexual_orientation",
        "political_views",
    ):
        assert telling(name)
    for name in ("citizenship_claim", "office", "family_name", "birth_earliest", "sexes_of", "trace"):
        assert not telling(name)


def test_no_model_has_a_protected_column() -> None:
    for model in apps.get_models():
        if model._meta.app_label in ROOMS:
            for one in model._meta.get_fields():
                assert not telling(one.name), f"{model._meta.label}.{one.name}"


def test_no_table_outside_the_protected_schema_has_a_protected_column(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0"
        )
        columns = cursor.fetchall()
    assert len(columns) > 100
    assert [f"{table}.{column}" for table, column in columns if telling(column)] == []


def _members(model: type[pydantic.BaseModel]) -> Iterator[str]:
    yield from (f"{model.__name__}.{name}" for name in model.model_fields)


def test_no_type_of_the_document_has_a_protected_member() -> None:
    parts = [
        one
        for _, one in inspect.getmembers(document, inspect.isclass)
        if issubclass(one, pydantic.BaseModel) and one.__module__ == document.__name__
    ]
    assert len(parts) > 10
    for part in parts:
        for name in _members(part):
            assert not telling(name.partition(".")[2]), name


def test_no_kind_of_fact_and_no_event_has_a_protected_member() -> None:
    for kind in KINDS.values():
        for name in kind.details.model_fields:
            assert not telling(name), f"{kind.key}.{name}"
    for one in registered():
        for name in one.payload.model_fields:
            assert not telling(name), f"{one.code}.{name}"


def test_no_field_of_the_assessment_is_protected() -> None:
    from assessment.fields import DECISION_STEP, FACT_STEPS, all_fields

    for step in (*FACT_STEPS, DECISION_STEP):
        for name in all_fields("2021-09-30", step):
            assert not telling(name), f"{step}: {name}"
    assert load("2021-09-30")


ROLES = {
    "totality_app": "DATABASE_URL",
    "totality_sealer": "DATABASE_SEALER_URL",
    "totality_statistics": "DATABASE_STATISTICS_URL",
}


@pytest.mark.parametrize("role", ROLES)
def test_no_role_of_a_process_reads_or_writes_what_is_protected(db: None, owner: object, role: str) -> None:
    """Every table there, whatever it is called; `tests/cases/test_protected.py` tries the ways around it."""
    if ROLES[role] not in os.environ:
        pytest.fail(f"{ROLES[role]} is not set, so this role cannot be tried.")
    owner.execute(  # type: ignore[attr-defined]
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'protected' AND c.relkind IN ('r', 'p', 'v', 'm')"
    )
    tables = [name for (name,) in owner.fetchall()]  # type: ignore[attr-defined]
    assert "attribute" in tables
    opened = database.role_url(ROLES[role], connection.settings_dict["NAME"])
    try:
        with opened.cursor() as cursor:
            for table in tables:
                for statement in (
                    f'SELECT 1 FROM protected."{table}"',
                    f'INSERT INTO protected."{table}" DEFAULT VALUES',
                ):
                    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                        cursor.execute(statement)
    finally:
        opened.close()
