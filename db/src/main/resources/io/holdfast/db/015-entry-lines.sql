--liquibase formatted sql

-- Recorded entries are found by one index look-up each, with the plan that 011-throughput.sql explains.

--changeset holdfast:015-entry-lines splitStatements:false stripComments:false
create function holdfast.entry_lines(in_ledger integer, ids uuid[], keys text[], originals uuid[])
    returns table (entry_id uuid, kind text, key text, effective_on date, recorded_at timestamptz, actor text, origin text,
        description text, metadata jsonb, documents jsonb, hold_id uuid, expires_at timestamptz, reverses uuid,
        fingerprint bytea, hash bytea, side smallint, part smallint, amount numeric, line_description text, path text,
        currency text, exponent smallint)
    language plpgsql stable set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off
    set enable_hashjoin = off set enable_mergejoin = off as
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
comment on function holdfast.entry_lines is
    'Entries by their ids, by their keys, or because they reverse an original: a row a posting, in the order of ids and lines';

--changeset holdfast:015-version
insert into holdfast.schema_version (version, name) values (15, '015-entry-lines');
