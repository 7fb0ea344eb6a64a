-- Words that the screen refused, sealed: nobody reads them but through the door below, and that opens for two people.
SET LOCAL ROLE totality_protected;

CREATE TABLE protected.refused_words (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    entry_id    uuid        NOT NULL,
    field       text        NOT NULL CHECK (length(field) <= 80),
    attribute   text        NOT NULL CHECK (length(attribute) <= 30),
    words       text        NOT NULL CHECK (words <> '' AND length(words) <= 2000),
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX refused_words_entry ON protected.refused_words (entry_id);
REVOKE ALL ON protected.refused_words FROM PUBLIC;
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON protected.refused_words
    FOR EACH STATEMENT EXECUTE FUNCTION protected.refuse_change();

-- Takes [{"field", "attribute", "words"}, ...] of one refusal, named by its entry, in the transaction that appends it.
CREATE FUNCTION gate.put_refused_words(entry uuid, refused jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, protected, pg_temp
AS $body$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM public.ledger_entry e
         WHERE e.id = put_refused_words.entry AND e.tx_id = pg_current_xact_id()
           AND e.event IN ('assessment.text.refused', 'review.text.refused')
    ) THEN
        RAISE EXCEPTION 'gate: refused words come with the entry of their refusal' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO protected.refused_words (entry_id, field, attribute, words)
    SELECT put_refused_words.entry, left(given.field, 80), left(given.attribute, 30), left(given.words, 2000)
      FROM jsonb_to_recordset(refused) AS given (field text, attribute text, words text)
     WHERE coalesce(given.words, '') <> '';
END
$body$;

-- Answers only when `opening` is an entry of this very transaction that says so, by a privacy officer or an auditor, and
-- somebody else of the other of the two roles asked for the same refusal in an earlier entry.
CREATE FUNCTION gate.read_refused_words(opening uuid) RETURNS TABLE (field text, attribute text, words text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, protected, pg_temp
AS $body$
DECLARE
    opened  record;
    refusal text;
BEGIN
    SELECT e.actor_id, e.actor_role, convert_from(e.bytes, 'UTF8')::jsonb -> 'data' AS data INTO opened
      FROM public.ledger_entry e
     WHERE e.id = read_refused_words.opening AND e.event = 'assessment.words.opened'
       AND e.tx_id = pg_current_xact_id() AND e.actor_role IN ('privacy', 'auditor');
    IF NOT FOUND THEN
        RAISE EXCEPTION 'gate: refused words are read with the entry of their opening' USING ERRCODE = 'insufficient_privilege';
    END IF;
    refusal := opened.data ->> 'refusal';
    IF NOT EXISTS (
        SELECT 1 FROM public.ledger_entry asked
         WHERE asked.event = 'assessment.opening.asked' AND asked.id::text = opened.data ->> 'asked'
           AND asked.tx_id <> pg_current_xact_id()
           AND convert_from(asked.bytes, 'UTF8')::jsonb -> 'data' ->> 'refusal' = refusal
           AND asked.actor_role IN ('privacy', 'auditor') AND asked.actor_role <> opened.actor_role
           AND asked.actor_id <> opened.actor_id
    ) THEN
        RAISE EXCEPTION 'gate: privacy and auditor open refused words together' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY
    SELECT r.field, r.attribute, r.words FROM protected.refused_words r
     WHERE r.entry_id::text = refusal ORDER BY r.id;
END
$body$;

REVOKE ALL ON FUNCTION gate.put_refused_words(uuid, jsonb), gate.read_refused_words(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION gate.put_refused_words(uuid, jsonb) TO totality_app;
GRANT EXECUTE ON FUNCTION gate.read_refused_words(uuid) TO totality_app;

RESET ROLE;

-- The door looks into the log, and at nothing else of the application.
GRANT USAGE ON SCHEMA public TO totality_protected;
GRANT SELECT ON public.ledger_entry TO totality_protected;
