-- Two schemas of the role that nobody logs in as. `protected` holds values, `gate` the only doors to them.
-- The role that migrates may become that role, and does so here; it has none of its rights by being the owner.
CREATE SCHEMA protected AUTHORIZATION totality_protected;
CREATE SCHEMA gate AUTHORIZATION totality_protected;

SET LOCAL ROLE totality_protected;

-- A function that a later migration forgets to close is closed anyway.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
REVOKE ALL ON SCHEMA protected, gate FROM PUBLIC;

-- `sex` is what a person was asked on the status page, `gender` the word of an extract: two kinds, never merged.
CREATE TABLE protected.attribute (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id   uuid        NOT NULL,
    kind        text        NOT NULL CHECK (kind IN (
        'country_of_birth', 'citizenship_country', 'departure_country', 'language', 'sex', 'gender'
    )),
    value       text        NOT NULL CHECK (value <> '' AND length(value) <= 200),
    source      text        NOT NULL CHECK (source <> '' AND length(source) <= 60),
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT attribute_once UNIQUE (person_id, kind, value, source)
);
REVOKE ALL ON protected.attribute FROM PUBLIC;

CREATE FUNCTION protected.refuse_change() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    RAISE EXCEPTION 'protected: % is refused: attributes are added, never changed', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$body$;
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON protected.attribute
    FOR EACH STATEMENT EXECUTE FUNCTION protected.refuse_change();

-- Takes [{"person", "kind", "value", "source"}, ...]. Idempotent. Answers nothing at all, not even how many were new:
-- such a number would let a caller guess at what is there. Refusals name no value.
CREATE FUNCTION gate.put_attributes_many(attributes jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, protected, pg_temp
AS $body$
BEGIN
    IF attributes IS NULL OR jsonb_typeof(attributes) <> 'array' THEN
        RAISE EXCEPTION 'gate: a list of attributes is needed' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF EXISTS (
        SELECT 1
          FROM jsonb_to_recordset(attributes) AS given (person text, kind text, value text, source text)
         WHERE coalesce(given.person, '') !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
            OR given.kind IS NULL
            OR given.kind NOT IN ('country_of_birth', 'citizenship_country', 'departure_country', 'language', 'sex', 'gender')
            OR length(btrim(coalesce(given.value, ''))) NOT BETWEEN 1 AND 200
            OR length(btrim(coalesce(given.source, ''))) NOT BETWEEN 1 AND 60
    ) THEN
        RAISE EXCEPTION 'gate: an attribute needs a person, a known kind, a value of 1 to 200 and a source of 1 to 60 characters'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- In one order everywhere, so that two callers never wait for each other in a circle.
    INSERT INTO protected.attribute (person_id, kind, value, source)
    SELECT DISTINCT given.person::uuid, given.kind, btrim(given.value), btrim(given.source)
      FROM jsonb_to_recordset(attributes) AS given (person text, kind text, value text, source text)
     ORDER BY 1, 2, 3, 4
        ON CONFLICT ON CONSTRAINT attribute_once DO NOTHING;
END
$body$;

CREATE FUNCTION gate.put_attributes(person uuid, attributes jsonb, source text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, protected, pg_temp
AS $body$
BEGIN
    IF attributes IS NULL OR jsonb_typeof(attributes) <> 'object' THEN
        RAISE EXCEPTION 'gate: attributes are given by kind' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM gate.put_attributes_many((
        SELECT coalesce(jsonb_agg(jsonb_build_object(
                   'person', put_attributes.person, 'kind', one.key, 'value', one.value, 'source', put_attributes.source
               )), '[]')
          FROM jsonb_each_text(attributes) AS one (key, value)
    ));
END
$body$;

-- What the status page may say: a code and the number of sources, never a value. Sex, gender, language and departure
-- have no code, because no legal question of the record turns on them.
CREATE FUNCTION gate.coded_statements(person uuid) RETURNS TABLE (code text, sources integer)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, protected, pg_temp
AS $body$
    WITH told AS (
        SELECT a.kind, a.source, regexp_replace(upper(a.value), '[^A-Z ]', '', 'g') AS country
          FROM protected.attribute a
         WHERE a.person_id = coded_statements.person
           AND a.kind IN ('country_of_birth', 'citizenship_country')
    ), coded AS (
        SELECT t.source,
               CASE
                   WHEN t.country IN ('', 'UNKNOWN', 'NOT KNOWN', 'STATELESS', 'NA', 'NONE', 'OTHER') THEN NULL
                   -- A sign that must stop a case is told whichever of the two it comes from.
                   WHEN t.country IN (
                       'UNITED STATES', 'UNITED STATES OF AMERICA', 'USA', 'US', 'PUERTO RICO', 'GUAM', 'US VIRGIN ISLANDS',
                       'VIRGIN ISLANDS US', 'AMERICAN SAMOA', 'NORTHERN MARIANA ISLANDS'
                   ) THEN 'us_citizenship_sign'
                   WHEN t.kind = 'country_of_birth' THEN 'birth_abroad'
                   ELSE 'foreign_citizenship'
               END AS code
          FROM told t
    )
    SELECT c.code, count(DISTINCT c.source)::integer FROM coded c WHERE c.code IS NOT NULL GROUP BY c.code ORDER BY c.code
$body$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA gate, protected FROM PUBLIC;
GRANT USAGE ON SCHEMA gate TO totality_app;
GRANT EXECUTE ON FUNCTION gate.put_attributes_many(jsonb) TO totality_app;
GRANT EXECUTE ON FUNCTION gate.put_attributes(uuid, jsonb, text) TO totality_app;
GRANT EXECUTE ON FUNCTION gate.coded_statements(uuid) TO totality_app;

RESET ROLE;
