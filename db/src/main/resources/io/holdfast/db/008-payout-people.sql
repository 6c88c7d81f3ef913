--liquibase formatted sql

-- What people and providers' own calls do to payouts: approvals, resolutions, what was paid beside what settled a payout,
-- webhooks; and the numbered feed of transitions. Facts (payout_approval, payout_resolution, payout_resolution_end,
-- payout_surplus, payout_feed) are only ever inserted. HF008: one person where two are needed, or not what was agreed to.

--changeset holdfast:008-approvals
create table holdfast.payout_approval (
    ledger_id    integer     not null,
    payout_id    uuid        not null,
    approval_no  integer     not null check (approval_no between 1 and 2),
    actor        text        not null,
    content_hash bytea       not null,
    recorded_at  timestamptz not null,
    primary key (ledger_id, payout_id, approval_no),
    unique (ledger_id, payout_id, actor),
    foreign key (ledger_id, payout_id) references holdfast.payout_intent
);
comment on table holdfast.payout_approval is 'Who agreed to a payout, and to what. A fact';
comment on column holdfast.payout_approval.content_hash is 'Of amount, fee, recipient and permitted routes: see payout_content_hash';

--changeset holdfast:008-approval-guards splitStatements:false stripComments:false
create function holdfast.payout_content_hash(of_ledger integer, of_payout uuid) returns bytea
    language sql stable set search_path = pg_catalog, pg_temp as
$body$
    -- Each field behind its length, so that no two contents are written alike.
    select sha256(convert_to(
            string_agg(octet_length(convert_to(f.field, 'UTF8')) || ':' || f.field, ',' order by f.number), 'UTF8'))
        from holdfast.payout_intent p
        join holdfast.account a on a.ledger_id = p.ledger_id and a.account_id = p.account_id
        cross join lateral unnest(array[a.currency, p.amount::text, p.fee::text, p.recipient_type, p.recipient_address,
            p.recipient_name, coalesce(p.recipient_bank, ''), coalesce(p.recipient_operator, '')] || p.routes)
            with ordinality as f (field, number)
        where p.ledger_id = of_ledger and p.payout_id = of_payout
$body$;

create function holdfast.payout_is_approved(of_ledger integer, of_payout uuid) returns boolean
    language sql stable set search_path = pg_catalog, pg_temp as
$body$
    select p.checkers = 0 or p.checkers <= (select count(distinct a.actor) from holdfast.payout_approval a
            where a.ledger_id = p.ledger_id and a.payout_id = p.payout_id and a.actor <> p.actor
                and a.content_hash = holdfast.payout_content_hash(p.ledger_id, p.payout_id))
        from holdfast.payout_intent p where p.ledger_id = of_ledger and p.payout_id = of_payout
$body$;

create function holdfast.check_payout_approval() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp as
$body$
declare
    maker text;
begin
    select p.actor into maker from holdfast.payout p
        where p.ledger_id = new.ledger_id and p.payout_id = new.payout_id and p.status = 'AWAITING_APPROVAL';
    if maker is null then
        raise exception 'approval of payout % refused: it does not await any', new.payout_id using errcode = 'HF008';
    end if;
    if maker = new.actor then
        raise exception 'approval of payout % refused: % asked for it', new.payout_id, maker using errcode = 'HF008';
    end if;
    if new.content_hash is distinct from holdfast.payout_content_hash(new.ledger_id, new.payout_id) then
        raise exception 'approval of payout % refused: its content is another', new.payout_id using errcode = 'HF008';
    end if;
    return new;
end
$body$;
create trigger payout_approval_is_anothers before insert on holdfast.payout_approval
    for each row execute function holdfast.check_payout_approval();
alter table holdfast.payout_approval enable always trigger payout_approval_is_anothers;

create function holdfast.check_payout_is_approved() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp as
$body$
begin
    if not coalesce(holdfast.payout_is_approved(new.ledger_id, new.payout_id), true) then
        raise exception '% of % refused: payout % is not approved as it stands', tg_op, tg_table_name, new.payout_id
            using errcode = 'HF008';
    end if;
    return new;
end
$body$;
create trigger payout_goes_on_approved before update on holdfast.payout_state
    for each row when (old.status = 'AWAITING_APPROVAL' and new.status not in ('AWAITING_APPROVAL', 'CANCELLED'))
    execute function holdfast.check_payout_is_approved();
alter table holdfast.payout_state enable always trigger payout_goes_on_approved;

--changeset holdfast:008-resolutions splitStatements:false stripComments:false
create table holdfast.payout_resolution (
    ledger_id     integer        not null,
    payout_id     uuid           not null,
    resolution_no integer        not null check (resolution_no >= 1),
    verdict       text           not null check (verdict in ('SUCCEEDED', 'FAILED')),
    attempt_no    integer        not null,
    reference     text           check (length(reference) between 1 and 200),
    fee           numeric(38, 0) check (fee >= 0),
    evidence      text           not null check (length(evidence) >= 1),
    actor         text           not null,
    recorded_at   timestamptz    not null,
    happened_on   date,
    primary key (ledger_id, payout_id, resolution_no),
    foreign key (ledger_id, payout_id, attempt_no) references holdfast.payout_attempt
);
comment on table holdfast.payout_resolution is 'What a person says became of a payout that is in review or has ended. It counts once another confirms it. A fact';
comment on column holdfast.payout_resolution.reference is 'The provider''s, where the person found one';
comment on column holdfast.payout_resolution.fee is 'What the provider charged, where the person found out';
comment on column holdfast.payout_resolution.happened_on is 'The provider''s date of it, where the person found one';

create table holdfast.payout_resolution_end (
    ledger_id     integer     not null,
    payout_id     uuid        not null,
    resolution_no integer     not null,
    way           text        not null check (way in ('CONFIRMED', 'LAPSED', 'REPLACED')),
    actor         text        not null,
    recorded_at   timestamptz not null,
    primary key (ledger_id, payout_id, resolution_no),
    foreign key (ledger_id, payout_id, resolution_no) references holdfast.payout_resolution
);
comment on table holdfast.payout_resolution_end is 'What became of what a person said. A fact';
comment on column holdfast.payout_resolution_end.way is 'LAPSED: the provider''s own word came first. REPLACED: a person said something else';

create function holdfast.check_payout_resolution() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp as
$body$
begin
    if exists (select from holdfast.payout_resolution r
            where r.ledger_id = new.ledger_id and r.payout_id = new.payout_id and not exists (
                select from holdfast.payout_resolution_end e where e.ledger_id = r.ledger_id
                    and e.payout_id = r.payout_id and e.resolution_no = r.resolution_no)) then
        raise exception 'resolution of payout % refused: another one is pending', new.payout_id using errcode = 'HF008';
    end if;
    return new;
end
$body$;
create trigger payout_resolution_is_alone before insert on holdfast.payout_resolution
    for each row execute function holdfast.check_payout_resolution();
alter table holdfast.payout_resolution enable always trigger payout_resolution_is_alone;

create function holdfast.check_payout_resolution_end() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp as
$body$
begin
    if new.way = 'CONFIRMED' and exists (select from holdfast.payout_resolution r
            where r.ledger_id = new.ledger_id and r.payout_id = new.payout_id
                and r.resolution_no = new.resolution_no and r.actor = new.actor) then
        raise exception 'confirmation of resolution % of payout % refused: % made it', new.resolution_no,
            new.payout_id, new.actor using errcode = 'HF008';
    end if;
    return new;
end
$body$;
create trigger payout_resolution_is_confirmed_by_another before insert on holdfast.payout_resolution_end
    for each row execute function holdfast.check_payout_resolution_end();
alter table holdfast.payout_resolution_end enable always trigger payout_resolution_is_confirmed_by_another;

--changeset holdfast:008-surplus
create table holdfast.payout_surplus (
    ledger_id  integer not null,
    provider   text    not null,
    reference  text    not null,
    payout_id  uuid    not null,
    attempt_no integer not null,
    entry_id   uuid    not null,
    primary key (ledger_id, provider, reference),
    unique (ledger_id, entry_id),
    foreign key (ledger_id, provider, reference) references holdfast.payout_reference,
    foreign key (ledger_id, payout_id, attempt_no) references holdfast.payout_attempt,
    foreign key (ledger_id, entry_id) references holdfast.payout_entry
);
create index payout_surplus_payout on holdfast.payout_surplus (ledger_id, payout_id);
comment on table holdfast.payout_surplus is 'What a provider paid beside what settled a payout, and the entry that put it in suspense. A fact';

--changeset holdfast:008-webhooks
create table holdfast.payout_webhook (
    ledger_id       integer     not null references holdfast.ledger,
    webhook_no      bigint      not null generated always as identity,
    provider        text        not null,
    delivery        text        not null check (length(delivery) between 1 and 200),
    received_at     timestamptz not null,
    reference       text        check (length(reference) between 1 and 200),
    our_reference   text,
    outcome         text        not null check (outcome in ('ACCEPTED', 'SUCCEEDED', 'FAILED', 'REVERSED', 'UNKNOWN')),
    told_amount     text,
    told_fee        text,
    told_received   text,
    told_recipient  text,
    told_reference  text,
    told_at         timestamptz,
    failure_reason  text,
    failure_code    text,
    detail          text        not null,
    outcome_amount  text,
    outcome_fee     text,
    evidence        text        not null,
    payout_id       uuid,
    attempt_no      integer,
    transition_no   integer,
    applied_at      timestamptz,
    told_risk       text,
    told_environment text       check (told_environment in ('TEST', 'LIVE')),
    told_operator   text,
    alert           text,
    outcome_at      timestamptz,
    primary key (ledger_id, webhook_no),
    unique (ledger_id, provider, delivery),
    foreign key (ledger_id, payout_id, attempt_no) references holdfast.payout_attempt,
    foreign key (ledger_id, payout_id, transition_no) references holdfast.payout_transition,
    check (num_nonnulls(payout_id, attempt_no, transition_no, applied_at) in (0, 4))
);
create index payout_webhook_parked on holdfast.payout_webhook (ledger_id, provider, reference) where applied_at is null;
create index payout_webhook_parked_by_ours on holdfast.payout_webhook (ledger_id, provider, our_reference) where applied_at is null;
comment on table holdfast.payout_webhook is 'What providers called us to say, signed, each delivery once. What it said never changes';
comment on column holdfast.payout_webhook.delivery is 'The same for each copy of it';
comment on column holdfast.payout_webhook.told_amount is 'Amounts are currency, decimals and minor units: TZS 2 500000';
comment on column holdfast.payout_webhook.outcome_amount is 'What came back in all';
comment on column holdfast.payout_webhook.outcome_fee is 'The fee that was kept or given back';
comment on column holdfast.payout_webhook.alert is 'What of it a person is to be told once it is applied: it is on no table of the provider''s';
comment on column holdfast.payout_webhook.outcome_at is 'When it came to stand so, if the provider says so';
comment on column holdfast.payout_webhook.payout_id is 'Which payout it turned out to be about; null while it is parked';
comment on column holdfast.payout_webhook.transition_no is 'What it came to';
comment on column holdfast.payout_webhook.told_risk is 'What the provider did that may pay twice, in words';
comment on column holdfast.payout_webhook.told_environment is 'In which environment of the provider it is, if that is told';
create trigger payout_webhook_is_fixed before update on holdfast.payout_webhook
    for each row when (old.applied_at is null)
    execute function holdfast.refuse_change_of_fixed_columns('payout_id', 'attempt_no', 'transition_no', 'applied_at');
create trigger payout_webhook_is_applied_once before update on holdfast.payout_webhook
    for each row when (old.applied_at is not null) execute function holdfast.refuse_change();
alter table holdfast.payout_webhook enable always trigger payout_webhook_is_fixed;
alter table holdfast.payout_webhook enable always trigger payout_webhook_is_applied_once;

--changeset holdfast:008-feed splitStatements:false stripComments:false
create table holdfast.payout_feed (
    ledger_id      integer   not null,
    last_no        bigint    not null,
    payout_ids     uuid[]    not null check (cardinality(payout_ids) >= 1),
    transition_nos integer[] not null,
    primary key (ledger_id, last_no),
    check (cardinality(transition_nos) = cardinality(payout_ids))
);
comment on table holdfast.payout_feed is 'The transitions in the order in which hosts read them, those of one statement a row, numbered without gaps under one lock. A fact';
comment on column holdfast.payout_feed.last_no is 'The number of the last of the row; the others have those before it';
create view holdfast.payout_feed_event as
    select f.ledger_id, f.last_no - cardinality(f.payout_ids) + u.place as feed_no, u.payout_id, u.transition_no
        from holdfast.payout_feed f
        cross join lateral unnest(f.payout_ids, f.transition_nos) with ordinality as u (payout_id, transition_no, place);
comment on view holdfast.payout_feed_event is 'The transitions in the order in which hosts read them, a row each';

create table holdfast.payout_feed_queue (
    ledger_id      integer   not null,
    batch_no       bigint    not null generated always as identity,
    payout_ids     uuid[]    not null,
    transition_nos integer[] not null,
    statuses       text[]    not null,
    changes        bigint[]  not null,
    primary key (ledger_id, batch_no),
    check (cardinality(transition_nos) = cardinality(payout_ids)),
    check (cardinality(changes) = cardinality(statuses))
);
comment on table holdfast.payout_feed_queue is 'Transitions that have no number in the feed yet, those of one statement a row. A queue: rows go once they have one';
create view holdfast.payout_feed_due as
    select q.ledger_id, u.payout_id, u.transition_no
        from holdfast.payout_feed_queue q
        cross join lateral unnest(q.payout_ids, q.transition_nos) as u (payout_id, transition_no);
comment on view holdfast.payout_feed_due is 'Transitions that have no number in the feed yet';
comment on column holdfast.payout_feed_queue.statuses is 'Those in which the statement left more payouts or fewer';
comment on column holdfast.payout_feed_queue.changes is 'How many more of each; below zero if fewer';

create table holdfast.payout_count (
    ledger_id integer not null references holdfast.ledger,
    status    text    not null,
    payouts   bigint  not null,
    primary key (ledger_id, status)
);
comment on table holdfast.payout_count is 'How many payouts stand so, by the transitions that have a number in the feed. A projection';

create table holdfast.payout_feed_consumer (
    ledger_id  integer     not null references holdfast.ledger,
    consumer   text        not null check (length(consumer) between 1 and 100),
    offset_no  bigint      not null check (offset_no >= 0),
    updated_at timestamptz not null,
    primary key (ledger_id, consumer)
);
comment on table holdfast.payout_feed_consumer is 'How far each of the host''s readers of the feed has come';

create function holdfast.payout_transition_is_due() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$body$
begin
    insert into holdfast.payout_feed_queue (ledger_id, payout_ids, transition_nos, statuses, changes)
        select q.*, c.*
            from (select a.ledger_id, array_agg(a.payout_id order by a.payout_id, a.transition_no),
                    array_agg(a.transition_no order by a.payout_id, a.transition_no)
                from added a group by a.ledger_id) q
            cross join lateral (
                select coalesce(array_agg(n.status), '{}'), coalesce(array_agg(n.change), '{}')
                    from (select u.status, sum(u.change) as change
                        from added a cross join lateral (values (a.to_status, 1), (a.from_status, -1)) u (status, change)
                        where a.ledger_id = q.ledger_id and u.status is not null
                        group by u.status having sum(u.change) <> 0) n) c;
    return null;
end
$body$;
create trigger payout_transition_is_due after insert on holdfast.payout_transition
    referencing new table as added for each statement execute function holdfast.payout_transition_is_due();
alter table holdfast.payout_transition enable always trigger payout_transition_is_due;

create function holdfast.payout_feed_lock_key(of_ledger integer) returns bigint
    language sql immutable parallel safe as
$body$
    select (x'66656564'::bigint << 32) | of_ledger
$body$;

-- The numbers of a ledger follow on each other whoever gives them: one at a time, and each from the last.
create function holdfast.check_payout_feed() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
    set enable_sort = off set jit = off as
$body$
declare
    broken record;
begin
    select n.ledger_id, n.last_no into broken
        from (select a.ledger_id, a.last_no, a.last_no - cardinality(a.payout_ids) as before from added a) n
        left join lateral (select f.last_no from holdfast.payout_feed f
            where f.ledger_id = n.ledger_id and f.last_no < n.last_no order by f.last_no desc limit 1) p on true
        left join lateral (select f.last_no - cardinality(f.payout_ids) as before from holdfast.payout_feed f
            where f.ledger_id = n.ledger_id and f.last_no > n.last_no order by f.last_no limit 1) f on true
        where n.before <> coalesce(p.last_no, 0) or f.before <> n.last_no limit 1;
    if found then
        raise exception 'feed of ledger % refused: the numbers to % do not follow on the last', broken.ledger_id,
            broken.last_no using errcode = 'HF001';
    end if;
    select u.payout_id, u.transition_no into broken
        from added n
        cross join lateral unnest(n.payout_ids, n.transition_nos) as u (payout_id, transition_no)
        left join lateral (select true as found from holdfast.payout_transition t
            where t.ledger_id = n.ledger_id and t.payout_id >= u.payout_id and t.payout_id <= u.payout_id
                and t.transition_no = u.transition_no
            order by t.payout_id limit 1) t
            on true
        where t.found is null limit 1;
    if found then
        raise exception 'payout_feed refused: there is no transition % of payout %', broken.transition_no, broken.payout_id
            using errcode = 'foreign_key_violation';
    end if;
    return null;
end
$body$;
create trigger payout_feed_has_no_gap after insert on holdfast.payout_feed
    referencing new table as added for each statement execute function holdfast.check_payout_feed();
alter table holdfast.payout_feed enable always trigger payout_feed_has_no_gap;

-- Numbers what is due and committed, and counts it, each payout's transitions in their order: a later one is in a later row of the queue,
-- because it is written under the payout's lock after the earlier one is committed. What a transaction that is still open
-- has written is not seen, stays due and is numbered later; nothing is ever inserted below a number that could be read.
-- It does so in its owner's name: nobody else may write to the feed, so that a transition gets one number, once.
create function holdfast.number_payout_feed(of_ledger integer, most integer) returns integer
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
    set enable_sort = off set jit = off as
$body$
declare
    numbered integer;
begin
    if not exists (select from holdfast.payout_feed_queue d where d.ledger_id = of_ledger) then
        return 0;
    end if;
    perform pg_advisory_xact_lock(holdfast.payout_feed_lock_key(of_ledger));
    -- Statements after the lock see what was committed before it was granted.
    with oldest as (
        select d.* from holdfast.payout_feed_queue d where d.ledger_id = of_ledger order by d.batch_no limit most),
    counted as (
        select o.*, sum(cardinality(o.payout_ids)) over (order by o.batch_no) as many from oldest o),
    taken as (
        delete from holdfast.payout_feed_queue d using counted c
            where c.many - cardinality(c.payout_ids) < most and d.ledger_id = of_ledger and d.batch_no = c.batch_no
            returning d.payout_ids, d.transition_nos, d.statuses, d.changes, c.many),
    changed as (
        insert into holdfast.payout_count as p (ledger_id, status, payouts)
            select of_ledger, u.status, sum(u.change)
                from taken t cross join lateral unnest(t.statuses, t.changes) as u (status, change)
                group by u.status
            on conflict (ledger_id, status) do update set payouts = p.payouts + excluded.payouts),
    added as (
        insert into holdfast.payout_feed (ledger_id, last_no, payout_ids, transition_nos)
            select of_ledger, t.many + coalesce((select f.last_no from holdfast.payout_feed f
                        where f.ledger_id = of_ledger order by f.last_no desc limit 1), 0),
                    t.payout_ids, t.transition_nos
                from taken t order by t.many
            returning cardinality(payout_ids) as many)
    select coalesce(sum(a.many), 0) into numbered from added a;
    return numbered;
end
$body$;
comment on function holdfast.number_payout_feed is 'Gives numbers to about so many transitions, those of the oldest statements, and returns to how many';

create function holdfast.payout_feed_after(in_ledger integer, seen bigint, most integer)
    returns table (feed_no bigint, payout_id uuid, transition_no integer)
    language plpgsql stable set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
    set enable_sort = off set jit = off as
$body$
begin
    -- Each row has one transition at least.
    return query select f.last_no - cardinality(f.payout_ids) + u.place, u.payout_id, u.transition_no
        from (select * from holdfast.payout_feed q where q.ledger_id = in_ledger and q.last_no > seen
            order by q.last_no limit most) f
        cross join lateral unnest(f.payout_ids, f.transition_nos) with ordinality as u (payout_id, transition_no, place)
        where f.last_no - cardinality(f.payout_ids) + u.place > seen
        order by 1 limit most;
end
$body$;
comment on function holdfast.payout_feed_after is 'So many transitions of the feed at most after a number';

-- In one snapshot exact: numbering takes a row from the queue in the transaction that counts it.
create view holdfast.payout_count_now as
    select n.ledger_id, n.status, sum(n.payouts)::bigint as payouts
        from (select c.ledger_id, c.status, c.payouts from holdfast.payout_count c
            union all
            select q.ledger_id, u.status, u.change
                from holdfast.payout_feed_queue q
                cross join lateral unnest(q.statuses, q.changes) as u (status, change)) n
        group by n.ledger_id, n.status;
comment on view holdfast.payout_count_now is 'How many payouts stand so: what was counted, and what is not numbered yet';

create function holdfast.count_payouts(of_ledger integer, of_statuses text[]) returns bigint
    language plpgsql stable set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
    set enable_sort = off set jit = off as
$body$
declare
    queue_max constant integer := 1000;
begin
    if exists (select from holdfast.payout_feed_queue q where q.ledger_id = of_ledger order by q.batch_no offset queue_max) then
        return null;
    end if;
    return (select coalesce(sum(c.payouts), 0) from holdfast.payout_count_now c
        where c.ledger_id = of_ledger and c.status = any (of_statuses));
end
$body$;
comment on function holdfast.count_payouts is
    'How many payouts stand so, without looking at them; null where so much is not numbered yet that counting them is faster';

--changeset holdfast:008-facts splitStatements:false stripComments:false
do $body$
declare
    fact text;
begin
    foreach fact in array array['payout_approval', 'payout_resolution', 'payout_resolution_end', 'payout_surplus',
            'payout_feed'] loop
        execute format('create trigger %I before update or delete or truncate on holdfast.%I
            for each statement execute function holdfast.refuse_change()', fact || '_is_a_fact', fact);
        execute format('alter table holdfast.%I enable always trigger %I', fact, fact || '_is_a_fact');
    end loop;
    execute 'create trigger payout_webhook_stays before delete or truncate on holdfast.payout_webhook
        for each statement execute function holdfast.refuse_change()';
    execute 'alter table holdfast.payout_webhook enable always trigger payout_webhook_stays';
end
$body$;

--changeset holdfast:008-grants splitStatements:false stripComments:false
do $body$
declare
    facts constant text := 'holdfast.payout_approval, holdfast.payout_resolution, holdfast.payout_resolution_end,
        holdfast.payout_surplus';
    states constant text := 'holdfast.payout_webhook, holdfast.payout_feed_consumer';
    numbered constant text := 'holdfast.payout_feed, holdfast.payout_count, holdfast.payout_feed_queue,
        holdfast.payout_feed_event, holdfast.payout_feed_due, holdfast.payout_count_now';
begin
    revoke execute on function holdfast.number_payout_feed(integer, integer) from public;
    if exists (select from pg_catalog.pg_roles where rolname = 'holdfast_app') then
        execute 'grant execute on function holdfast.number_payout_feed(integer, integer) to holdfast_app';
        execute 'grant select, insert on ' || facts || ', ' || states || ' to holdfast_app';
        execute 'grant update on ' || states || ' to holdfast_app';
        execute 'grant select on ' || numbered || ' to holdfast_app';
    end if;
    if exists (select from pg_catalog.pg_roles where rolname = 'holdfast_sealer') then
        execute 'grant select on ' || facts || ', ' || states || ', ' || numbered || ' to holdfast_sealer';
    end if;
end
$body$;

--changeset holdfast:008-version
insert into holdfast.schema_version (version, name) values (8, '008-payout-people');
