"""Every row of a person that merges made one: what the gate holds of each of them speaks of the same person."""

from __future__ import annotations

from django.db import migrations

SQL = """
CREATE FUNCTION public.cases_persons_of(person uuid) RETURNS SETOF uuid
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp
AS $body$
    WITH RECURSIVE known(id) AS (
        SELECT person
        UNION
        SELECT m.absorbed_id FROM public.cases_personmerge m JOIN known k ON m.survivor_id = k.id
         WHERE m.undone_at IS NULL
    )
    SELECT id FROM known
$body$;
REVOKE ALL ON FUNCTION public.cases_persons_of(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.cases_persons_of(uuid) TO totality_app;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_rights_of_flags_and_merges")]

    operations = [migrations.RunSQL(SQL, "DROP FUNCTION public.cases_persons_of(uuid)")]
