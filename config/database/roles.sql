-- Roles of the product; cluster-wide, idempotent, run by a superuser. Passwords are set elsewhere.
--
-- totality_owner       owns the tables and migrates; no process that serves people runs as it
-- totality_app         web and worker
-- totality_sealer      the only one that writes leaves and checkpoints of the log
-- totality_statistics  aggregates for oversight
-- totality_protected   owns what no process may read; nobody logs in as it. The owner may become it while it
--                      migrates (SET), but never has its rights by merely being the owner (no INHERIT)
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY[
        'totality_owner', 'totality_app', 'totality_sealer', 'totality_statistics', 'totality_protected'
    ] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
        END IF;
    END LOOP;
END $$;

ALTER ROLE totality_owner LOGIN CREATEDB NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE totality_app LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE totality_sealer LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE totality_statistics LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE totality_protected NOLOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS;

GRANT totality_protected TO totality_owner WITH ADMIN FALSE, INHERIT FALSE, SET TRUE;

-- A transaction that is left open holds back the seal of the log.
ALTER ROLE totality_app SET idle_in_transaction_session_timeout = '30s';
ALTER ROLE totality_app SET transaction_timeout = '30s';
ALTER ROLE totality_sealer SET idle_in_transaction_session_timeout = '30s';
ALTER ROLE totality_sealer SET transaction_timeout = '30s';
ALTER ROLE totality_statistics SET idle_in_transaction_session_timeout = '30s';
ALTER ROLE totality_statistics SET transaction_timeout = '30s';
