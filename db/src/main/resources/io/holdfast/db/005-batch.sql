--liquibase formatted sql

-- What a batch names, found by one index look-up each, and what it came to, written in one statement, so that the guards see
-- entries and postings together. Plans are kept, see 003-guards.sql.

--changeset holdfast:005-read-batch splitStatements:false stripComments:false
create function holdfast.accounts_by_path(in_ledger integer, paths text[])
    returns table (account_id bigint, path text, currency text, exponent smallint, is_committed boolean)
    language plpgsql stable set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
    set enable_sort = off set jit = off as
$body$
declare
    own constant xid := pg_current_xact_id_if_assigned()::xid;
begin
    -- What is seen is committed or this transaction's own, and that is no older than the transaction's id, under a savepoint too.
    return query select a.account_id, a.path, a.currency, a.exponent, own is null or age(a.xmin) > age(own)
        from unnest(paths) as n (path)
        cross join lateral (
            select q.account_id, q.path, q.currency, q.exponent, q.xmin from holdfast.account q
                where q.ledger_id = in_ledger and q.path >= n.path and q.path <= n.path
                order by q.path, q.currency offset 0) a;
end
$body$;

create function holdfast.accounts_by_id(in_ledger integer, ids bigint[]) returns setof holdfast.account
    language plpgsql stable set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
    set enable_sort = off set jit = off as
$body$
begin
    return query select a.* from unnest(ids) as n (id)
        cross join lateral (
            select * from holdfast.account q where q.ledger_id = in_ledger and q.account_id >= n.id and q.account_id <= n.id
                order by q.account_id limit 1) a;
end
$body$;

create function holdfast.holds_named(in_ledger integer, ids uuid[], keys text[])
    returns table (placed_key text, hold_id uuid, account_id bigint, amount numeric, committed numeric, remaining numeric,
        state text, expires_at timestamptz)
    language plpgsql stable set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
    set enable_sort = off set jit = off as
$body$
begin
    return query select e.key, h.hold_id, h.account_id, h.amount, h.committed, h.remaining, h.state, h.expires_at
        from (
            select u.id from unnest(ids) as u (id)
            union all
            select e.entry_id from unnest(keys) as u (key)
                cross join lateral (
                    select q.entry_id from holdfast.journal_entry q
                    where q.ledger_id = in_ledger and q.key >= u.key and q.key <= u.key
                    order by q.key limit 1) e) n
        cross join lateral (
            select * from holdfast.hold q where q.ledger_id = in_ledger and q.hold_id >= n.id and q.hold_id <= n.id
                order by q.hold_id limit 1) h
        cross join lateral (
            select q.key from holdfast.journal_entry q
            where q.ledger_id = in_ledger and q.entry_id >= h.hold_id and q.entry_id <= h.hold_id
            order by q.entry_id limit 1) e;
end
$body$;

create function holdfast.accounts_to_lock(in_ledger integer, hold_ids uuid[], hold_keys text[], ids bigint[])
    returns table (id bigint, path text, currency text, exponent smallint)
    language plpgsql stable set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
    set enable_sort = off set jit = off as
$body$
begin
    return query select distinct on (w.id) w.id, w.path, w.currency, w.exponent
        from (
            select u.id, null::text as path, null::text as currency, null::smallint as exponent from unnest(ids) as u (id)
            union all
            select a.account_id, a.path, a.currency, a.exponent from holdfast.holds_named(in_ledger, hold_ids, hold_keys) h
                cross join lateral (
                    select * from holdfast.account q
                    where q.ledger_id = in_ledger and q.account_id >= h.account_id and q.account_id <= h.account_id
                    order by q.account_id limit 1) a) w
        order by w.id, w.path;
end
$body$;

create function holdfast.entry_lines(in_ledger integer, ids uuid[], keys text[], originals uuid[])
    returns table (entry_id uuid, kind text, key text, effective_on date, recorded_at timestamptz, actor text, origin text,
        description text, metadata jsonb, documents jsonb, hold_id uuid, expires_at timestamptz, reverses uuid,
        fingerprint bytea, hash bytea, side smallint, part smallint, amount numeric, line_description text, path text,
        currency text, exponent smallint)
    language plpgsql stable set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off
    set enable_hashjoin = off set enable_mergejoin = off set enable_sort = off set jit = off as
$body$
begin
    return query select e.entry_id, e.kind, e.key, e.effective_on, e.recorded_at, e.actor, e.origin, e.description,
            e.metadata, e.documents, e.hold_id, e.expires_at, e.reverses, e.fingerprint, e.hash, p.side, p.part, p.amount,
            p.description, a.path, a.currency, a.exponent
        from (
            select distinct n.id from (
                select u.id from unnest(ids) as u (id)
                union all
                select j.entry_id from unnest(keys) as u (key)
                    cross join lateral (
                        select q.entry_id from holdfast.journal_entry q
                        where q.ledger_id = in_ledger and q.key >= u.key and q.key <= u.key
                        order by q.key limit 1) j
                union all
                select j.entry_id from unnest(originals) as u (id)
                    cross join lateral (
                        select q.entry_id from holdfast.journal_entry q
                        where q.ledger_id = in_ledger and q.reverses >= u.id and q.reverses <= u.id
                        order by q.reverses) j) n) named
        cross join lateral (
            select * from holdfast.journal_entry q
            where q.ledger_id = in_ledger and q.entry_id >= named.id and q.entry_id <= named.id
            order by q.entry_id limit 1) e
        cross join lateral (
            select * from holdfast.posting q
            where q.ledger_id = in_ledger and q.entry_id >= e.entry_id and q.entry_id <= e.entry_id
            order by q.entry_id, q.line) p
        cross join lateral (
            select * from holdfast.account q
            where q.ledger_id = in_ledger and q.account_id >= p.account_id and q.account_id <= p.account_id
            order by q.account_id limit 1) a
        order by e.entry_id, p.line;
end
$body$;
comment on function holdfast.accounts_by_path is
    'Accounts by their paths, one for each currency, and whether they are certainly committed';
comment on function holdfast.accounts_by_id is 'Accounts by their ids, of those there are';
comment on function holdfast.holds_named is 'Holds by their ids, or by the keys under which they were placed, with these keys, of those there are';
comment on function holdfast.accounts_to_lock is
    'Accounts by their ids and those that holds are on, once each and in their order, the latter with their paths';
comment on function holdfast.entry_lines is
    'Entries by their ids, by their keys, or because they reverse an original: a row a posting, in the order of ids and lines';

--changeset holdfast:005-write-batch splitStatements:false stripComments:false
-- A batch arrives in arrays that clients can send in binary form, without repeating the entry in each posting.
create function holdfast.write_batch(
    in_ledger integer, in_recorded_at timestamptz, all_keys text[],
    e_entry_id text[], e_posting_count smallint[], e_effective_on integer[], e_kind text[], e_hash bytea[],
    e_fingerprint bytea[], e_key text[], e_actor text[], e_origin text[], e_description text[], e_hold_id text[],
    e_expires_at text[], e_reverses text[], e_documents text[], e_metadata text[],
    p_entry integer[], p_line smallint[], p_side smallint[], p_account_id bigint[], p_account_seq bigint[],
    p_part smallint[], p_amount text[], p_description text[],
    b_account_id bigint[], b_available text[], b_held text[], b_last_seq bigint[], b_earliest_expiry text[],
    h_hold_id text[], h_account_id bigint[], h_amount text[], h_committed text[], h_remaining text[], h_state text[],
    h_expires_at text[])
    returns table (used_key text)
    language plpgsql set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off
    set enable_hashjoin = off set enable_mergejoin = off set enable_sort = off set jit = off as
$body$
declare
    ids constant uuid[] := e_entry_id::uuid[];
begin
    -- Keys that a host counts up leave none between the first and the last of a batch, and one look-up tells.
    if exists (
            select from holdfast.journal_entry j
                where j.ledger_id = in_ledger and j.key >= (select min(u.key) from unnest(all_keys) as u (key))
                    and j.key <= (select max(u.key) from unnest(all_keys) as u (key))
                order by j.key limit 1) then
        return query select e.key
            from unnest(all_keys) as wanted (key)
            cross join lateral (
                select j.key from holdfast.journal_entry j
                where j.ledger_id = in_ledger and j.key >= wanted.key and j.key <= wanted.key
                order by j.key limit 1) e;
        if found then
            return;
        end if;
    end if;
    with entries as (
        insert into holdfast.journal_entry (ledger_id, posting_count, effective_on, recorded_at, entry_id, kind, hash,
                fingerprint, key, actor, origin, description, hold_id, expires_at, reverses, documents, metadata)
            select in_ledger, e_posting_count[n], date '1970-01-01' + e_effective_on[n], in_recorded_at, ids[n], e_kind[n],
                    e_hash[n], e_fingerprint[n], e_key[n], e_actor[n], e_origin[n], e_description[n], e_hold_id[n]::uuid,
                    e_expires_at[n]::timestamptz, e_reverses[n]::uuid, e_documents[n]::jsonb, e_metadata[n]::jsonb
                from (select generate_series(1, cardinality(ids)) as n) s
    ), postings as (
        insert into holdfast.posting (ledger_id, line, side, account_id, account_seq, effective_on, part, entry_id,
                amount, description)
            select in_ledger, p_line[n], p_side[n], p_account_id[n], p_account_seq[n],
                    date '1970-01-01' + e_effective_on[p_entry[n]], p_part[n], ids[p_entry[n]], p_amount[n]::numeric,
                    coalesce(p_description[n], '')
                from (select generate_series(1, cardinality(p_entry)) as n) s
    ), balances as (
        -- The offset keeps this one index lookup an account, however few there were when it was planned.
        update holdfast.balance b
            set available = n.available::numeric, held = n.held::numeric, last_seq = n.last_seq,
                earliest_expiry = n.earliest_expiry::timestamptz
            from (
                select in_ledger as ledger_id, u.*
                    from unnest(b_account_id, b_available, b_held, b_last_seq, b_earliest_expiry)
                        as u (account_id, available, held, last_seq, earliest_expiry)
                    offset 0) n
            where b.ledger_id = n.ledger_id and b.account_id = n.account_id
    )
    insert into holdfast.hold as h (ledger_id, hold_id, account_id, amount, committed, remaining, state, expires_at)
        select in_ledger, n.hold_id::uuid, n.account_id, n.amount::numeric, n.committed::numeric, n.remaining::numeric,
                n.state, n.expires_at::timestamptz
            from unnest(h_hold_id, h_account_id, h_amount, h_committed, h_remaining, h_state, h_expires_at)
                as n (hold_id, account_id, amount, committed, remaining, state, expires_at)
        on conflict (ledger_id, hold_id) do update
            set committed = excluded.committed, remaining = excluded.remaining, state = excluded.state;
end
$body$;
comment on function holdfast.write_batch is
    'Writes entries, postings, balances and holds, a column an array, unless one of all_keys has been used before: returns those that were. Dates are days since 1970, and p_entry is the place of a posting''s entry among the entries, from 1. A key that another transaction is just taking is waited for, and if that commits, the statement fails with a unique violation of journal_entry_ledger_id_key_key';

--changeset holdfast:005-version
insert into holdfast.schema_version (version, name) values (5, '005-batch');
