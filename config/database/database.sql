-- Rights inside one database; idempotent, run there by a superuser after roles.sql.
--
-- By default the application reads and inserts. UPDATE and DELETE are granted by a migration, table by table, so that
-- a new table cannot be changed or emptied because somebody forgot about it.
DO $$
BEGIN
    -- template1 stays open: it is only copied from.
    IF current_database() <> 'template1' THEN
        EXECUTE format('ALTER DATABASE %I OWNER TO totality_owner', current_database());
        EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
        EXECUTE format(
            'GRANT CONNECT ON DATABASE %I TO totality_app, totality_sealer, totality_statistics', current_database()
        );
    END IF;
END $$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO totality_app, totality_sealer, totality_statistics;
-- What this role owns in the public schema (functions and views of migrations) it must be able to find and make.
GRANT USAGE, CREATE ON SCHEMA public TO totality_owner;

ALTER DEFAULT PRIVILEGES FOR ROLE totality_owner IN SCHEMA public
    GRANT SELECT, INSERT ON TABLES TO totality_app;
ALTER DEFAULT PRIVILEGES FOR ROLE totality_owner IN SCHEMA public
    GRANT USAGE ON SEQUENCES TO totality_app;
