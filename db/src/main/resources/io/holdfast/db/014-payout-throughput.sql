--liquibase formatted sql

-- The same promises as in 005, 008, 009 and 010, kept in less time: guards look at a statement's rows once, rows are found by
-- one index lookup each, the feed's queue has a row for each statement instead of each transition.

-- As in 011, look-ups are lateral and ask for the first row of a range of one value in the order of one index: a plan kept
-- from when the tables were empty stays right.

--changeset holdfast:014-indexes
-- One index says what is due at a provider, what is new apart from what is to be asked about.
drop index holdfast.payout_due;
drop index holdfast.payout_due_by_provider;
drop index holdfast.payout_to_ask_by_provider;
create index payout_due on holdfast.payout (ledger_id, (routes[route_no]), (status in ('SCHEDULED', 'PENDING')), next_at)
    where next_at is not null;
comment on index holdfast.payout_due is 'What a provider is to be sent next, or asked about';
create index payout_reference_attempt on holdfast.payout_reference (ledger_id, payout_id, attempt_no);
alter table holdfast.payout drop constraint payout_quote_once;
create unique index payout_quote_once on holdfast.payout (ledger_id, quote_id) where quote_id is not null;
comment on index holdfast.payout_quote_once is 'A quote is good for one payout';

--changeset holdfast:014-fixed-columns
-- The same guards as before, asked only where something fixed did change, so that each update is spared the call.
drop trigger payout_attempt_is_fixed on holdfast.payout_attempt;
create trigger payout_attempt_is_fixed before update on holdfast.payout_attempt
    for each row when (row(old.ledger_id, old.payout_id, old.attempt_no, old.provider, old.provider_key, old.memo,
            old.quoted_fee, old.usable_until, old.method, old.path, old.body, old.created_at)
        is distinct from row(new.ledger_id, new.payout_id, new.attempt_no, new.provider, new.provider_key, new.memo,
            new.quoted_fee, new.usable_until, new.method, new.path, new.body, new.created_at))
    execute function holdfast.refuse_change_of_fixed_columns('state', 'outcome', 'provider_reference', 'fee_told',
        'fee_booked', 'fee_refunded', 'failure_reason');
alter table holdfast.payout_attempt enable always trigger payout_attempt_is_fixed;
drop trigger payout_send_is_fixed on holdfast.payout_send;
create trigger payout_send_is_fixed before update on holdfast.payout_send
    for each row when (row(old.ledger_id, old.payout_id, old.attempt_no, old.send_no, old.lease_token, old.sent_at)
        is distinct from row(new.ledger_id, new.payout_id, new.attempt_no, new.send_no, new.lease_token, new.sent_at))
    execute function holdfast.refuse_change_of_fixed_columns('outcome', 'answered_at');
alter table holdfast.payout_send enable always trigger payout_send_is_fixed;

--changeset holdfast:014-parents splitStatements:false stripComments:false
-- What foreign keys asked for each row, asked once a statement; nothing that is referred to is ever deleted.
create function holdfast.check_payout_wallets() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as
$body$
declare
    orphan record;
begin
    select n.payout_id, n.account_id into orphan
        from added n
        left join lateral (select true as found from holdfast.account a
            where a.ledger_id = n.ledger_id and a.account_id >= n.account_id and a.account_id <= n.account_id
            order by a.account_id limit 1) a on true
        where a.found is null limit 1;
    if found then
        raise exception 'payout % refused: there is no account %', orphan.payout_id, orphan.account_id
            using errcode = 'foreign_key_violation';
    end if;
    return null;
end
$body$;

create function holdfast.check_payout_is_there() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as
$body$
declare
    orphan record;
begin
    select n.payout_id into orphan
        from added n
        left join lateral (select true as found from holdfast.payout p
            where p.ledger_id = n.ledger_id and p.payout_id >= n.payout_id and p.payout_id <= n.payout_id
            order by p.payout_id limit 1) p on true
        where p.found is null limit 1;
    if found then
        raise exception '% refused: there is no payout %', tg_table_name, orphan.payout_id
            using errcode = 'foreign_key_violation';
    end if;
    return null;
end
$body$;

create function holdfast.check_payout_attempts() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as
$body$
declare
    wrong record;
begin
    select n.payout_id, p.checkers is null as is_orphan into wrong
        from added n
        left join lateral (select q.checkers from holdfast.payout q
            where q.ledger_id = n.ledger_id and q.payout_id >= n.payout_id and q.payout_id <= n.payout_id
            order by q.payout_id limit 1) p on true
        where p.checkers is null
            or p.checkers > 0 and not coalesce(holdfast.payout_is_approved(n.ledger_id, n.payout_id), true)
        limit 1;
    if not found then
        return null;
    elsif wrong.is_orphan then
        raise exception 'payout_attempt refused: there is no payout %', wrong.payout_id
            using errcode = 'foreign_key_violation';
    end if;
    raise exception 'INSERT of payout_attempt refused: payout % is not approved as it stands', wrong.payout_id
        using errcode = 'HF008';
end
$body$;

create function holdfast.check_attempt_is_there() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as
$body$
declare
    orphan record;
begin
    select n.payout_id, n.attempt_no into orphan
        from added n
        left join lateral (select true as found from holdfast.payout_attempt a
            where a.ledger_id = n.ledger_id and a.payout_id >= n.payout_id and a.payout_id <= n.payout_id
                and a.attempt_no = n.attempt_no
            order by a.payout_id limit 1) a on true
        where a.found is null limit 1;
    if found then
        raise exception '% refused: payout % has no attempt %', tg_table_name, orphan.payout_id, orphan.attempt_no
            using errcode = 'foreign_key_violation';
    end if;
    return null;
end
$body$;

create function holdfast.check_payout_entries() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as
$body$
declare
    orphan record;
begin
    select n.entry_id, n.payout_id, n.transition_no, e.found is null as has_no_entry into orphan
        from added n
        left join lateral (select true as found from holdfast.journal_entry j
            where j.ledger_id = n.ledger_id and j.entry_id >= n.entry_id and j.entry_id <= n.entry_id
            order by j.entry_id limit 1) e on true
        left join lateral (select true as found from holdfast.payout_transition s
            where s.ledger_id = n.ledger_id and s.payout_id >= n.payout_id and s.payout_id <= n.payout_id
                and s.transition_no = n.transition_no
            order by s.payout_id limit 1) t
            on true
        where e.found is null or t.found is null limit 1;
    if found then
        raise exception 'payout_entry refused: there is no %', case when orphan.has_no_entry
                then 'entry ' || orphan.entry_id
                else 'transition ' || orphan.transition_no || ' of payout ' || orphan.payout_id end
            using errcode = 'foreign_key_violation';
    end if;
    return null;
end
$body$;

alter table holdfast.payout drop constraint payout_ledger_id_fkey, drop constraint payout_ledger_id_account_id_fkey;
alter table holdfast.payout_metadata drop constraint payout_metadata_ledger_id_payout_id_fkey;
alter table holdfast.payout_attempt drop constraint payout_attempt_ledger_id_payout_id_fkey;
alter table holdfast.payout_reference drop constraint payout_reference_ledger_id_payout_id_attempt_no_fkey;
alter table holdfast.payout_send drop constraint payout_send_ledger_id_payout_id_attempt_no_fkey;
alter table holdfast.payout_transition drop constraint payout_transition_ledger_id_payout_id_fkey;
alter table holdfast.payout_entry drop constraint payout_entry_ledger_id_entry_id_fkey,
    drop constraint payout_entry_ledger_id_payout_id_transition_no_fkey;
alter table holdfast.payout_feed drop constraint payout_feed_ledger_id_payout_id_transition_no_fkey;
drop trigger payout_attempt_is_approved on holdfast.payout_attempt;

create trigger payout_has_a_wallet after insert on holdfast.payout
    referencing new table as added for each statement execute function holdfast.check_payout_wallets();
create trigger payout_metadata_has_a_payout after insert on holdfast.payout_metadata
    referencing new table as added for each statement execute function holdfast.check_payout_is_there();
create trigger payout_transition_has_a_payout after insert on holdfast.payout_transition
    referencing new table as added for each statement execute function holdfast.check_payout_is_there();
create trigger payout_attempt_is_approved after insert on holdfast.payout_attempt
    referencing new table as added for each statement execute function holdfast.check_payout_attempts();
create trigger payout_send_has_an_attempt after insert on holdfast.payout_send
    referencing new table as added for each statement execute function holdfast.check_attempt_is_there();
create trigger payout_reference_has_an_attempt after insert on holdfast.payout_reference
    referencing new table as added for each statement execute function holdfast.check_attempt_is_there();
create trigger payout_entry_has_entry_and_transition after insert on holdfast.payout_entry
    referencing new table as added for each statement execute function holdfast.check_payout_entries();
alter table holdfast.payout enable always trigger payout_has_a_wallet;
alter table holdfast.payout_metadata enable always trigger payout_metadata_has_a_payout;
alter table holdfast.payout_transition enable always trigger payout_transition_has_a_payout;
alter table holdfast.payout_attempt enable always trigger payout_attempt_is_approved;
alter table holdfast.payout_send enable always trigger payout_send_has_an_attempt;
alter table holdfast.payout_reference enable always trigger payout_reference_has_an_attempt;
alter table holdfast.payout_entry enable always trigger payout_entry_has_entry_and_transition;

--changeset holdfast:014-reading splitStatements:false stripComments:false
create function holdfast.payouts_by_key(in_ledger integer, keys text[]) returns setof holdfast.payout
    language plpgsql stable set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as
$body$
begin
    return query select p.* from unnest(keys) as n (key)
        cross join lateral (select * from holdfast.payout q where q.ledger_id = in_ledger and q.key >= n.key and q.key <= n.key order by q.key limit 1) p;
end
$body$;

create function holdfast.payouts_by_id(in_ledger integer, ids uuid[]) returns setof holdfast.payout
    language plpgsql stable set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as
$body$
begin
    return query select p.* from unnest(ids) as n (id)
        cross join lateral (
            select * from holdfast.payout q where q.ledger_id = in_ledger and q.payout_id >= n.id and q.payout_id <= n.id
                order by q.payout_id limit 1) p;
end
$body$;

create function holdfast.lock_payouts(in_ledger integer, ids uuid[]) returns setof holdfast.payout
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as
$body$
begin
    -- In the order of their ids, so that two who lock the same wait for each other and do not deadlock.
    return query select p.* from (select distinct u.id from unnest(ids) as u (id) order by 1) n
        cross join lateral (
            select * from holdfast.payout q where q.ledger_id = in_ledger and q.payout_id >= n.id and q.payout_id <= n.id
                order by q.payout_id limit 1 for update) p;
end
$body$;

create function holdfast.lock_due_payouts(in_ledger integer, at timestamptz, of_provider text, kinds boolean[], most integer)
    returns setof holdfast.payout
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as
$body$
begin
    return query select p.* from unnest(kinds) as n (is_new)
        cross join lateral (
            select * from holdfast.payout q
                where q.ledger_id = in_ledger and q.routes[q.route_no] = of_provider
                    and (q.status in ('SCHEDULED', 'PENDING')) = n.is_new and q.next_at <= at
                    and (q.lease_until is null or q.lease_until <= at)
                order by q.next_at limit most
                for update skip locked) p
        order by p.next_at limit most;
end
$body$;

create function holdfast.due_providers(in_ledger integer) returns setof text
    language plpgsql stable set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as
$body$
begin
    -- From each provider to the next by the index, however much is due at one.
    return query with recursive named (provider) as (
        (select p.routes[p.route_no] from holdfast.payout p
            where p.ledger_id = in_ledger and p.next_at is not null order by 1 limit 1)
        union all
        select (select p.routes[p.route_no] from holdfast.payout p
                where p.ledger_id = in_ledger and p.next_at is not null and p.routes[p.route_no] > n.provider
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
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as
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
comment on function holdfast.payouts_by_key is 'Payouts by their keys, of those there are';
comment on function holdfast.payouts_by_id is 'Payouts by their ids, of those there are';
comment on function holdfast.lock_payouts is 'Payouts by their ids, of those there are, locked until the transaction ends';
comment on function holdfast.lock_due_payouts is
    'What has been due for longest at a provider and nobody else takes up, locked: of what is new, or is to be asked about, or both';
comment on function holdfast.due_providers is 'The providers at which payouts wait for their time';
comment on function holdfast.payout_attempts is
    'The attempts of payouts, a row for each send; an attempt of which nothing was sent has one row';

create function holdfast.parked_webhooks(in_ledger integer, providers text[], refs text[])
    returns table (place integer, webhook_no bigint)
    language plpgsql stable set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as
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
comment on function holdfast.parked_webhooks is 'The deliveries that are parked about references, each by the place of its reference, from 1';

create function holdfast.accounts_by_path(in_ledger integer, paths text[]) returns setof holdfast.account
    language plpgsql stable set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as
$body$
begin
    return query select a.* from unnest(paths) as n (path)
        cross join lateral (
            select * from holdfast.account q where q.ledger_id = in_ledger and q.path >= n.path and q.path <= n.path
                order by q.path, q.currency offset 0) a;
end
$body$;
comment on function holdfast.accounts_by_path is 'Accounts by their paths, one for each currency';

create function holdfast.accounts_by_id(in_ledger integer, ids bigint[]) returns setof holdfast.account
    language plpgsql stable set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as
$body$
begin
    return query select a.* from unnest(ids) as n (id)
        cross join lateral (
            select * from holdfast.account q where q.ledger_id = in_ledger and q.account_id >= n.id and q.account_id <= n.id
                order by q.account_id limit 1) a;
end
$body$;
comment on function holdfast.accounts_by_id is 'Accounts by their ids, of those there are';

create function holdfast.holds_by_id(in_ledger integer, ids uuid[]) returns setof holdfast.hold
    language plpgsql stable set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as
$body$
begin
    return query select h.* from unnest(ids) as n (id)
        cross join lateral (
            select * from holdfast.hold q where q.ledger_id = in_ledger and q.hold_id >= n.id and q.hold_id <= n.id
                order by q.hold_id limit 1) h
        order by h.expires_at, h.hold_id;
end
$body$;
comment on function holdfast.holds_by_id is 'Holds by their ids, of those there are, those that expire first before others';

--changeset holdfast:014-writing splitStatements:false stripComments:false
-- A row comes as the text of a composite value, which the server reads in half the time it takes for a JSON object.
create function holdfast.write_payouts(
    payouts text[], metadata text[], attempts text[], sends text[], transitions text[], entries text[],
    payout_changes text[], attempt_changes text[], send_changes text[]) returns void
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as
$body$
begin
    if cardinality(payouts) > 0 then
        insert into holdfast.payout select (n.r).* from (select u.r::holdfast.payout as r from unnest(payouts) as u (r) offset 0) n;
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
    if cardinality(payout_changes) > 0 then
        update holdfast.payout p
            set status = (n.r).status, route_no = (n.r).route_no, next_at = (n.r).next_at, tries = (n.r).tries,
                lease_token = (n.r).lease_token, lease_until = (n.r).lease_until, blocked = (n.r).blocked,
                failure_reason = (n.r).failure_reason, failure_code = (n.r).failure_code,
                failure_detail = (n.r).failure_detail, failover_reason = (n.r).failover_reason,
                received = (n.r).received, reversed = (n.r).reversed, late = (n.r).late,
                transitions = (n.r).transitions, updated_at = (n.r).updated_at, completed_at = (n.r).completed_at
            from (select c.r, q.ctid as place
                from (select u.r::holdfast.payout as r from unnest(payout_changes) as u (r) offset 0) c
                cross join lateral (
                    select r.ctid from holdfast.payout r
                        where r.ledger_id = (c.r).ledger_id and r.payout_id >= (c.r).payout_id
                            and r.payout_id <= (c.r).payout_id
                        order by r.payout_id limit 1) q) n
            where p.ctid = n.place;
    end if;
    if cardinality(attempt_changes) > 0 then
        update holdfast.payout_attempt a
            set state = (n.r).state, outcome = (n.r).outcome, provider_reference = (n.r).provider_reference,
                fee_told = (n.r).fee_told, fee_booked = (n.r).fee_booked, fee_refunded = (n.r).fee_refunded,
                failure_reason = (n.r).failure_reason
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
comment on function holdfast.write_payouts is
    'Writes rows of payouts, each the text of a value of its table''s type: new ones first, in the order in which they refer to each other, then changes';
create or replace function holdfast.give_back_usage(in_ledger integer, subjects text[], currencies text[], days date[], amounts numeric[])
    returns void
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as
$body$
begin
    perform from holdfast.lock_usage(in_ledger, subjects, currencies, days);
    update holdfast.payout_usage u
        -- What was requested before anything was counted is not missed: a count must never stand in the way of a release.
        set month_count = greatest(u.month_count - s.month_count, 0),
            month_amount = greatest(u.month_amount - s.month_amount, 0),
            day_count = greatest(u.day_count - s.day_count, 0), day_amount = greatest(u.day_amount - s.day_amount, 0)
        from (select k.ctid as place, count(*) as month_count, sum(n.amount) as month_amount,
                count(*) filter (where n.day = k.day) as day_count,
                coalesce(sum(n.amount) filter (where n.day = k.day), 0) as day_amount
            from unnest(subjects, currencies, days, amounts) as n (subject, currency, day, amount)
            cross join lateral (
                select q.ctid, q.day from holdfast.payout_usage q
                    where q.ledger_id = in_ledger and q.subject >= n.subject and q.subject <= n.subject
                        and q.currency = n.currency and q.month = date_trunc('month', n.day::timestamp)::date
                    order by q.subject limit 1) k
            group by k.ctid) s
        where u.ctid = s.place;
end
$body$;
create or replace function holdfast.bind_references(
    in_ledger integer, in_at timestamptz, payouts uuid[], attempts integer[], providers text[], refs text[])
    returns table (provider text, reference text, payout_id uuid, attempt_no integer)
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as
$body$
begin
    -- In one order, so that two writers of the same references wait for each other and do not deadlock.
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

create or replace function holdfast.lock_usage(in_ledger integer, subjects text[], currencies text[], days date[])
    returns setof holdfast.payout_usage
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as
$body$
begin
    -- Here and below in one order, so that two writers wait for each other and do not deadlock.
    insert into holdfast.payout_usage as u (ledger_id, subject, currency, month, month_count, month_amount, day, day_count, day_amount)
        select in_ledger, n.subject, n.currency, date_trunc('month', n.day::timestamp)::date, 0, 0, min(n.day), 0, 0
            from unnest(subjects, currencies, days) as n (subject, currency, day)
            group by n.subject, n.currency, date_trunc('month', n.day::timestamp)
            order by n.subject, n.currency, date_trunc('month', n.day::timestamp)
        on conflict do nothing;
    return query select u.*
        from (select distinct n.subject, n.currency, date_trunc('month', n.day::timestamp)::date as month
            from unnest(subjects, currencies, days) as n (subject, currency, day) order by 1, 2, 3) w
        cross join lateral (
            select * from holdfast.payout_usage q
                where q.ledger_id = in_ledger and q.subject >= w.subject and q.subject <= w.subject
                    and q.currency = w.currency and q.month = w.month
                order by q.subject limit 1 for update) u;
end
$body$;

create function holdfast.count_usage(in_ledger integer, subjects text[], currencies text[], days date[], amounts numeric[])
    returns void
    language plpgsql set search_path = pg_catalog, pg_temp as
$body$
begin
    insert into holdfast.payout_usage as u (ledger_id, subject, currency, month, month_count, month_amount, day, day_count, day_amount)
        select in_ledger, n.subject, n.currency, date_trunc('month', n.day::timestamp)::date, count(*), sum(n.amount), max(n.day),
                count(*), sum(n.amount)
            from unnest(subjects, currencies, days, amounts) as n (subject, currency, day, amount)
            group by n.subject, n.currency, date_trunc('month', n.day::timestamp)
            order by n.subject, n.currency, date_trunc('month', n.day::timestamp)
        on conflict (ledger_id, subject, currency, month) do update
            set month_count = u.month_count + excluded.month_count, month_amount = u.month_amount + excluded.month_amount,
                day = greatest(u.day, excluded.day),
                day_count = case when excluded.day >= u.day then excluded.day_count else 0 end
                    + case when excluded.day > u.day then 0 else u.day_count end,
                day_amount = case when excluded.day >= u.day then excluded.day_amount else 0 end
                    + case when excluded.day > u.day then 0 else u.day_amount end;
end
$body$;
comment on function holdfast.count_usage is 'Counts payouts of one day each, where nobody asks how many there were';

create or replace function holdfast.write_usage(in_ledger integer, subjects text[], currencies text[], months date[],
    month_counts integer[], month_amounts numeric[], days date[], day_counts integer[], day_amounts numeric[]) returns void
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as
$body$
begin
    update holdfast.payout_usage u
        set month_count = n.month_count, month_amount = n.month_amount, day = n.day, day_count = n.day_count,
            day_amount = n.day_amount
        from (select c.*, q.ctid as place
            from unnest(subjects, currencies, months, month_counts, month_amounts, days, day_counts, day_amounts)
                as c (subject, currency, month, month_count, month_amount, day, day_count, day_amount)
            cross join lateral (
                select r.ctid from holdfast.payout_usage r
                    where r.ledger_id = in_ledger and r.subject >= c.subject and r.subject <= c.subject
                        and r.currency = c.currency and r.month = c.month
                    order by r.subject limit 1) q) n
        where u.ctid = n.place;
end
$body$;

--changeset holdfast:014-feed splitStatements:false stripComments:false
create table holdfast.payout_feed_queue (
    ledger_id      integer       not null,
    batch_no       bigint        not null generated always as identity,
    payout_ids     uuid[]        not null,
    transition_nos integer[]     not null,
    recorded_at    timestamptz[] not null,
    primary key (ledger_id, batch_no),
    check (cardinality(transition_nos) = cardinality(payout_ids) and cardinality(recorded_at) = cardinality(payout_ids))
);
comment on table holdfast.payout_feed_queue is 'Transitions that have no number in the feed yet, those of one statement a row. A queue: rows go once they have one';
insert into holdfast.payout_feed_queue (ledger_id, payout_ids, transition_nos, recorded_at)
    select d.ledger_id, array_agg(d.payout_id), array_agg(d.transition_no), array_agg(d.recorded_at)
        from holdfast.payout_feed_due d group by d.ledger_id;
drop table holdfast.payout_feed_due;
create view holdfast.payout_feed_due as
    select q.ledger_id, u.payout_id, u.transition_no, u.recorded_at
        from holdfast.payout_feed_queue q
        cross join lateral unnest(q.payout_ids, q.transition_nos, q.recorded_at) as u (payout_id, transition_no, recorded_at);
comment on view holdfast.payout_feed_due is 'Transitions that have no number in the feed yet';

create or replace function holdfast.payout_transition_is_due() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp as
$body$
begin
    insert into holdfast.payout_feed_queue (ledger_id, payout_ids, transition_nos, recorded_at)
        select a.ledger_id, array_agg(a.payout_id), array_agg(a.transition_no), array_agg(a.recorded_at)
            from added a group by a.ledger_id;
    return null;
end
$body$;

create or replace function holdfast.check_payout_feed() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as
$body$
declare
    broken record;
begin
    select c.ledger_id, c.first_no, c.many into broken
        from (select a.ledger_id, min(a.feed_no) as first_no, max(a.feed_no) as last_no, count(*) as many
            from added a group by a.ledger_id) c
        where c.last_no - c.first_no + 1 <> c.many
            or c.first_no <> 1 and c.first_no - 1 is distinct from (select f.feed_no from holdfast.payout_feed f
                where f.ledger_id = c.ledger_id and f.feed_no < c.first_no order by f.feed_no desc limit 1);
    if found then
        raise exception 'feed of ledger % refused: % numbers from % on do not follow on the last', broken.ledger_id,
            broken.many, broken.first_no using errcode = 'HF001';
    end if;
    select n.payout_id, n.transition_no into broken
        from added n
        left join lateral (select true as found from holdfast.payout_transition t
            where t.ledger_id = n.ledger_id and t.payout_id = n.payout_id and t.transition_no = n.transition_no limit 1) t
            on true
        where t.found is null limit 1;
    if found then
        raise exception 'payout_feed refused: there is no transition % of payout %', broken.transition_no, broken.payout_id
            using errcode = 'foreign_key_violation';
    end if;
    return null;
end
$body$;

-- Numbers what is due and committed, each payout's transitions in their order: a later one is in a later row of the queue,
-- because it is written under the payout's lock after the earlier one is committed. What a transaction that is still open
-- has written is not seen, stays due and is numbered later; nothing is ever inserted below a number that could be read.
create or replace function holdfast.number_payout_feed(of_ledger integer, most integer) returns integer
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off as
$body$
declare
    last_no bigint;
    numbered integer;
begin
    if not exists (select from holdfast.payout_feed_queue d where d.ledger_id = of_ledger) then
        return 0;
    end if;
    perform pg_advisory_xact_lock(holdfast.payout_feed_lock_key(of_ledger));
    -- Statements after the lock see what was committed before it was granted.
    select coalesce(max(f.feed_no), 0) into last_no from holdfast.payout_feed f where f.ledger_id = of_ledger;
    with oldest as (
        select d.* from holdfast.payout_feed_queue d where d.ledger_id = of_ledger order by d.batch_no limit most),
    counted as (
        select o.*, sum(cardinality(o.payout_ids)) over (order by o.batch_no) - cardinality(o.payout_ids) as before
            from oldest o),
    taken as (
        delete from holdfast.payout_feed_queue d using counted c
            where c.before < most and d.ledger_id = of_ledger and d.batch_no = c.batch_no),
    due as (
        select u.payout_id, u.transition_no,
                max(u.at) over (partition by u.payout_id order by u.transition_no) as at
            from counted c
            cross join lateral unnest(c.payout_ids, c.transition_nos, c.recorded_at) as u (payout_id, transition_no, at)
            where c.before < most)
    insert into holdfast.payout_feed (ledger_id, feed_no, payout_id, transition_no)
        select of_ledger, last_no + row_number() over (order by d.at, d.payout_id, d.transition_no), d.payout_id,
                d.transition_no
            from due d order by 2;
    get diagnostics numbered = row_count;
    return numbered;
end
$body$;
comment on function holdfast.number_payout_feed is 'Gives numbers to about so many transitions, those of the oldest statements, and returns to how many';

--changeset holdfast:014-grants splitStatements:false stripComments:false
do $body$
begin
    if exists (select from pg_catalog.pg_roles where rolname = 'holdfast_app') then
        execute 'grant select, insert, delete on holdfast.payout_feed_queue to holdfast_app';
        execute 'grant select on holdfast.payout_feed_due to holdfast_app';
    end if;
    if exists (select from pg_catalog.pg_roles where rolname = 'holdfast_sealer') then
        execute 'grant select on holdfast.payout_feed_queue, holdfast.payout_feed_due to holdfast_sealer';
    end if;
end
$body$;

--changeset holdfast:014-version
insert into holdfast.schema_version (version, name) values (14, '014-payout-throughput');
