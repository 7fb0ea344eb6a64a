"""The cases whose record a case holds: its own, and those that were closed by a merge into it."""

from __future__ import annotations

from django.db import migrations

# Rows that cannot move (a sealed note lies behind the gate under its case) are found through this.
SQL = """
CREATE FUNCTION public.cases_held_by(holder uuid) RETURNS SETOF uuid
    LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp
AS $body$
    WITH RECURSIVE held AS (
        SELECT holder AS id
        UNION SELECT c.id FROM public.cases_case c JOIN held ON c.merged_into_id = held.id
    )
    SELECT id FROM held
$body$;
CREATE FUNCTION public.cases_holding(held uuid) RETURNS SETOF uuid
    LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp
AS $body$
    WITH RECURSIVE holding AS (
        SELECT held AS id
        UNION SELECT c.merged_into_id FROM public.cases_case c JOIN holding ON c.id = holding.id
        WHERE c.merged_into_id IS NOT NULL
    )
    SELECT id FROM holding
$body$;
REVOKE ALL ON FUNCTION public.cases_held_by(uuid), public.cases_holding(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.cases_held_by(uuid), public.cases_holding(uuid) TO totality_app;
"""
REVERSE = """
DROP FUNCTION public.cases_held_by(uuid);
DROP FUNCTION public.cases_holding(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_rights_of_sealed_notes")]

    operations = [migrations.RunSQL(SQL, REVERSE)]
