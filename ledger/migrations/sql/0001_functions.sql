-- Fills every column but `kind` from the bytes. SECURITY DEFINER because only this may add a case link.
-- Takes no lock of its own: two writers of one case collide on the link's primary key, and one tries again.
-- Sequential scans are off because a session keeps the plan that it made while the table was small; during an import it
-- would read all links again for every row.
CREATE FUNCTION public.ledger_fill_entry() RETURNS trigger
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

    IF NEW.kind = 'change' AND NEW.case_id IS NOT NULL THEN
        SELECT number, case_hash INTO previous
          FROM public.ledger_case_link WHERE case_id = NEW.case_id ORDER BY number DESC LIMIT 1;
        INSERT INTO public.ledger_case_link (case_id, number, entry_id, case_hash)
        VALUES (
            NEW.case_id,
            coalesce(previous.number, 0) + 1,
            NEW.id,
            sha256('\x02'::bytea || coalesce(previous.case_hash, ''::bytea) || NEW.leaf_hash)
        );
    END IF;
    RETURN NEW;
END
$body$;

-- A disclosure is written with its entry or never, and opens a commitment that stands in the entry's bytes.
-- Each entry is looked up by its id; other plans are off for the reason given above.
CREATE FUNCTION public.ledger_check_disclosures() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $body$
DECLARE
    wrong record;
BEGIN
    SELECT d.entry_id, d.pointer INTO wrong
      FROM added d
      LEFT JOIN public.ledger_entry e ON e.id = d.entry_id AND e.tx_id = pg_current_xact_id()
     WHERE convert_from(e.bytes, 'UTF8')::jsonb #>> (
               ARRAY(
                   SELECT replace(replace(part, '~1', '/'), '~0', '~')
                     FROM unnest(string_to_array(substr(d.pointer, 2), '/')) WITH ORDINALITY AS parts (part, place)
                    ORDER BY place
               ) || 'c'::text
           ) IS DISTINCT FROM
           rtrim(translate(encode(sha256(d.salt || d.value_bytes), 'base64'), '+/', '-_'), '=')
     LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'ledger: % of entry % opens no commitment that was written in this transaction',
            wrong.pointer, wrong.entry_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$body$;

CREATE FUNCTION public.ledger_refuse_change() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    RAISE EXCEPTION 'ledger: % on % is refused: the log only grows', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$body$;

CREATE FUNCTION public.ledger_id_floor(moment timestamptz) RETURNS uuid
    LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT rpad(lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint), 12, '0'), 32, '0')::uuid
$body$;

-- Makes the partition of one month; does nothing when it is there. The table is made first and attached then, because
-- attaching lets writers go on, while CREATE TABLE ... PARTITION OF would stop them.
CREATE FUNCTION public.ledger_make_partition(month date) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
DECLARE
    first     date;
    this      date := date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC')::date;
    partition text;
BEGIN
    IF month IS NULL OR NOT isfinite(month) THEN
        RAISE EXCEPTION 'ledger: name a month' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    first := date_trunc('month', month::timestamp)::date;
    IF first < this OR first > this + interval '12 months' THEN
        RAISE EXCEPTION 'ledger: % is not among this month and the next twelve', to_char(first, 'YYYY-MM')
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    partition := 'ledger_entry_' || to_char(first, 'YYYY_MM');
    IF to_regclass('public.' || partition) IS NOT NULL THEN
        RETURN partition;
    END IF;
    -- Two schedulers at once: the second waits and finds the work done. Writers go on: this lock conflicts with itself
    -- only. (An advisory lock will not do: after it, to_regclass may still answer from a stale cache.)
    LOCK TABLE public.ledger_entry IN SHARE UPDATE EXCLUSIVE MODE;
    IF to_regclass('public.' || partition) IS NOT NULL THEN
        RETURN partition;
    END IF;

    EXECUTE format('CREATE TABLE public.%I (LIKE public.ledger_entry INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition);
    EXECUTE format(
        'ALTER TABLE public.ledger_entry ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
        partition,
        public.ledger_id_floor(first::timestamp AT TIME ZONE 'UTC'),
        public.ledger_id_floor((first + interval '1 month') AT TIME ZONE 'UTC')
    );
    -- Neither rights nor statement triggers come down from the parent.
    EXECUTE format(
        'CREATE TRIGGER ledger_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON public.%I'
        ' FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_refuse_change()',
        partition
    );
    EXECUTE format('REVOKE ALL ON public.%I FROM PUBLIC, totality_app', partition);
    EXECUTE format('GRANT SELECT, INSERT ON public.%I TO totality_app', partition);
    RETURN partition;
END
$body$;
