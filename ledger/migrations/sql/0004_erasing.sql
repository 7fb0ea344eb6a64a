-- Erasing one disclosed value by order. The log's bytes keep the commitment, so that every proof still holds; what
-- opened it goes. No role that logs in may delete a disclosure: a function of totality_protected does, and only together
-- with the entry that tells of the order, appended in the same transaction. The trigger asks for that entry as well.

-- Should somebody take the statement triggers of the tree away, those of the rows still stand.
DO $body$
DECLARE
    tree text;
BEGIN
    FOREACH tree IN ARRAY ARRAY[
        'ledger_leaf', 'ledger_node', 'ledger_batch', 'ledger_checkpoint', 'ledger_cosignature', 'ledger_public_key'
    ] LOOP
        EXECUTE format(
            'CREATE TRIGGER ledger_only_grows_row BEFORE UPDATE OR DELETE ON public.%I'
            ' FOR EACH ROW EXECUTE FUNCTION public.ledger_refuse_change()', tree
        );
    END LOOP;
END
$body$;

CREATE SCHEMA ledger_gate AUTHORIZATION totality_protected;

CREATE FUNCTION public.ledger_is_ordered(entry uuid, pointer text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
    SELECT EXISTS (
        SELECT FROM public.ledger_entry AS told,
               LATERAL (SELECT convert_from(told.bytes, 'UTF8')::jsonb) AS read (document)
         WHERE told.tx_id = pg_current_xact_id()
           AND told.event = 'ledger.disclosure.erased'
           AND read.document #>> '{subject,entry}' = ledger_is_ordered.entry::text
           AND read.document #>> '{data,pointer}' = ledger_is_ordered.pointer
    )
$body$;

CREATE FUNCTION public.ledger_refuse_unordered_erasing() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    IF current_user = 'totality_protected' AND public.ledger_is_ordered(OLD.entry_id, OLD.pointer) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'ledger: DELETE on ledger_disclosure is refused: the log only grows, and no entry of this transaction tells of an order'
        USING ERRCODE = 'insufficient_privilege';
END
$body$;

DROP TRIGGER ledger_only_grows ON public.ledger_disclosure;
DROP TRIGGER ledger_only_grows_row ON public.ledger_disclosure;
CREATE TRIGGER ledger_only_grows BEFORE UPDATE OR TRUNCATE ON public.ledger_disclosure
    FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_refuse_change();
CREATE TRIGGER ledger_only_grows_row BEFORE UPDATE ON public.ledger_disclosure
    FOR EACH ROW EXECUTE FUNCTION public.ledger_refuse_change();
CREATE TRIGGER ledger_erased_by_order_only BEFORE DELETE ON public.ledger_disclosure
    FOR EACH ROW EXECUTE FUNCTION public.ledger_refuse_unordered_erasing();

GRANT USAGE ON SCHEMA public TO totality_protected;
GRANT SELECT, DELETE ON public.ledger_disclosure TO totality_protected;
REVOKE ALL ON FUNCTION public.ledger_is_ordered(uuid, text), public.ledger_refuse_unordered_erasing() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.ledger_is_ordered(uuid, text) TO totality_protected;

SET LOCAL ROLE totality_protected;

-- True when the value was there; false when it had been erased before. Without its entry the trigger refuses.
CREATE FUNCTION ledger_gate.erase_disclosure(entry uuid, pointer text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $body$
BEGIN
    DELETE FROM public.ledger_disclosure AS kept
     WHERE kept.entry_id = erase_disclosure.entry AND kept.pointer = erase_disclosure.pointer;
    RETURN FOUND;
END
$body$;

REVOKE ALL ON SCHEMA ledger_gate FROM PUBLIC;
REVOKE ALL ON FUNCTION ledger_gate.erase_disclosure(uuid, text) FROM PUBLIC;
GRANT USAGE ON SCHEMA ledger_gate TO totality_app;
GRANT EXECUTE ON FUNCTION ledger_gate.erase_disclosure(uuid, text) TO totality_app;

RESET ROLE;
