CREATE TABLE public.ledger_entry (
    id            uuid        NOT NULL,
    at            timestamptz NOT NULL,
    policy_date   date        NOT NULL,
    event         text        NOT NULL,
    kind          text        NOT NULL,
    actor_id      text        NOT NULL,
    actor_name    text        NOT NULL,
    actor_role    text        NOT NULL,
    actor_office  text        NOT NULL,
    case_id       uuid,
    assessment_id uuid,
    decision_id   uuid,
    bytes         bytea       NOT NULL,
    leaf_hash     bytea       NOT NULL,
    tx_id         xid8        NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT ledger_entry_pkey PRIMARY KEY (id),
    CONSTRAINT ledger_entry_event_is_a_code
        CHECK (event ~ '^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$'),
    CONSTRAINT ledger_entry_kind_is_known CHECK (kind IN ('change', 'access'))
) PARTITION BY RANGE (id);

CREATE INDEX ledger_entry_event ON public.ledger_entry (event, id DESC);
CREATE INDEX ledger_entry_actor ON public.ledger_entry (actor_id, id DESC);
CREATE INDEX ledger_entry_case ON public.ledger_entry (case_id, id DESC) WHERE case_id IS NOT NULL;
CREATE INDEX ledger_entry_decision ON public.ledger_entry (decision_id, id DESC) WHERE decision_id IS NOT NULL;
-- The sealer finds what is committed by this column, never by time or by the largest id.
CREATE INDEX ledger_entry_tx ON public.ledger_entry (tx_id);

-- Not partitioned: the primary key must hold over all months, it is what makes two writers of one number collide.
CREATE TABLE public.ledger_case_link (
    case_id   uuid   NOT NULL,
    number    bigint NOT NULL CHECK (number > 0),
    entry_id  uuid   NOT NULL,
    case_hash bytea  NOT NULL,
    CONSTRAINT ledger_case_link_pkey PRIMARY KEY (case_id, number),
    CONSTRAINT ledger_case_link_entry UNIQUE (entry_id)
);

CREATE TABLE public.ledger_disclosure (
    entry_id    uuid  NOT NULL,
    pointer     text  NOT NULL,
    salt        bytea NOT NULL CHECK (length(salt) = 32),
    value_bytes bytea NOT NULL,
    CONSTRAINT ledger_disclosure_pkey PRIMARY KEY (entry_id, pointer)
);
