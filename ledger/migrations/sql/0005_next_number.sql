-- As it was, but that two writers of one case settle here who takes the next number: one waits for the other's end and
-- then takes the number after it, or the same one if the other came to nothing. Nothing is raised, so a writer needs no
-- savepoint and no second round trip. Sequential scans are off because a session keeps the plan that it made while the
-- table was small.
CREATE OR REPLACE FUNCTION public.ledger_fill_entry() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off
AS $body$
DECLARE
    written  text;
    document jsonb;
    previous record;
BEGIN
    written := convert_from(NEW.bytes, 'UTF8');
    IF NOT (written IS JSON OBJECT WITH UNIQUE KEYS) THEN
        RAISE EXCEPTION 'ledger: the bytes of an entry must be one JSON object with unique member names'
            USING ERRCODE = 'check_violation';
    END IF;
    document := written::jsonb;
    IF document -> 'v' IS DISTINCT FROM '1'::jsonb THEN
        RAISE EXCEPTION 'ledger: unknown format version %', document -> 'v' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.id IS DISTINCT FROM (document ->> 'id')::uuid THEN
        RAISE EXCEPTION 'ledger: the id of the row is not the id in its bytes' USING ERRCODE = 'check_violation';
    END IF;
    IF document ->> 'at' !~ '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$' THEN
        RAISE EXCEPTION 'ledger: "at" must be RFC 3339 in UTC with microseconds' USING ERRCODE = 'check_violation';
    END IF;

    NEW.at            := (document ->> 'at')::timestamptz;
    NEW.policy_date   := (document ->> 'policy_date')::date;
    NEW.event         := document ->> 'event';
    NEW.actor_id      := document #>> '{actor,id}';
    NEW.actor_name    := document #>> '{actor,name}';
    NEW.actor_role    := document #>> '{actor,role}';
    NEW.actor_office  := document #>> '{actor,office}';
    NEW.case_id       := (document #>> '{subject,case}')::uuid;
    NEW.assessment_id := (document #>> '{subject,assessment}')::uuid;
    NEW.decision_id   := (document #>> '{subject,decision}')::uuid;
    NEW.leaf_hash     := sha256('\x00'::bytea || NEW.bytes);
    NEW.tx_id         := pg_current_xact_id();

    IF NEW.at IS NULL OR abs(extract(epoch FROM NEW.at - clock_timestamp())) > 5 THEN
        RAISE EXCEPTION 'ledger: the entry says %, which is more than 5 seconds from the database''s clock', NEW.at
            USING ERRCODE = 'TL001', HINT = 'Synchronise the clocks of the application and the database.';
    END IF;
    -- The id decides the partition and the order of pages, so its time is held to the same rule.
    IF uuid_extract_version(NEW.id) IS DISTINCT FROM 7
        OR abs(extract(epoch FROM uuid_extract_timestamp(NEW.id) - clock_timestamp())) > 5 THEN
        RAISE EXCEPTION 'ledger: the entry''s id % is no UUIDv7 made within the last 5 seconds', NEW.id
            USING ERRCODE = 'TL001', HINT = 'Synchronise the clocks of the application and the database.';
    END IF;

    IF NEW.kind IS DISTINCT FROM 'change' OR NEW.case_id IS NULL THEN
        RETURN NEW;
    END IF;
    -- Each statement here sees what was committed before it began, so a lost round ends with a look at the winner's row.
    FOR round IN 1..1000 LOOP
        SELECT number, case_hash INTO previous
          FROM public.ledger_case_link WHERE case_id = NEW.case_id ORDER BY number DESC LIMIT 1;
        INSERT INTO public.ledger_case_link (case_id, number, entry_id, case_hash)
        VALUES (
            NEW.case_id,
            coalesce(previous.number, 0) + 1,
            NEW.id,
            sha256('\x02'::bytea || coalesce(previous.case_hash, ''::bytea) || NEW.leaf_hash)
        )
        ON CONFLICT (case_id, number) DO NOTHING;
        IF FOUND THEN
            RETURN NEW;
        END IF;
    END LOOP;
    RAISE EXCEPTION 'ledger: other writers took the next number of the case a thousand times in a row'
        USING ERRCODE = 'TL002';
END
$body$;
