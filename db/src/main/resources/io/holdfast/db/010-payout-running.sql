--liquibase formatted sql

-- What it takes to run many payouts at once: rows are found by one index look-up each, and written together. Plans are kept,
-- see 003-guards.sql.

--changeset holdfast:010-reading splitStatements:false stripComments:false
create function holdfast.payout_intents_by_key(in_ledger integer, keys text[]) returns setof holdfast.payout_intent
    language plpgsql stable set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
    set enable_sort = off set jit = off as
$body$
begin
    return query select p.* from unnest(keys) as n (key)
        cross join lateral (
            select * from holdfast.payout_intent q where q.ledger_id = in_ledger and q.key >= n.key and q.key <= n.key
                order by q.key limit 1) p;
end
$body$;

create function holdfast.payout_intents_by_id(in_ledger integer, ids uuid[]) returns setof holdfast.payout_intent
    language plpgsql stable set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
    set enable_sort = off set jit = off as
$body$
begin
    return query select p.* from unnest(ids) as n (id)
        cross join lateral (
            select * from holdfast.payout_intent q
                where q.ledger_id = in_ledger and q.payout_id >= n.id and q.payout_id <= n.id
                order by q.payout_id limit 1) p;
end
$body$;

create function holdfast.payout_states_by_id(in_ledger integer, ids uuid[]) returns setof holdfast.payout_state
    language plpgsql stable set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
    set enable_sort = off set jit = off as
$body$
begin
    return query select p.* from unnest(ids) as n (id)
        cross join lateral (
            select * from holdfast.payout_state q
                where q.ledger_id = in_ledger and q.payout_id >= n.id and q.payout_id <= n.id
                order by q.payout_id limit 1) p;
end
$body$;

create function holdfast.lock_payouts(in_ledger integer, ids uuid[]) returns setof holdfast.payout_state
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
    set enable_sort = off set jit = off as
$body$
begin
    -- In the order of their ids, so that two who lock the same wait for each other and do not deadlock.
    return query select p.* from (select distinct u.id from unnest(ids) as u (id) order by 1) n
        cross join lateral (
            select * from holdfast.payout_state q
                where q.ledger_id = in_ledger and q.payout_id >= n.id and q.payout_id <= n.id
                order by q.payout_id limit 1 for update) p;
end
$body$;

create function holdfast.lock_due_payouts(in_ledger integer, at timestamptz, of_provider text, kinds boolean[], most integer)
    returns setof holdfast.payout_state
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
    set enable_sort = off set jit = off as
$body$
begin
    -- One of each kind in turn, so that however much of one waits, the other gets its half.
    return query select (p.r).* from unnest(kinds) with ordinality as n (is_new, place)
        cross join lateral (
            select l.r, row_number() over () as nth from (
                select q as r from holdfast.payout_state q
                    where q.ledger_id = in_ledger and q.route = of_provider
                        and (q.status in ('SCHEDULED', 'PENDING')) = n.is_new and q.next_at <= at
                        and (q.lease_until is null or q.lease_until <= at)
                    order by q.next_at limit most
                    for update skip locked) l) p
        order by p.nth, n.place limit most;
end
$body$;

create function holdfast.due_providers(in_ledger integer) returns setof text
    language plpgsql stable set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
    set enable_sort = off set jit = off as
$body$
begin
    -- From each provider to the next by the index, however much is due at one.
    return query with recursive named (provider) as (
        (select p.route from holdfast.payout_state p
            where p.ledger_id = in_ledger and p.next_at is not null order by 1 limit 1)
        union all
        select (select p.route from holdfast.payout_state p
                where p.ledger_id = in_ledger and p.next_at is not null and p.route > n.provider
                order by 1 limit 1)
            from named n where n.provider is not null)
    select n.provider from named n where n.provider is not null;
end
$body$;

create function holdfast.payout_attempts(in_ledger integer, ids uuid[])
    returns table (payout_id uuid, attempt_no integer, provider text, provider_key text, memo text, quoted_fee numeric,
        usable_until timestamptz, method text, path text, body bytea, state text, outcome text, provider_reference text,
        fee_told numeric, fee_booked numeric, fee_refunded numeric, failure_reason text, given_references text[],
        send_no integer, sent_at timestamptz, send_outcome text, answered_at timestamptz)
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
    set enable_sort = off set jit = off as
$body$
begin
    return query select a.payout_id, a.attempt_no, a.provider, a.provider_key, a.memo, a.quoted_fee, a.usable_until, a.method,
            a.path, a.body, a.state, a.outcome, a.provider_reference, a.fee_told, a.fee_booked, a.fee_refunded,
            a.failure_reason,
            array(select r.reference from (
                    select q.reference, q.recorded_at from holdfast.payout_reference q
                        where q.ledger_id = in_ledger and q.payout_id >= a.payout_id and q.payout_id <= a.payout_id
                            and q.attempt_no = a.attempt_no
                        order by q.payout_id, q.attempt_no offset 0) r
                order by r.recorded_at, r.reference),
            s.send_no, s.sent_at, s.outcome, s.answered_at
        from unnest(ids) as n (id)
        cross join lateral (
            select * from holdfast.payout_attempt q
                where q.ledger_id = in_ledger and q.payout_id >= n.id and q.payout_id <= n.id
                order by q.payout_id, q.attempt_no offset 0) a
        left join lateral (
            select * from holdfast.payout_send q
                where q.ledger_id = in_ledger and q.payout_id >= a.payout_id and q.payout_id <= a.payout_id
                    and q.attempt_no = a.attempt_no
                order by q.payout_id, q.attempt_no, q.send_no offset 0) s on true
        order by a.payout_id, a.attempt_no, s.send_no;
end
$body$;

create function holdfast.parked_webhooks(in_ledger integer, providers text[], refs text[])
    returns table (place integer, webhook_no bigint)
    language plpgsql stable set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
    set enable_sort = off set jit = off as
$body$
begin
    return query select n.place::integer, w.webhook_no
        from unnest(providers, refs) with ordinality as n (provider, reference, place)
        cross join lateral (
            select q.webhook_no from holdfast.payout_webhook q
                where q.ledger_id = in_ledger and q.provider = n.provider
                    and q.reference >= n.reference and q.reference <= n.reference and q.applied_at is null
                order by q.reference offset 0) w
        order by w.webhook_no;
end
$body$;

create function holdfast.ripe_webhooks(of_ledger integer, since timestamptz, behind bigint, most integer) returns table (webhook_no bigint)
    language sql stable set search_path = pg_catalog, pg_temp as
$body$
    select w.webhook_no
        from holdfast.payout_webhook w
        cross join lateral (select case when w.our_reference ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-[1-9][0-9]{0,8}$'
            then w.our_reference end as ours) named
        where w.ledger_id = of_ledger and w.applied_at is null and w.received_at >= since and w.webhook_no > behind
            and (exists (select from holdfast.payout_reference r
                    where r.ledger_id = w.ledger_id and r.provider = w.provider and r.reference = w.reference)
                or exists (select from holdfast.payout_attempt a
                    where a.ledger_id = w.ledger_id and a.payout_id = left(named.ours, 36)::uuid
                        and a.attempt_no = substr(named.ours, 38)::integer and a.provider = w.provider))
        order by w.webhook_no
        limit most
$body$;
comment on function holdfast.payout_intents_by_key is 'What payouts are, by their keys, of those there are';
comment on function holdfast.payout_intents_by_id is 'What payouts are, by their ids, of those there are';
comment on function holdfast.payout_states_by_id is 'How payouts stand, by their ids, of those there are';
comment on function holdfast.lock_payouts is 'How payouts stand, by their ids, of those there are, locked until the transaction ends';
comment on function holdfast.lock_due_payouts is
    'What has been due for longest at a provider and nobody else takes up, locked: of what is new, or is to be asked about, or of both in turn';
comment on function holdfast.due_providers is 'The providers at which payouts wait for their time';
comment on function holdfast.payout_attempts is
    'The attempts of payouts, a row for each send; an attempt of which nothing was sent has one row';
comment on function holdfast.parked_webhooks is 'The deliveries that are parked about references, each by the place of its reference, from 1';
comment on function holdfast.ripe_webhooks is
    'Returns parked deliveries that came lately and whose attempt is known by now, by the provider''s reference or our own';

--changeset holdfast:010-writing splitStatements:false stripComments:false
-- A row comes as the text of a composite value: no parameter for each column, and no JSON to be read.
create function holdfast.write_payouts(
    intents text[], states text[], metadata text[], attempts text[], sends text[], transitions text[], entries text[],
    state_changes text[], attempt_changes text[], send_changes text[]) returns void
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
    set enable_sort = off set jit = off as
$body$
begin
    if cardinality(intents) > 0 then
        with added as (
            insert into holdfast.payout_intent
                select (n.r).* from (select u.r::holdfast.payout_intent as r from unnest(intents) as u (r) offset 0) n)
        insert into holdfast.payout_state
            select (n.r).* from (select u.r::holdfast.payout_state as r from unnest(states) as u (r) offset 0) n;
    end if;
    if cardinality(metadata) > 0 then
        insert into holdfast.payout_metadata select (n.r).* from (select u.r::holdfast.payout_metadata as r from unnest(metadata) as u (r) offset 0) n;
    end if;
    if cardinality(attempts) > 0 then
        insert into holdfast.payout_attempt select (n.r).* from (select u.r::holdfast.payout_attempt as r from unnest(attempts) as u (r) offset 0) n;
    end if;
    if cardinality(sends) > 0 then
        insert into holdfast.payout_send select (n.r).* from (select u.r::holdfast.payout_send as r from unnest(sends) as u (r) offset 0) n;
    end if;
    if cardinality(transitions) > 0 then
        insert into holdfast.payout_transition select (n.r).* from (select u.r::holdfast.payout_transition as r from unnest(transitions) as u (r) offset 0) n;
    end if;
    if cardinality(entries) > 0 then
        insert into holdfast.payout_entry select (n.r).* from (select u.r::holdfast.payout_entry as r from unnest(entries) as u (r) offset 0) n;
    end if;
    -- What is changed belongs to payouts that this transaction has locked, so that the place of a row stays its place.
    if cardinality(state_changes) > 0 then
        update holdfast.payout_state p
            set status = (n.r).status, route = (n.r).route, route_no = (n.r).route_no, next_at = (n.r).next_at, tries = (n.r).tries,
                lease_token = (n.r).lease_token, lease_until = (n.r).lease_until, blocked = (n.r).blocked,
                failure_reason = (n.r).failure_reason, failure_code = (n.r).failure_code,
                failure_detail = (n.r).failure_detail, failover_reason = (n.r).failover_reason,
                received = (n.r).received, reversed = (n.r).reversed, late = (n.r).late,
                transitions = (n.r).transitions, updated_at = (n.r).updated_at, completed_at = (n.r).completed_at,
                told_operator = (n.r).told_operator
            from (select c.r, q.ctid as place
                from (select u.r::holdfast.payout_state as r from unnest(state_changes) as u (r) offset 0) c
                cross join lateral (
                    select r.ctid from holdfast.payout_state r
                        where r.ledger_id = (c.r).ledger_id and r.payout_id >= (c.r).payout_id
                            and r.payout_id <= (c.r).payout_id
                        order by r.payout_id limit 1) q) n
            where p.ctid = n.place;
    end if;
    if cardinality(attempt_changes) > 0 then
        update holdfast.payout_attempt a
            set state = (n.r).state, outcome = (n.r).outcome, provider_reference = (n.r).provider_reference,
                fee_told = (n.r).fee_told, fee_booked = (n.r).fee_booked, fee_refunded = (n.r).fee_refunded,
                failure_reason = (n.r).failure_reason, stands = (n.r).stands
            from (select c.r, q.ctid as place
                from (select u.r::holdfast.payout_attempt as r from unnest(attempt_changes) as u (r) offset 0) c
                cross join lateral (
                    select r.ctid from holdfast.payout_attempt r
                        where r.ledger_id = (c.r).ledger_id and r.payout_id >= (c.r).payout_id
                            and r.payout_id <= (c.r).payout_id and r.attempt_no = (c.r).attempt_no
                        order by r.payout_id limit 1) q) n
            where a.ctid = n.place;
    end if;
    if cardinality(send_changes) > 0 then
        update holdfast.payout_send s
            set outcome = (n.r).outcome, answered_at = (n.r).answered_at
            from (select c.r, q.ctid as place
                from (select u.r::holdfast.payout_send as r from unnest(send_changes) as u (r) offset 0) c
                cross join lateral (
                    select r.ctid from holdfast.payout_send r
                        where r.ledger_id = (c.r).ledger_id and r.payout_id >= (c.r).payout_id
                            and r.payout_id <= (c.r).payout_id and r.attempt_no = (c.r).attempt_no
                            and r.send_no = (c.r).send_no
                        order by r.payout_id limit 1) q) n
            where s.ctid = n.place;
    end if;
end
$body$;

create function holdfast.lock_payout_reference(in_ledger integer, of_provider text, given text) returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$body$
begin
    perform pg_advisory_xact_lock(hashtextextended(of_provider || ' ' || given, in_ledger));
    if current_setting('transaction_isolation') <> 'read committed' then
        -- An older snapshot could miss what was booked as nobody's: locking the row makes that a serialization failure.
        perform 1 from holdfast.ledger l where l.ledger_id = in_ledger for share;
    end if;
    return true;
end
$body$;
comment on function holdfast.lock_payout_reference is
    'Lets whoever gives a provider''s reference to an attempt wait for whoever books it as nobody''s, and the other way round';

create function holdfast.lock_nobodys_reference(in_ledger integer, of_provider text, given text) returns boolean
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$body$
begin
    perform pg_advisory_xact_lock(hashtextextended(of_provider || ' ' || given, in_ledger));
    -- Changes nothing, but is a change to whoever has an older snapshot.
    update holdfast.ledger set closed_through = closed_through where ledger_id = in_ledger;
    return true;
end
$body$;
comment on function holdfast.lock_nobodys_reference is
    'The same for whoever books what was paid under it as nobody''s';

create function holdfast.bind_references(
    in_ledger integer, in_at timestamptz, payouts uuid[], attempts integer[], providers text[], refs text[])
    returns table (provider text, reference text, payout_id uuid, attempt_no integer)
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
    set enable_sort = off set jit = off as
$body$
begin
    -- In one order, so that two writers of the same references wait for each other and do not deadlock.
    perform holdfast.lock_payout_reference(in_ledger, n.provider, n.reference)
        from (select u.provider, u.reference from unnest(providers, refs) as u (provider, reference)
            order by u.provider, u.reference offset 0) n;
    insert into holdfast.payout_reference (ledger_id, provider, reference, payout_id, attempt_no, recorded_at)
        select in_ledger, n.provider, n.reference, n.payout_id, n.attempt_no, in_at
            from unnest(providers, refs, payouts, attempts) as n (provider, reference, payout_id, attempt_no)
            order by n.provider, n.reference
        on conflict do nothing;
    -- A later statement, which sees who was faster.
    return query select r.provider, r.reference, r.payout_id, r.attempt_no
        from unnest(providers, refs) as n (provider, reference)
        cross join lateral (
            select * from holdfast.payout_reference q
                where q.ledger_id = in_ledger and q.provider = n.provider
                    and q.reference >= n.reference and q.reference <= n.reference
                order by q.reference limit 1) r;
end
$body$;
comment on function holdfast.write_payouts is
    'Writes rows of payouts, each the text of a value of its table''s type: new ones first, in the order in which they refer to each other, then changes';
comment on function holdfast.bind_references is
    'Gives references of providers to attempts, unless others have them, and returns whose they are now';

--changeset holdfast:010-grants splitStatements:false stripComments:false
do $body$
begin
    revoke execute on function holdfast.lock_payout_reference(integer, text, text),
        holdfast.lock_nobodys_reference(integer, text, text) from public;
    if exists (select from pg_catalog.pg_roles where rolname = 'holdfast_app') then
        execute 'grant execute on function holdfast.lock_payout_reference(integer, text, text),
            holdfast.lock_nobodys_reference(integer, text, text) to holdfast_app';
    end if;
end
$body$;

--changeset holdfast:010-version
insert into holdfast.schema_version (version, name) values (10, '010-payout-running');
