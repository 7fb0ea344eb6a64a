-- Sealed notes: what a note says lies here and is read through one door, which opens only for a reading that the log
-- tells of in the same transaction.

SET LOCAL ROLE totality_protected;

CREATE TABLE protected.status_note (
    note        uuid        PRIMARY KEY,
    case_id     uuid        NOT NULL,
    content     jsonb       NOT NULL CHECK (
        jsonb_typeof(content) = 'object' AND length(content ->> 'text') BETWEEN 1 AND 8000
        AND length(coalesce(content ->> 'statute', '')) <= 120
    ),
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
REVOKE ALL ON protected.status_note FROM PUBLIC;
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON protected.status_note
    FOR EACH STATEMENT EXECUTE FUNCTION protected.refuse_change();

-- Refusals name no word of the note.
CREATE FUNCTION gate.put_status_note(note uuid, of_case uuid, content jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, protected, pg_temp
AS $body$
BEGIN
    IF note IS NULL OR of_case IS NULL OR content IS NULL OR jsonb_typeof(content) <> 'object'
        OR length(btrim(coalesce(content ->> 'text', ''))) NOT BETWEEN 1 AND 8000
        OR length(coalesce(content ->> 'statute', '')) > 120
    THEN
        RAISE EXCEPTION 'gate: a sealed note needs a case, a text of 1 to 8000 and a statute of at most 120 characters'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    INSERT INTO protected.status_note (note, case_id, content) VALUES (put_status_note.note, of_case, put_status_note.content);
END
$body$;

-- `entry` must have been appended in this very transaction and tell of the reading of this note, by whom and what for.
CREATE FUNCTION gate.read_status_note(note uuid, entry uuid) RETURNS jsonb
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, protected, pg_temp
AS $body$
DECLARE
    told  jsonb;
    found jsonb;
BEGIN
    SELECT convert_from(e.bytes, 'UTF8')::jsonb INTO told
      FROM public.ledger_entry e
     WHERE e.id = read_status_note.entry AND e.tx_id = pg_current_xact_id() AND e.event = 'cases.sealed_note.read';
    IF told IS NULL
        OR coalesce(told #>> '{actor,id}', '') = ''
        OR coalesce(told #>> '{data,purpose}', '') = ''
        OR told #>> '{data,note}' IS DISTINCT FROM read_status_note.note::text
    THEN
        RAISE EXCEPTION 'gate: a sealed note is read only together with the entry that tells of the reading'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT n.content INTO found
      FROM protected.status_note n
     WHERE n.note = read_status_note.note AND n.case_id::text = told #>> '{subject,case}';
    RETURN found;
END
$body$;

REVOKE ALL ON FUNCTION gate.put_status_note(uuid, uuid, jsonb), gate.read_status_note(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION gate.put_status_note(uuid, uuid, jsonb) TO totality_app;
GRANT EXECUTE ON FUNCTION gate.read_status_note(uuid, uuid) TO totality_app;

RESET ROLE;
