"""A log of any size in the benchmark's database, put there by the owner: invented content, in sealed order."""

from __future__ import annotations

# About 1.6 kB a line, every tenth the signing of a decision with two disclosed values.
FILL = """
INSERT INTO public.ledger_entry (id, at, policy_date, event, kind, actor_id, actor_name, actor_role, actor_office,
    case_id, assessment_id, decision_id, bytes, leaf_hash, tx_id)
SELECT id, at, '2024-12-10', event, 'access', 'officer', 'Jo Field', 'officer', 'north', md5(n::text)::uuid, NULL,
    CASE WHEN n %% 10 = 0 THEN md5('d' || n)::uuid END, bytes, sha256('\\x00'::bytea || bytes), n::text::xid8
FROM (
    SELECT n, at, event, overlay(overlay(id PLACING '7' FROM 13) PLACING '8' FROM 17)::uuid AS id, convert_to(
        '{"actor":{"id":"officer","name":"Jo Field","office":"north","role":"officer"},"at":"'
        || to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
        || '","data":' || CASE WHEN n %% 10 = 0 THEN '{"document":{"direction":"do","decision_type":"arrest",'
        || '"factors":[{"key":"age","side":"mitigating","detail":{"c":"x"}}],"findings":[],'
        || '"outcome":"decline"},"number":1,'
        ELSE '{' END || '"filler":"' || repeat(md5(n::text), 38)
        || '"},"edition":{"key":"2021-09-30"},"event":"' || event
        || '","id":"' || overlay(overlay(id PLACING '7' FROM 13) PLACING '8' FROM 17)::uuid
        || '","policy_date":"2024-12-10","request":"","subject":{},"v":1}', 'UTF8') AS bytes
    FROM (
        SELECT n, at, CASE WHEN n %% 10 = 0 THEN 'assessment.decision.signed' ELSE 'assessment.step.saved' END AS event,
            lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0')
            || lpad(to_hex(n %% 4096), 4, '0') || substr(md5(n::text), 1, 16) AS id
        FROM (
            SELECT n, date_trunc('month', clock_timestamp()) + n * interval '1 millisecond' AS at
            FROM generate_series(%s::bigint, %s::bigint) AS n
        ) AS numbers
    ) AS named
) AS laid_out
"""
LEAVES = """
INSERT INTO public.ledger_leaf (index, entry_id, leaf_hash)
SELECT (SELECT count(*) FROM public.ledger_leaf) + row_number() OVER (ORDER BY id) - 1, id, leaf_hash
FROM public.ledger_entry WHERE NOT EXISTS (SELECT FROM public.ledger_leaf WHERE entry_id = id)
"""
DISCLOSURES = """
INSERT INTO public.ledger_disclosure (entry_id, pointer, salt, value_bytes)
SELECT id, pointer, sha256(id::text::bytea), convert_to(value, 'UTF8') FROM public.ledger_entry,
    (VALUES ('/data/document/factors/0/detail', '{"presence":"present","weight":"material"}'),
            ('/data/document/rationale', '{"pins":[],"text":"' || repeat('invented words ', 20) || '"}')
    ) AS v (pointer, value)
WHERE decision_id IS NOT NULL AND NOT EXISTS (SELECT FROM public.ledger_disclosure WHERE entry_id = id)
"""
TABLES = ("ledger_entry", "ledger_disclosure")


def fill(entries: int) -> None:
    """Let the log of the benchmark's database have `entries` entries, all in the tree."""
    from tests.support.database import owner_connection

    with owner_connection() as connection, connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE public.{table} DISABLE TRIGGER USER")
        try:
            cursor.execute("SELECT count(*) FROM public.ledger_entry")
            there = cursor.fetchone()[0]
            cursor.execute(FILL, [there, entries - 1])
            cursor.execute(DISCLOSURES)
            cursor.execute(LEAVES)
        finally:
            for table in TABLES:
                cursor.execute(f"ALTER TABLE public.{table} ENABLE TRIGGER USER")
        cursor.execute("ANALYZE public.ledger_entry, public.ledger_leaf, public.ledger_disclosure")
