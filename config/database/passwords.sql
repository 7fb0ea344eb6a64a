-- Passwords of the roles that log in, from the environment of psql; run by a superuser after roles.sql.
-- A missing variable stops the start: a role without a password must not look like one that is protected.
\set ON_ERROR_STOP on
\getenv owner_password TOTALITY_OWNER_PASSWORD
\getenv app_password TOTALITY_APP_PASSWORD
\getenv sealer_password TOTALITY_SEALER_PASSWORD
\getenv statistics_password TOTALITY_STATISTICS_PASSWORD
-- Statements with passwords must not reach the server's log.
SET log_statement = 'none';
SET log_min_error_statement = 'panic';
ALTER ROLE totality_owner PASSWORD :'owner_password';
ALTER ROLE totality_app PASSWORD :'app_password';
ALTER ROLE totality_sealer PASSWORD :'sealer_password';
ALTER ROLE totality_statistics PASSWORD :'statistics_password';
