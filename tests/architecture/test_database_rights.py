"""What the application's role may do to each table of the schema `public`, said here table by table.

A new table is listed here with its rights, or this file fails: nothing becomes changeable because it was forgotten.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import connection

READ, INSERT = "SELECT", "INSERT"
UPDATE, DELETE, TRUNCATE = "UPDATE", "DELETE", "TRUNCATE"
EVERY_RIGHT = (READ, INSERT, UPDATE, DELETE, TRUNCATE, "REFERENCES", "TRIGGER", "MAINTAIN")
CHANGED, EMPTIED = frozenset({UPDATE}), frozenset({DELETE})
INSERT_ONLY: frozenset[str] = frozenset()

RIGHTS: dict[str, frozenset[str]] = {
    # The log grows.
    "ledger_entry": INSERT_ONLY,
    "ledger_case_link": INSERT_ONLY,
    "ledger_disclosure": INSERT_ONLY,
    # Its tree and what is signed about it come from the sealer alone.
    "ledger_leaf": INSERT_ONLY,
    "ledger_node": INSERT_ONLY,
    "ledger_batch": INSERT_ONLY,
    "ledger_checkpoint": INSERT_ONLY,
    "ledger_cosignature": INSERT_ONLY,
    "ledger_public_key": INSERT_ONLY,
    # An export is a job whose row moves; a kept filter may go.
    "ledger_export": CHANGED,
    "ledger_saved_scope": CHANGED | EMPTIED,
    # What was frozen stays as it was frozen.
    "ledger_frozen_months": INSERT_ONLY,
    # What was signed, reviewed or replaced stays.
    "assessment_decisionversion": INSERT_ONLY,
    "assessment_pinnedfact": INSERT_ONLY,
    "assessment_execution": INSERT_ONLY,
    "assessment_refusedtext": INSERT_ONLY,
    "accounts_training": INSERT_ONLY,
    "policy_calendarrow": INSERT_ONLY,
    "review_review": INSERT_ONLY,
    "review_oralapproval": INSERT_ONLY,
    "review_question": INSERT_ONLY,
    "review_answer": INSERT_ONLY,
    "review_returnpoint": INSERT_ONLY,
    "review_selection": INSERT_ONLY,
    "review_covertaken": INSERT_ONLY,
    "review_supervisorview": INSERT_ONLY,
    "review_fullreview": INSERT_ONLY,
    # A reminder is taken and done; a notification is seen and mailed.
    "review_reminder": CHANGED,
    "review_pause": CHANGED,
    "review_cover": CHANGED,
    "review_notification": CHANGED,
    # A kept filter of the queue is its owner's to replace and to remove.
    "review_savedview": CHANGED | EMPTIED,
    # Retired once: only the day of it may be written.
    "review_seed": CHANGED,
    "cases_recordversion": INSERT_ONLY,
    "cases_attachment": INSERT_ONLY,
    "cases_sealedreading": INSERT_ONLY,
    "cases_sourcelabel": INSERT_ONLY,
    "cases_lateroutcome": INSERT_ONLY,
    "cases_importedaction": INSERT_ONLY,
    "policy_clausefeedback": INSERT_ONLY,
    "policy_feedbackanswer": INSERT_ONLY,
    "policy_editioncontent": INSERT_ONLY,
    "policy_editionactivation": INSERT_ONLY,
    "policy_editionproposal": CHANGED,
    # Drafts and records change, each with a version and an entry; nobody deletes one.
    "assessment_assessment": CHANGED,
    "assessment_decision": CHANGED,
    "assessment_stepanswers": CHANGED,
    "assessment_returnanswers": CHANGED,
    "assessment_stop": CHANGED,
    "assessment_task": CHANGED,
    # A proposed change of the calendar is settled once, by another person; the database holds both.
    "policy_calendarchange": CHANGED,
    "cases_case": CHANGED,
    "cases_encounter": CHANGED,
    "cases_evidence": CHANGED,
    "cases_fact": CHANGED,
    "cases_importrun": CHANGED,
    "cases_person": CHANGED,
    # Of these the database lets only some columns change: whose they are, and how they ended.
    "cases_caseflag": CHANGED,
    "cases_sealednote": CHANGED,
    "cases_textcontest": CHANGED,
    "cases_personalias": CHANGED,
    "cases_personidentifier": CHANGED,
    "cases_personmerge": CHANGED,
    "cases_recordrequest": CHANGED,
    "cases_statusrecord": CHANGED,
    "review_absence": CHANGED,
    # What the screen found follows its text.
    "cases_screenedtext": CHANGED | EMPTIED,
    # Links of a versioned row: replaced as a whole, kept in the version before.
    "cases_alienagebasis": EMPTIED,
    "cases_support": EMPTIED,
    # Accounts are never deleted: their ids stand in the log.
    "accounts_office": INSERT_ONLY,
    "accounts_officezone": INSERT_ONLY,
    "accounts_user": CHANGED,
    # A new token of a person replaces the one before.
    "accounts_apitoken": CHANGED,
    # Sessions and failed sign-ins pass.
    "django_session": CHANGED | EMPTIED,
    "axes_accessattempt": CHANGED | EMPTIED,
    "axes_accessattemptexpiration": CHANGED | EMPTIED,
    "axes_accessfailurelog": INSERT_ONLY,
    "axes_accesslog": INSERT_ONLY,
    # Django's own; the product keeps nothing there.
    "auth_group": INSERT_ONLY,
    "auth_group_permissions": INSERT_ONLY,
    "auth_permission": INSERT_ONLY,
    "django_content_type": INSERT_ONLY,
    "django_migrations": INSERT_ONLY,
}
# The database itself writes these, through functions of their owner; and the sealer its own.
SEALED = {
    "ledger_leaf",
    "ledger_node",
    "ledger_batch",
    "ledger_checkpoint",
    "ledger_cosignature",
    "ledger_public_key",
}
NOT_EVEN_INSERTED = {"ledger_case_link", "cases_recordversion"} | SEALED


@pytest.fixture
def held(db: None) -> dict[tuple[str, str], frozenset[str]]:
    """`(role, table)` to every right on the table or on one of its columns."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.rolname, c.relname, c.relispartition, p.name FROM pg_class c"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " CROSS JOIN (VALUES ('totality_app'), ('totality_sealer'), ('totality_statistics'), ('public')) r(rolname)"
            " CROSS JOIN unnest(%s::text[]) AS p(name)"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')"
            "   AND (has_table_privilege(r.rolname, c.oid, p.name) OR CASE"
            "        WHEN p.name IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')"
            "        THEN has_any_column_privilege(r.rolname, c.oid, p.name) ELSE false END)",
            [list(EVERY_RIGHT)],
        )
        found: dict[tuple[str, str], set[str]] = {}
        for role, table, _, right in cursor.fetchall():
            found.setdefault((role, table), set()).add(right)
    return {key: frozenset(rights) for key, rights in found.items()}


def _tables() -> tuple[set[str], set[str]]:
    """Tables of `public`, and the partitions among them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relispartition FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')"
        )
        rows = cursor.fetchall()
    return {name for name, _ in rows}, {name for name, partition in rows if partition}


def test_every_table_is_listed(db: None) -> None:
    tables, partitions = _tables()
    assert tables - partitions == set(RIGHTS)
    assert all(name.startswith("ledger_") for name in partitions)


def test_the_tests_connect_as_the_application(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("totality_app", False, False)


@pytest.mark.parametrize("table", sorted(RIGHTS))
def test_the_application_changes_what_is_listed(held: dict[Any, frozenset[str]], table: str) -> None:
    rights = held.get(("totality_app", table), frozenset())
    assert rights & {UPDATE, DELETE, TRUNCATE} == RIGHTS[table]
    assert READ in rights
    assert (INSERT in rights) is (table not in NOT_EVEN_INSERTED)
    assert not rights & {"REFERENCES", "TRIGGER", "MAINTAIN"}


def test_nobody_changes_a_partition_of_the_log(held: dict[Any, frozenset[str]]) -> None:
    _, partitions = _tables()
    assert partitions
    for (role, table), rights in held.items():
        if table in partitions:
            assert not rights - {READ, INSERT}, (role, table, rights)


def test_the_sealer_adds_to_the_tree_and_does_nothing_else(held: dict[Any, frozenset[str]]) -> None:
    its_own = {table: rights for (role, table), rights in held.items() if role == "totality_sealer"}
    assert its_own == {"ledger_entry": {READ}} | {table: {READ, INSERT} for table in SEALED}


def test_the_sealer_reads_no_content(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = 'ledger_entry'::regclass AND attnum > 0"
            " AND has_column_privilege('totality_sealer', 'ledger_entry', attname, 'SELECT') ORDER BY attname"
        )
        assert [name for (name,) in cursor.fetchall()] == ["id", "leaf_hash", "tx_id"]


def test_nobody_empties_a_table_at_once(held: dict[Any, frozenset[str]]) -> None:
    for (role, table), rights in held.items():
        assert TRUNCATE not in rights, (role, table)


def test_the_public_has_nothing(held: dict[Any, frozenset[str]], owner: Any) -> None:
    assert {table for (role, table) in held if role == "public"} == set()
    owner.execute(
        "SELECT has_schema_privilege('public', 'public', 'CREATE'),"
        " has_database_privilege('public', current_database(), 'TEMP'),"
        " has_database_privilege('public', current_database(), 'CONNECT')"
    )
    assert owner.fetchone() == (False, False, False)


def test_the_application_makes_nothing(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_schema_privilege('public', 'CREATE'), has_database_privilege(current_database(), 'CREATE'),"
            " has_database_privilege(current_database(), 'TEMP')"
        )
        assert cursor.fetchone() == (False, False, False)


def test_the_application_owns_nothing(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relowner = 'totality_app'::regrole")
        assert cursor.fetchall() == []
        cursor.execute("SELECT proname FROM pg_proc WHERE proowner = 'totality_app'::regrole")
        assert cursor.fetchall() == []


def test_every_model_of_the_product_has_a_listed_table() -> None:
    for model in apps.get_models():
        if model._meta.managed:
            assert model._meta.db_table in RIGHTS, model
