-- The tree over the log: which entry is which leaf, the nodes that proofs need, and what was signed about it.
-- Only the sealer adds rows; nobody changes one.

CREATE TABLE public.ledger_leaf (
    index     bigint NOT NULL CHECK (index >= 0),
    entry_id  uuid   NOT NULL,
    leaf_hash bytea  NOT NULL CHECK (length(leaf_hash) = 32),
    CONSTRAINT ledger_leaf_pkey PRIMARY KEY (index),
    CONSTRAINT ledger_leaf_entry UNIQUE (entry_id)
);

-- Perfect subtrees of every fourth level above the leaves: a sixteenth of the rows that all levels would need, and
-- each node in between is made of at most eight of them.
CREATE TABLE public.ledger_node (
    level smallint NOT NULL CHECK (level > 0 AND level % 4 = 0),
    index bigint   NOT NULL CHECK (index >= 0),
    hash  bytea    NOT NULL CHECK (length(hash) = 32),
    CONSTRAINT ledger_node_pkey PRIMARY KEY (level, index)
);

-- One seal. Every entry of a transaction of this cluster below `upto` is sealed by this batch or an earlier one; 0 where
-- nothing is known yet, since entries that came from another cluster may still have no leaf.
CREATE TABLE public.ledger_batch (
    number            bigint      NOT NULL CHECK (number > 0),
    first             bigint      NOT NULL CHECK (first >= 0),
    count             bigint      NOT NULL CHECK (count >= 0),
    upto              xid8        NOT NULL,
    system_identifier bigint      NOT NULL,
    at                timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT ledger_batch_pkey PRIMARY KEY (number)
);

CREATE TABLE public.ledger_checkpoint (
    size bigint      NOT NULL CHECK (size > 0),
    root bytea       NOT NULL CHECK (length(root) = 32),
    note text        NOT NULL,
    at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT ledger_checkpoint_pkey PRIMARY KEY (size)
);

-- Signature lines of witnesses, who see a checkpoint only after it was made.
CREATE TABLE public.ledger_cosignature (
    size    bigint      NOT NULL REFERENCES public.ledger_checkpoint,
    witness text        NOT NULL,
    line    text        NOT NULL,
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT ledger_cosignature_pkey PRIMARY KEY (size, witness)
);

CREATE TABLE public.ledger_public_key (
    vkey      text        NOT NULL,
    from_size bigint      NOT NULL CHECK (from_size >= 0),
    at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT ledger_public_key_pkey PRIMARY KEY (vkey)
);

DO $body$
DECLARE
    tree text;
BEGIN
    FOREACH tree IN ARRAY ARRAY[
        'ledger_leaf', 'ledger_node', 'ledger_batch', 'ledger_checkpoint', 'ledger_cosignature', 'ledger_public_key'
    ] LOOP
        EXECUTE format(
            'CREATE TRIGGER ledger_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON public.%I'
            ' FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_refuse_change()', tree
        );
        EXECUTE format('REVOKE ALL ON public.%I FROM PUBLIC, totality_app, totality_sealer', tree);
        EXECUTE format('GRANT SELECT ON public.%I TO totality_app', tree);
        EXECUTE format('GRANT SELECT, INSERT ON public.%I TO totality_sealer', tree);
    END LOOP;
END
$body$;

-- The sealer needs no content.
GRANT SELECT (id, leaf_hash, tx_id) ON public.ledger_entry TO totality_sealer;
