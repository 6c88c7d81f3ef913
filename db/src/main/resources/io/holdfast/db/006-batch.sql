--liquibase formatted sql

-- What a batch came to, written in one statement, so that the guards see entries and postings together.

--changeset holdfast:006-write-batch splitStatements:false stripComments:false
create function holdfast.write_batch(
    in_ledger integer, all_keys text[],
    e_posting_count smallint[], e_effective_on date[], e_recorded_at timestamptz[], e_entry_id uuid[], e_kind text[],
    e_hash bytea[], e_fingerprint bytea[], e_key text[], e_actor text[], e_origin text[], e_description text[],
    e_hold_id uuid[], e_expires_at timestamptz[], e_reverses uuid[], e_documents text[], e_metadata text[],
    p_line smallint[], p_side smallint[], p_account_id bigint[], p_account_seq bigint[], p_effective_on date[],
    p_part smallint[], p_entry_id uuid[], p_amount numeric[], p_description text[],
    b_account_id bigint[], b_available numeric[], b_held numeric[], b_last_seq bigint[], b_earliest_expiry timestamptz[],
    h_hold_id uuid[], h_account_id bigint[], h_amount numeric[], h_committed numeric[], h_remaining numeric[],
    h_state text[], h_expires_at timestamptz[])
    returns table (used_key text)
    language plpgsql set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as
$body$
begin
    return query
    with known as (
        -- The limit keeps this one index lookup a key, whatever the statistics say.
        select e.key
            from unnest(all_keys) as wanted (key)
            cross join lateral (
                select j.key from holdfast.journal_entry j where j.ledger_id = in_ledger and j.key = wanted.key limit 1) e
    ), entries as (
        insert into holdfast.journal_entry (ledger_id, posting_count, effective_on, recorded_at, entry_id, kind, hash,
                fingerprint, key, actor, origin, description, hold_id, expires_at, reverses, documents, metadata)
            select in_ledger, n.posting_count, n.effective_on, n.recorded_at, n.entry_id, n.kind, n.hash, n.fingerprint,
                    n.key, n.actor, n.origin, n.description, n.hold_id, n.expires_at, n.reverses,
                    n.documents::jsonb, n.metadata::jsonb
                from unnest(e_posting_count, e_effective_on, e_recorded_at, e_entry_id, e_kind, e_hash, e_fingerprint,
                        e_key, e_actor, e_origin, e_description, e_hold_id, e_expires_at, e_reverses, e_documents,
                        e_metadata) as n (posting_count, effective_on, recorded_at, entry_id, kind, hash, fingerprint,
                        key, actor, origin, description, hold_id, expires_at, reverses, documents, metadata)
                where not exists (select from known)
            on conflict (ledger_id, key) do nothing
    ), postings as (
        insert into holdfast.posting (ledger_id, line, side, account_id, account_seq, effective_on, part, entry_id,
                amount, description)
            select in_ledger, n.*
                from unnest(p_line, p_side, p_account_id, p_account_seq, p_effective_on, p_part, p_entry_id, p_amount,
                        p_description) as n
                where not exists (select from known)
    ), balances as (
        update holdfast.balance b
            set available = n.available, held = n.held, last_seq = n.last_seq, earliest_expiry = n.earliest_expiry
            from unnest(b_account_id, b_available, b_held, b_last_seq, b_earliest_expiry)
                as n (account_id, available, held, last_seq, earliest_expiry)
            where b.ledger_id = in_ledger and b.account_id = n.account_id and not exists (select from known)
    ), holds as (
        insert into holdfast.hold as h (ledger_id, hold_id, account_id, amount, committed, remaining, state, expires_at)
            select in_ledger, n.*
                from unnest(h_hold_id, h_account_id, h_amount, h_committed, h_remaining, h_state, h_expires_at) as n
                where not exists (select from known)
            on conflict (ledger_id, hold_id) do update
                set committed = excluded.committed, remaining = excluded.remaining, state = excluded.state
    )
    select k.key from known k;
end
$body$;
comment on function holdfast.write_batch is
    'Writes entries, postings, balances and holds, a column an array, unless one of all_keys has been used before: returns those that were. A key that another transaction is just taking is waited for, and if that commits, the guards refuse the statement with HF006';

--changeset holdfast:006-version
insert into holdfast.schema_version (version, name) values (6, '006-batch');
