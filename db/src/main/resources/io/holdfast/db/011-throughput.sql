--liquibase formatted sql

-- The same promises as in 003-guards.sql and 006-batch.sql, kept in less time: each guard looks at a statement's rows once,
-- and a batch arrives in arrays that clients can send in binary form, without repeating the entry in each posting.

-- Plans are kept, because planning anew takes as long as writing a small batch. A plan kept from when the tables were empty
-- must be the right one when they are large: each look-up is lateral, and asks for the first row of a range in the order of
-- one index, a range of one value. No other index has that order, and the settings leave an index no other rival.

--changeset holdfast:011-postings splitStatements:false stripComments:false
create or replace function holdfast.check_postings() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as
$body$
declare
    wrong record;
    off record;
begin
    select p.ledger_id, p.entry_id, p.has_no_account, p.is_off, e.entry_id is null as has_no_entry, e.posting_count, p.postings
        into wrong
        from (
            select c.ledger_id, c.entry_id, sum(c.postings) as postings, max(c.last_line) as last_line,
                    min(c.first_date) as first_date, max(c.last_date) as last_date,
                    bool_or(c.off <> 0) as is_off, bool_or(c.currency is null) as has_no_account
                from (
                    select i.ledger_id, i.entry_id, a.currency, count(*)::integer as postings, max(i.line) as last_line,
                            min(i.effective_on) as first_date, max(i.effective_on) as last_date,
                            sum(case i.side when 1 then i.amount else - i.amount end) as off
                        from inserted i
                        left join lateral (
                            select n.currency from holdfast.account n
                            where n.ledger_id = i.ledger_id and n.account_id >= i.account_id and n.account_id <= i.account_id
                            order by n.account_id limit 1) a on true
                        group by i.ledger_id, i.entry_id, a.currency) c
                group by c.ledger_id, c.entry_id) p
        left join lateral (
            select j.entry_id, j.posting_count, j.effective_on from holdfast.journal_entry j
            where j.ledger_id = p.ledger_id and j.entry_id >= p.entry_id and j.entry_id <= p.entry_id
            order by j.entry_id limit 1) e on true
        where p.has_no_account or p.is_off or e.entry_id is null or e.posting_count <> p.postings
            or e.posting_count < p.last_line or e.effective_on <> p.first_date or e.effective_on <> p.last_date
        limit 1;
    if not found then
        return null;
    end if;
    if wrong.has_no_account then
        raise exception 'entry % refused: account % does not exist', wrong.entry_id, (
                select min(i.account_id) from inserted i
                where i.ledger_id = wrong.ledger_id and i.entry_id = wrong.entry_id and not exists (
                    select from holdfast.account a where a.ledger_id = i.ledger_id and a.account_id = i.account_id))
            using errcode = 'HF004';
    elsif wrong.is_off then
        select a.currency, sum(i.side * i.amount) as minor
            into off
            from inserted i join holdfast.account a on a.ledger_id = i.ledger_id and a.account_id = i.account_id
            where i.ledger_id = wrong.ledger_id and i.entry_id = wrong.entry_id
            group by a.currency having sum(i.side * i.amount) <> 0 order by a.currency limit 1;
        raise exception 'entry % refused: debits less credits are % %, not zero', wrong.entry_id, off.minor, off.currency
            using errcode = 'HF002';
    elsif wrong.has_no_entry then
        raise exception 'postings of % refused: there is no such entry', wrong.entry_id using errcode = 'HF006';
    end if;
    raise exception 'entry % refused: it declares % postings, lines 1 to %, on its own date, and got %',
        wrong.entry_id, wrong.posting_count, wrong.posting_count, wrong.postings using errcode = 'HF003';
end
$body$;

--changeset holdfast:011-entries splitStatements:false stripComments:false
create or replace function holdfast.check_entries() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as
$body$
declare
    wrong record;
begin
    perform pg_advisory_xact_lock_shared(holdfast.period_lock_key(l.ledger_id))
        from (select distinct i.ledger_id from inserted i order by 1) l;
    if current_setting('transaction_isolation') <> 'read committed' then
        -- An older snapshot could miss a closing date that has moved: locking the row makes that a serialization failure.
        perform 1 from holdfast.ledger l where l.ledger_id in (select i.ledger_id from inserted i) for share;
    end if;
    -- One posting is evidence of all: check_postings lets none in but with the others that its entry declares. Ids ascend,
    -- so most often no other entry's id lies between those of the statement, and counting replaces a look-up for each.
    if not exists (
            select from (
                    select i.ledger_id, count(*) as entries, min(i.effective_on) as first_date,
                            (array_agg(i.entry_id order by i.entry_id))[1] as first_id,
                            (array_agg(i.entry_id order by i.entry_id desc))[1] as last_id
                        from inserted i
                        group by i.ledger_id) s
                left join holdfast.ledger l on l.ledger_id = s.ledger_id
                where l.ledger_id is null or s.first_date <= l.closed_through
                    or s.entries <> (
                        select count(*) from (
                            select from holdfast.journal_entry j
                                where j.ledger_id = s.ledger_id and j.entry_id >= s.first_id and j.entry_id <= s.last_id
                                order by j.entry_id limit s.entries + 1) there)
                    or s.entries <> (
                        select count(*) from (
                            select from holdfast.posting p
                                where p.ledger_id = s.ledger_id and p.entry_id >= s.first_id and p.entry_id <= s.last_id
                                    and p.line = 1
                                order by p.entry_id limit s.entries + 1) there)) then
        return null;
    end if;
    select e.entry_id, e.effective_on, e.posting_count, e.ledger_id, l.ledger_id is null as no_ledger, l.closed_through,
            e.effective_on <= l.closed_through as is_closed
        into wrong
        from inserted e
        left join holdfast.ledger l on l.ledger_id = e.ledger_id
        left join lateral (
            select p.line from holdfast.posting p
            where p.ledger_id = e.ledger_id and p.entry_id >= e.entry_id and p.entry_id <= e.entry_id and p.line = 1
            order by p.entry_id limit 1) first on true
        where l.ledger_id is null or e.effective_on <= l.closed_through or first.line is null
        limit 1;
    if not found then
        return null;
    end if;
    if wrong.no_ledger then
        raise exception 'entry % refused: there is no ledger %', wrong.entry_id, wrong.ledger_id using errcode = 'HF007';
    elsif wrong.is_closed then
        raise exception 'entry % refused: effective on %, and the books are closed through %',
            wrong.entry_id, wrong.effective_on, wrong.closed_through using errcode = 'HF005';
    end if;
    raise exception 'entry % refused: it declares % postings and has none', wrong.entry_id, wrong.posting_count
        using errcode = 'HF003', hint = 'An entry and its postings are inserted in one statement.';
end
$body$;

--changeset holdfast:011-write-batch splitStatements:false stripComments:false
drop function holdfast.write_batch;
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
    set enable_hashjoin = off set enable_mergejoin = off as
$body$
declare
    ids constant uuid[] := e_entry_id::uuid[];
begin
    return query select e.key
        from unnest(all_keys) as wanted (key)
        cross join lateral (
            select j.key from holdfast.journal_entry j
            where j.ledger_id = in_ledger and j.key >= wanted.key and j.key <= wanted.key
            order by j.key limit 1) e;
    if found then
        return;
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

--changeset holdfast:011-version
insert into holdfast.schema_version (version, name) values (11, '011-throughput');
