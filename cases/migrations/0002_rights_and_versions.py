"""Rights of the application's role on the record, and the trigger that keeps what a row was before a change.

The trigger runs as its owner, because the application itself may only read the versions: it can neither forge nor lose
one. It refuses a change of a versioned row that does not take the next version, so that no way in can skip it.
"""

from __future__ import annotations

from django.db import migrations

VERSIONED = {
    "cases_person": "person",
    "cases_case": "case",
    "cases_encounter": "encounter",
    "cases_fact": "fact",
    "cases_evidence": "evidence",
    "cases_recordrequest": "record_request",
    "cases_statusrecord": "status",
}
INSERT_ONLY = ["cases_personidentifier", "cases_sourcelabel", "cases_lateroutcome"]
LINKS = ["cases_alienagebasis", "cases_support"]

FUNCTION = """
CREATE FUNCTION public.cases_keep_version() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    was jsonb := to_jsonb(OLD);
BEGIN
    IF NEW.id IS DISTINCT FROM OLD.id THEN
        RAISE EXCEPTION '%: the id of a row never changes', TG_TABLE_NAME USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.version IS DISTINCT FROM OLD.version + 1 THEN
        RAISE EXCEPTION '%: a change takes the next version (% follows %)', TG_TABLE_NAME, OLD.version + 1, OLD.version
            USING ERRCODE = 'check_violation';
    END IF;
    -- What hangs on the row belongs to the version too; whoever changes it, changes the row first.
    IF TG_ARGV[0] = 'fact' THEN
        was := was || jsonb_build_object('evidence', (
            SELECT coalesce(jsonb_agg(s.evidence_id ORDER BY s.id), '[]') FROM public.cases_support s WHERE s.fact_id = OLD.id
        ));
    ELSIF TG_ARGV[0] = 'status' THEN
        was := was || jsonb_build_object('bases', (
            SELECT coalesce(jsonb_agg(jsonb_build_object('basis', b.basis, 'evidence', b.evidence_id) ORDER BY b.id), '[]')
              FROM public.cases_alienagebasis b WHERE b.status_id = OLD.id
        ));
    END IF;
    INSERT INTO public.cases_recordversion (row_kind, row_id, version, content, replaced_at)
        VALUES (TG_ARGV[0], OLD.id, OLD.version, was, clock_timestamp());
    RETURN NEW;
END
$body$;
REVOKE ALL ON FUNCTION public.cases_keep_version() FROM PUBLIC, totality_app;
"""

TRIGGERS = "\n".join(
    f"CREATE TRIGGER cases_keep_version BEFORE UPDATE ON public.{table}"
    f" FOR EACH ROW EXECUTE FUNCTION public.cases_keep_version('{kind}');"
    for table, kind in VERSIONED.items()
)

EVERY_TABLE = ", ".join([*VERSIONED, *INSERT_ONLY, *LINKS, "cases_importrun", "cases_recordversion"])
CHANGED = ", ".join([*VERSIONED, "cases_importrun"])

GRANTS = f"""
REVOKE ALL ON {EVERY_TABLE} FROM PUBLIC, totality_app;
GRANT SELECT ON cases_recordversion TO totality_app;
GRANT SELECT, INSERT, UPDATE ON {CHANGED} TO totality_app;
GRANT SELECT, INSERT ON {", ".join(INSERT_ONLY)} TO totality_app;
GRANT SELECT, INSERT, DELETE ON {", ".join(LINKS)} TO totality_app;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION public.cases_keep_version() CASCADE"),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
    ]
