"""Rights on the tables of 0004, flags for what is restricted already, and the trigger that keeps a restriction.

A row of an identifier may change its person (a merge) and nothing else. A restriction falls only when restricting
flags were set and every one of them was cleared by two people; the application cannot lift it in another way.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

from ledger.clock import now
from ledger.ids import new_id

GRANTS = """
REVOKE ALL ON cases_personalias, cases_caseflag, cases_attachment, cases_personmerge FROM PUBLIC, totality_app;
GRANT SELECT, INSERT ON cases_personalias, cases_caseflag, cases_attachment, cases_personmerge TO totality_app;
GRANT UPDATE (person_id, withdrawn) ON cases_personalias TO totality_app;
GRANT UPDATE (clear_asked_by_id, clear_asked_at, clear_reason, cleared_by_id, cleared_at) ON cases_caseflag
    TO totality_app;
GRANT UPDATE (undone_at, undone_by_id) ON cases_personmerge TO totality_app;
GRANT UPDATE (person_id) ON cases_personidentifier TO totality_app;
"""

KEEP = """
CREATE FUNCTION public.cases_keep_restriction() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF EXISTS (SELECT 1 FROM public.cases_caseflag f
                WHERE f.case_id = NEW.id AND f.kind IN ('section_1367', 'asylum_208_6') AND f.cleared_at IS NULL)
       OR NOT EXISTS (SELECT 1 FROM public.cases_caseflag f
                WHERE f.case_id = NEW.id AND f.kind IN ('section_1367', 'asylum_208_6')) THEN
        RAISE EXCEPTION 'the restriction of a case falls only when its flags were cleared'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$body$;
REVOKE ALL ON FUNCTION public.cases_keep_restriction() FROM PUBLIC, totality_app;
CREATE TRIGGER cases_keep_restriction BEFORE UPDATE ON public.cases_case
    FOR EACH ROW WHEN (OLD.restricted AND NOT NEW.restricted)
    EXECUTE FUNCTION public.cases_keep_restriction();

CREATE FUNCTION public.cases_keep_cleared() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    RAISE EXCEPTION 'a cleared flag stays as it is' USING ERRCODE = 'check_violation';
END
$body$;
REVOKE ALL ON FUNCTION public.cases_keep_cleared() FROM PUBLIC, totality_app;
CREATE TRIGGER cases_keep_cleared BEFORE UPDATE ON public.cases_caseflag
    FOR EACH ROW WHEN (OLD.cleared_at IS NOT NULL) EXECUTE FUNCTION public.cases_keep_cleared();
"""

DROP = """
DROP TRIGGER cases_keep_cleared ON public.cases_caseflag;
DROP FUNCTION public.cases_keep_cleared();
DROP TRIGGER cases_keep_restriction ON public.cases_case;
DROP FUNCTION public.cases_keep_restriction();
REVOKE UPDATE (person_id) ON cases_personidentifier FROM totality_app;
"""

ANSWERS = {
    "section_1367_check": "section_1367",
    "fear_of_return": "asylum_208_6",
    "minor_check": "juvenile",
}


def flags_of_answers(apps: Any, schema_editor: Any) -> None:
    """What a status page answered with yes stands as a flag from now on."""
    rows = apps.get_model("cases", "StatusRecord").objects.using(schema_editor.connection.alias)
    flags = apps.get_model("cases", "CaseFlag").objects.using(schema_editor.connection.alias)
    for answer, kind in ANSWERS.items():
        for status in rows.filter(**{answer: "yes"}).iterator():
            flags.create(
                id=new_id(),
                case_id=status.case_id,
                kind=kind,
                reason="Answered on the status page",
                set_by_id=status.saved_by_id,
                set_at=now(),
            )


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_aliases_flags_attachments_merges")]

    operations = [
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
        migrations.RunSQL(KEEP, DROP),
        migrations.RunPython(flags_of_answers, migrations.RunPython.noop),
    ]
