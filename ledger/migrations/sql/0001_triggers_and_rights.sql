CREATE TRIGGER ledger_fill_entry BEFORE INSERT ON public.ledger_entry
    FOR EACH ROW EXECUTE FUNCTION public.ledger_fill_entry();

CREATE TRIGGER ledger_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON public.ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_refuse_change();
CREATE TRIGGER ledger_only_grows_row BEFORE UPDATE OR DELETE ON public.ledger_entry
    FOR EACH ROW EXECUTE FUNCTION public.ledger_refuse_change();

CREATE TRIGGER ledger_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON public.ledger_case_link
    FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_refuse_change();
CREATE TRIGGER ledger_only_grows_row BEFORE UPDATE OR DELETE ON public.ledger_case_link
    FOR EACH ROW EXECUTE FUNCTION public.ledger_refuse_change();

CREATE TRIGGER ledger_check_disclosures AFTER INSERT ON public.ledger_disclosure
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_check_disclosures();
CREATE TRIGGER ledger_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON public.ledger_disclosure
    FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_refuse_change();
CREATE TRIGGER ledger_only_grows_row BEFORE UPDATE OR DELETE ON public.ledger_disclosure
    FOR EACH ROW EXECUTE FUNCTION public.ledger_refuse_change();

REVOKE ALL ON public.ledger_entry, public.ledger_case_link, public.ledger_disclosure FROM PUBLIC, totality_app;
GRANT SELECT, INSERT ON public.ledger_entry, public.ledger_disclosure TO totality_app;
GRANT SELECT ON public.ledger_case_link TO totality_app;

REVOKE ALL ON FUNCTION public.ledger_fill_entry(), public.ledger_check_disclosures(),
    public.ledger_refuse_change(), public.ledger_make_partition(date) FROM PUBLIC, totality_app;
GRANT EXECUTE ON FUNCTION public.ledger_make_partition(date) TO totality_app;

SELECT public.ledger_make_partition((date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC') + step * interval '1 month')::date)
  FROM generate_series(0, 3) AS step;
