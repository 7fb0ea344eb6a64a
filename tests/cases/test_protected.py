"""Protected attributes: no role of the application reads or writes them, and no function gives one back."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
import pytest
from django.db import connection, transaction
from psycopg2 import errors

from accounts.models import Office, User
from cases.models import AlienageBasis, Case, Person, StatusRecord
from cases.protected import gate
from ledger import clock
from ledger.models import Entry
from tests.data import INVENTED
from tests.data.extracts import COUNTRIES, GENDERS
from tests.data.running import everything, protected_rows, run_import

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clause("III#19", "III#19b")]

ROLES = {
    "totality_app": "DATABASE_URL",
    "totality_sealer": "DATABASE_SEALER_URL",
    "totality_statistics": "DATABASE_STATISTICS_URL",
}
TRIES = (
    "SELECT * FROM protected.attribute",
    "SELECT count(*) FROM protected.attribute",
    "INSERT INTO protected.attribute (person_id, kind, value, source)"
    " VALUES (gen_random_uuid(), 'sex', 'x', 'y')",
    "UPDATE protected.attribute SET value = 'x'",
    "DELETE FROM protected.attribute",
    "TRUNCATE protected.attribute",
    "COPY protected.attribute TO STDOUT",
    "CREATE TABLE protected.mine (id int)",
    "CREATE FUNCTION gate.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "DROP SCHEMA protected CASCADE",
    "SET ROLE totality_protected",
    "SET ROLE totality_owner",
    "ALTER FUNCTION gate.coded_statements(uuid) OWNER TO CURRENT_USER",
)


@contextmanager
def connected(role: str) -> Iterator[Any]:
    url = os.environ[ROLES[role]].rsplit("/", 1)[0] + "/" + connection.settings_dict["NAME"]
    opened = psycopg2.connect(url)
    opened.autocommit = True
    try:
        with opened.cursor() as cursor:
            cursor.execute("SELECT current_user")
            assert cursor.fetchone() == (role,)
            yield cursor
    finally:
        opened.close()


@pytest.fixture
def person() -> Person:
    return Person.objects.create(recorded_at=clock.now())


@pytest.fixture
def case(person: Person) -> Case:
    office = Office.objects.create(key="eastvale", name="Eastvale")
    return Case.objects.create(person=person, office=office, opened_at=clock.now())


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("statement", TRIES)
def test_no_role_of_the_application_gets_in(role: str, statement: str) -> None:
    with connected(role) as cursor, pytest.raises(errors.InsufficientPrivilege):
        cursor.execute(statement)


@pytest.mark.parametrize("role", ["totality_sealer", "totality_statistics"])
def test_only_the_application_has_the_doors(role: str) -> None:
    with connected(role) as cursor, pytest.raises(errors.InsufficientPrivilege):
        cursor.execute("SELECT * FROM gate.coded_statements(gen_random_uuid())")


def test_the_owner_has_no_right_by_being_the_owner(owner: Any) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        owner.execute("SELECT * FROM protected.attribute")
    # A function of the owner, as a careless migration might make one, opens nothing either.
    owner.execute(
        "CREATE FUNCTION public.peek() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER"
        " AS 'BEGIN RETURN (SELECT count(*) FROM protected.attribute); END'"
    )
    try:
        with connected("totality_app") as cursor, pytest.raises(errors.InsufficientPrivilege):
            cursor.execute("SELECT public.peek()")
    finally:
        owner.execute("DROP FUNCTION public.peek()")


def test_every_function_of_the_gate_is_owned_fixed_and_granted_one_by_one(owner: Any) -> None:
    owner.execute(
        "SELECT p.proname, r.rolname, p.prosecdef, p.proconfig, p.prorettype::regtype::text,"
        " has_function_privilege('totality_app', p.oid, 'EXECUTE'),"
        " EXISTS (SELECT 1 FROM aclexplode(p.proacl) a WHERE a.grantee = 0)"
        " FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_roles r ON r.oid = p.proowner"
        " WHERE n.nspname = 'gate'"
    )
    functions = {row[0]: row[1:] for row in owner.fetchall()}
    path = ["search_path=pg_catalog, protected, pg_temp"]
    assert functions == {
        "put_attributes": ("totality_protected", True, path, "void", True, False),
        "put_attributes_many": ("totality_protected", True, path, "void", True, False),
        "coded_statements": ("totality_protected", True, path, "record", True, False),
        "put_refused_words": ("totality_protected", True, path, "void", True, False),
        "read_refused_words": ("totality_protected", True, path, "record", True, False),
        "put_status_note": ("totality_protected", True, path, "void", True, False),
        "read_status_note": ("totality_protected", True, path, "jsonb", True, False),
    }


def test_not_even_its_own_role_changes_an_attribute(owner: Any, person: Person) -> None:
    gate.put_attributes(person_id=person.id, attributes={"sex": "Genderword-F"}, source="status page")
    for statement in ("UPDATE protected.attribute SET value = 'x'", "DELETE FROM protected.attribute"):
        owner.execute("SET ROLE totality_protected")
        try:
            with pytest.raises(errors.InsufficientPrivilege, match="added, never changed"):
                owner.execute(statement)
        finally:
            owner.execute("RESET ROLE")


def test_the_same_word_of_the_same_source_is_kept_once(owner: Any, person: Person) -> None:
    for _ in range(2):
        gate.put_attributes(
            person_id=person.id,
            attributes={"citizenship_country": " ZUBROWKA ", "language": "", "sex": "Genderword-F"},
            source="status page",
        )
    mine = {(kind, value) for who, kind, value in protected_rows(owner) if who == str(person.id)}
    assert mine == {("citizenship_country", "ZUBROWKA"), ("sex", "Genderword-F")}


def test_a_change_that_is_undone_takes_its_attributes_with_it(owner: Any, person: Person) -> None:
    with transaction.atomic():
        gate.put_attributes(person_id=person.id, attributes={"sex": "Genderword-F"}, source="status page")
        transaction.set_rollback(True)
    assert str(person.id) not in {who for who, _, _ in protected_rows(owner)}


def test_refusals_name_no_value(person: Person) -> None:
    for attributes in ({"shoe_size": "ZUBROWKA"}, {"sex": "ZUBROWKA" * 40}):
        with pytest.raises(ValueError) as refused:
            gate.put_attributes(person_id=person.id, attributes=attributes, source="status page")
        assert "ZUBROWKA" not in str(refused.value)
    with connected("totality_app") as cursor:
        for bad in (
            '{"shoe_size": "ZUBROWKA"}',
            '{"sex": ""}',
            '["ZUBROWKA"]',
            '{"sex": "%s"}' % ("ZUBROWKA" * 40),
        ):
            with pytest.raises(errors.InvalidParameterValue) as told:
                cursor.execute("SELECT gate.put_attributes(%s, %s, 'x')", [str(person.id), bad])
            assert "ZUBROWKA" not in str(told.value)


def test_an_attribute_on_its_way_has_no_text_form() -> None:
    one = gate.Attribute(uuid.uuid4(), "sex", "Genderword-F", "status page")
    assert "Genderword" not in repr(one)
    assert "Genderword" not in str(one)


def test_statements_are_codes_and_numbers(case: Case) -> None:
    user = User.objects.create_user(
        username="o", password="x" * 20, full_name="Robin Vale", role="officer", office=case.office
    )
    assert gate.coded_statements(case_id=case.id) == ["Status and removability: not recorded yet."]
    gate.put_attributes(
        person_id=case.person_id,
        attributes={
            "country_of_birth": "ZUBROWKA",
            "citizenship_country": "RURITANIA",
            "language": "Ruritanian",
        },
        source="status page",
    )
    gate.put_attributes(
        person_id=case.person_id, attributes={"country_of_birth": "SYLDAVIA"}, source="ice-arrests"
    )
    status = StatusRecord.objects.create(
        case=case, charges=["237(a)(1)(B)"], complete=True, saved_at=clock.now(), saved_by=user
    )
    for basis in ("own_statement", "prior_order"):
        AlienageBasis.objects.create(status=status, basis=basis)
    assert gate.coded_statements(case_id=case.id) == [
        "Alienage stated, not yet supported, 2 sources, one independent, 2 without evidence.",
        "Charge 237(a)(1)(B).",
        "A place of birth abroad is recorded, 2 sources.",
        "A foreign citizenship is recorded, 1 source.",
    ]


def test_a_sign_of_citizenship_is_told_and_an_unknown_country_says_nothing(case: Case) -> None:
    gate.put_attributes(
        person_id=case.person_id,
        attributes={"country_of_birth": "United States", "citizenship_country": "Unknown"},
        source="status page",
    )
    assert gate.coded_statements(case_id=case.id)[1:] == [
        "A sign of United States citizenship is recorded, 1 source."
    ]


def test_what_an_import_brings_is_nowhere_but_behind_the_gate(owner: Any) -> None:
    run_import(INVENTED)
    held = protected_rows(owner)
    people = {str(one) for one in Person.objects.values_list("id", flat=True)}
    mine = {(kind, value) for who, kind, value in held if who in people}
    assert {kind for kind, _ in mine} == {"citizenship_country", "departure_country", "gender"}
    assert {value for kind, value in mine if kind == "citizenship_country"} == set(COUNTRIES)
    words = (*COUNTRIES, *GENDERS, "SYLDAVIA")
    for table, rows in everything(owner).items():
        for row in rows:
            assert not [word for word in words if word.lower() in row.lower()], table
    assert Entry.objects.filter(event="cases.import.applied").count() == 6


def test_debugging_keeps_no_statement_with_a_value(person: Person, settings: Any) -> None:
    settings.DEBUG = True
    connection.queries_log.clear()
    gate.put_attributes(person_id=person.id, attributes={"sex": "Genderword-F"}, source="status page")
    assert not [one for one in connection.queries if "Genderword" in one["sql"]]
