"""What keeps the tables as they are: their triggers, and the functions behind these, as the migrations made them.

Whoever owns the database can replace a trigger by one that does nothing, or by one that drops what somebody writes.
The rows cannot tell of it afterwards, so the check asks the catalog. It says how things stand now, not how they stood
while nobody looked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final

from django.db import connection

from ledger.findings import Finding, FindingKind
from ledger.verifying.rows import Tell

REFUSE: Final = "EXECUTE FUNCTION ledger_refuse_change()"
# As `pg_get_triggerdef` writes them, between the table's name and the end.
ONLY_GROWS: Final = {
    "ledger_only_grows": ("BEFORE DELETE OR UPDATE OR TRUNCATE", f"FOR EACH STATEMENT {REFUSE}"),
    "ledger_only_grows_row": ("BEFORE DELETE OR UPDATE", f"FOR EACH ROW {REFUSE}"),
}
TRIGGERS: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = {
    "ledger_entry": {
        **ONLY_GROWS,
        "ledger_fill_entry": ("BEFORE INSERT", "FOR EACH ROW EXECUTE FUNCTION ledger_fill_entry()"),
    },
    "ledger_disclosure": {
        "ledger_only_grows": ("BEFORE UPDATE OR TRUNCATE", f"FOR EACH STATEMENT {REFUSE}"),
        "ledger_only_grows_row": ("BEFORE UPDATE", f"FOR EACH ROW {REFUSE}"),
        "ledger_check_disclosures": (
            "AFTER INSERT",
            "REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_check_disclosures()",
        ),
        "ledger_erased_by_order_only": (
            "BEFORE DELETE",
            "FOR EACH ROW EXECUTE FUNCTION ledger_refuse_unordered_erasing()",
        ),
    },
    **dict.fromkeys(
        (
            "ledger_case_link",
            "ledger_leaf",
            "ledger_node",
            "ledger_batch",
            "ledger_checkpoint",
            "ledger_cosignature",
            "ledger_public_key",
            "ledger_frozen_months",
        ),
        ONLY_GROWS,
    ),
}
# SHA-256 of the bodies. A migration that changes one changes it here; the tests hold the two together.
FUNCTIONS: Final[Mapping[str, str]] = {
    "ledger_gate.erase_disclosure": "50af3a4e6192528aee8d04eebbba8d1f1e4497edc88a86a148e6984afa74ab71",
    "public.ledger_check_disclosures": "83809d13bb186232a24a96014548a88f4cdc28b808a31a3d3a4c3e39e302c10e",
    "public.ledger_fill_entry": "e78d231391daa65516c1bcb207600b6659a39d4f502325b70fd5a40ff9f986d2",
    "public.ledger_id_floor": "422b414bee7ca4c1174aaa25c26565ef8df284588c88a72a94af09052b292683",
    "public.ledger_is_ordered": "de2e3a2f7808a426e4ffe0bc7039ec7687c935c4286e20ce98ced7f5c90ff4ee",
    "public.ledger_make_partition": "078bddcab85116ea8e1c6b9d15a2eba5c096df5ee9eb882e356e3cfe0588cf95",
    "public.ledger_refuse_change": "69e4cb7d304b463d0ed335d2f00b16f2da555f62fdbb47bf119ceeba427eeaf5",
    "public.ledger_refuse_unordered_erasing": "b8b49a61d5b80eea17828d89877de254cd646b5b0e38bd96763ce4d6dffd4be4",
}
# Every table of the log with its partitions, and what stands on it; a table without a trigger has one row.
STANDING: Final = """
    SELECT coalesce(parent.relname, own.relname), own.relname, t.tgname, t.tgenabled::text,
        -- Names are written without the schema where the search path leads to it, so the schema is told beside them.
        replace(pg_get_triggerdef(t.oid), 'EXECUTE FUNCTION public.', 'EXECUTE FUNCTION '), does.nspname = 'public',
        EXISTS (SELECT FROM pg_rewrite r WHERE r.ev_class = own.oid)
    FROM pg_class own JOIN pg_namespace n ON n.oid = own.relnamespace AND n.nspname = 'public'
        LEFT JOIN pg_inherits i ON i.inhrelid = own.oid LEFT JOIN pg_class parent ON parent.oid = i.inhparent
        LEFT JOIN pg_trigger t ON t.tgrelid = own.oid AND NOT t.tgisinternal
        LEFT JOIN pg_proc f ON f.oid = t.tgfoid LEFT JOIN pg_namespace does ON does.oid = f.pronamespace
    WHERE own.relkind IN ('r', 'p') AND coalesce(parent.relname, own.relname) = ANY(%s)
    ORDER BY own.relname, t.tgname
"""


def check_guards(tell: Tell) -> None:
    """Every trigger on the tables of the log and every function of it; a finding for each that is not as made."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    family: dict[str, str] = {}
    with connection.cursor() as cursor:
        cursor.execute(STANDING, [list(TRIGGERS)])
        for parent, table, name, enabled, definition, is_own, has_rule in cursor.fetchall():
            family[table] = parent
            standing = found.setdefault(table, {})
            if has_rule:
                standing["a rule"] = ("O", "")
            if name is not None:
                standing[name] = (enabled, definition if is_own else "")
        cursor.execute(
            "SELECT n.nspname || '.' || p.proname, p.prosrc"
            "  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE n.nspname || '.' || p.proname = ANY(%s)",
            [list(FUNCTIONS)],
        )
        bodies = {name: hashlib.sha256(body.encode()).hexdigest() for name, body in cursor.fetchall()}
    for table, standing in found.items():
        _check_table(table, TRIGGERS[family[table]], standing, tell)
    for name, digest in FUNCTIONS.items():
        if bodies.get(name) != digest:
            words = "its body is not the one that the migrations made" if name in bodies else "it is gone"
            tell(Finding(FindingKind.ALTERED, f"function {name}", words))


def _check_table(
    table: str, expected: Mapping[str, tuple[str, str]], standing: Mapping[str, tuple[str, str]], tell: Tell
) -> None:
    for name in sorted({*expected, *standing}):
        where = f"table {table}, trigger {name}"
        if name not in standing:
            tell(
                Finding(
                    FindingKind.ALTERED, where, "it is gone, so that nothing guards the rows in its place"
                )
            )
        elif name not in expected:
            tell(
                Finding(
                    FindingKind.ALTERED, where, "the migrations made none, and it can change what is written"
                )
            )
        else:
            enabled, definition = standing[name]
            when, does = expected[name]
            if definition != f"CREATE TRIGGER {name} {when} ON public.{table} {does}":
                tell(
                    Finding(
                        FindingKind.ALTERED, where, "it does something else than the migrations made it do"
                    )
                )
            if enabled not in ("O", "A"):
                tell(Finding(FindingKind.ALTERED, where, "it is switched off"))
