"""Similar names are found by trigrams, where the database has `pg_trgm` and lets its owner switch it on.

Without it nothing is lost but the search for similar names, which then says that it is not there.
"""

from __future__ import annotations

from django.db import migrations

SWITCH_ON = """
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm') THEN
        CREATE EXTENSION IF NOT EXISTS pg_trgm;
        CREATE INDEX IF NOT EXISTS person_name_similar ON cases_person
            USING gin (upper(family_name || ' ' || given_name) gin_trgm_ops);
        CREATE INDEX IF NOT EXISTS alias_name_similar ON cases_personalias
            USING gin (upper(family_name || ' ' || given_name) gin_trgm_ops);
    END IF;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'pg_trgm is not switched on: the owner of the database may not; similar names are not searched';
END $$;
"""
SWITCH_OFF = "DROP INDEX IF EXISTS person_name_similar; DROP INDEX IF EXISTS alias_name_similar;"


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_cases_of_a_merge")]

    operations = [migrations.RunSQL(SWITCH_ON, SWITCH_OFF)]
