"""Roles, passwords and the database, made the same way at every start.

The rights themselves are in `config/database/*.sql`, which Docker Compose uses as well.
"""

from __future__ import annotations

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import connection, encrypt_password

from config.embedded import credentials, ports
from config.embedded.errors import EmbeddedError
from config.embedded.layout import DATABASE_SQL

NAME = "totality"


def answers(port: int, passwords: dict[str, str]) -> bool:
    """Whether the server there is ready. EmbeddedError when it is, but does not know our password."""
    try:
        _connect(port, passwords, "postgres").close()
    except psycopg2.OperationalError as error:
        if "password authentication failed" in str(error):
            raise EmbeddedError(
                "the passwords in credentials.json are not those of this database. Restore the file that"
                " belongs to the data, or remove both to begin anew."
            ) from error
        return False
    return True


def prepare(port: int, passwords: dict[str, str]) -> None:
    """Bring roles, passwords, database and rights into place; changes nothing where they are."""
    with_database = _connect(port, passwords, "postgres")
    try:
        with with_database.cursor() as cursor:
            cursor.execute((DATABASE_SQL / "roles.sql").read_text(encoding="utf-8"))
            for role in credentials.LOGIN_ROLES:
                # Hashed on this side: the password itself never reaches a log of the server.
                verifier = encrypt_password(passwords[role], role, with_database, "scram-sha-256")
                cursor.execute(
                    sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(verifier))
                )
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
            if cursor.fetchone() is None:
                cursor.execute(
                    sql.SQL("CREATE DATABASE {} OWNER totality_owner TEMPLATE template0").format(
                        sql.Identifier(NAME)
                    )
                )
    finally:
        with_database.close()
    # template1 too: databases that tests make are copies of it and need the same default rights.
    for name in ("template1", NAME):
        inside = _connect(port, passwords, name)
        try:
            with inside.cursor() as cursor:
                cursor.execute((DATABASE_SQL / "database.sql").read_text(encoding="utf-8"))
        finally:
            inside.close()


def _connect(port: int, passwords: dict[str, str], name: str) -> connection:
    opened = psycopg2.connect(
        host=ports.HOST,
        port=port,
        user=credentials.SUPERUSER,
        password=passwords[credentials.SUPERUSER],
        dbname=name,
        connect_timeout=10,
    )
    opened.autocommit = True
    return opened
