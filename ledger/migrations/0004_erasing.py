"""Erasing one disclosed value by order, through a function of the role that nobody logs in as."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent / "sql"
TREE = ("leaf", "node", "batch", "checkpoint", "cosignature", "public_key")
ROW_TRIGGERS = "; ".join(f"DROP TRIGGER ledger_only_grows_row ON public.ledger_{name}" for name in TREE)
BACK = """
DROP TRIGGER ledger_erased_by_order_only ON public.ledger_disclosure;
DROP TRIGGER ledger_only_grows ON public.ledger_disclosure;
DROP TRIGGER ledger_only_grows_row ON public.ledger_disclosure;
CREATE TRIGGER ledger_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON public.ledger_disclosure
    FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_refuse_change();
CREATE TRIGGER ledger_only_grows_row BEFORE UPDATE OR DELETE ON public.ledger_disclosure
    FOR EACH ROW EXECUTE FUNCTION public.ledger_refuse_change();
SET LOCAL ROLE totality_protected;
DROP SCHEMA ledger_gate CASCADE;
RESET ROLE;
DROP FUNCTION public.ledger_refuse_unordered_erasing();
DROP FUNCTION public.ledger_is_ordered(uuid, text);
REVOKE ALL ON public.ledger_disclosure FROM totality_protected;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_exports")]

    operations = [migrations.RunSQL((SQL / "0004_erasing.sql").read_text(), f"{ROW_TRIGGERS}; {BACK}")]
