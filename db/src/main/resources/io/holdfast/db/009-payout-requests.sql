--liquibase formatted sql

-- What requests are held against: how much was paid out already, providers that do not work, and in which environment each
-- is used. Facts (payout_environment) are only ever inserted; the others say how things stand.

--changeset holdfast:009-usage
create table holdfast.payout_usage (
    ledger_id    integer        not null references holdfast.ledger,
    subject      text           not null,
    currency     text           not null,
    month        date           not null,
    month_count  integer        not null check (month_count >= 0),
    month_amount numeric(38, 0) not null check (month_amount >= 0),
    day          date           not null,
    day_count    integer        not null check (day_count >= 0),
    day_amount   numeric(38, 0) not null check (day_amount >= 0),
    primary key (ledger_id, subject, currency, month)
) with (fillfactor = 70);
comment on table holdfast.payout_usage is 'How many payouts a wallet or recipient had, and how much, in a month and on its latest day: counted from the request on, and no more once a payout has failed or was cancelled';
comment on column holdfast.payout_usage.subject is 'A wallet''s path, or the digest of a recipient';
comment on column holdfast.payout_usage.month is 'Its first day, in the ledger''s zone';

create table holdfast.payout_counting (
    ledger_id integer not null references holdfast.ledger,
    since     date    not null,
    primary key (ledger_id)
);
comment on table holdfast.payout_counting is 'That payouts of a ledger are counted for limits, as they are once anybody has limited what a wallet or recipient gets. A fact';
comment on column holdfast.payout_counting.since is 'The first day of the month whose payouts are the first that are counted';

--changeset holdfast:009-count-usage splitStatements:false stripComments:false
-- Counting begins while nobody requests a payout or gives one back, so that none is missed and none is counted twice.
create function holdfast.payout_usage_lock_key(of_ledger integer) returns bigint
    language sql immutable parallel safe as
$body$
    select (x'75736167'::bigint << 32) | of_ledger
$body$;

create function holdfast.usage_counts_since(in_ledger integer) returns date
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$body$
begin
    perform pg_advisory_xact_lock_shared(holdfast.payout_usage_lock_key(in_ledger));
    if current_setting('transaction_isolation') <> 'read committed' then
        -- An older snapshot could miss that counting has begun: locking the row makes that a serialization failure.
        perform 1 from holdfast.ledger l where l.ledger_id = in_ledger for share;
    end if;
    -- A later statement, which sees what was committed before the lock was granted.
    return (select c.since from holdfast.payout_counting c where c.ledger_id = in_ledger);
end
$body$;

create function holdfast.begin_counting_usage(in_ledger integer) returns date
    language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '60s' as
$body$
declare
    known date;
begin
    perform pg_advisory_xact_lock(holdfast.payout_usage_lock_key(in_ledger));
    known := (select c.since from holdfast.payout_counting c where c.ledger_id = in_ledger);
    if known is null then
        -- Changes nothing, but is a change to whoever has an older snapshot.
        update holdfast.ledger set closed_through = closed_through where ledger_id = in_ledger;
    end if;
    return known;
end
$body$;

create function holdfast.lock_usage(in_ledger integer, subjects text[], currencies text[], days date[])
    returns setof holdfast.payout_usage
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
    set enable_sort = off set jit = off as
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

create function holdfast.write_usage(in_ledger integer, subjects text[], currencies text[], months date[],
    month_counts integer[], month_amounts numeric[], days date[], day_counts integer[], day_amounts numeric[]) returns void
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
    set enable_sort = off set jit = off as
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

create function holdfast.give_back_usage(in_ledger integer, subjects text[], currencies text[], days date[], amounts numeric[])
    returns void
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
    set enable_sort = off set jit = off as
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
comment on function holdfast.usage_counts_since is
    'Since when payouts are counted, null if they are not; keeps counting from beginning until the transaction ends';
comment on function holdfast.begin_counting_usage is
    'The same, but keeps others from requesting payouts and giving them back: who counts then is the one who begins';
comment on function holdfast.lock_usage is 'Returns how much was paid out, and keeps others from counting until the transaction ends';
comment on function holdfast.count_usage is 'Counts payouts of one day each, where nobody asks how many there were';
comment on function holdfast.write_usage is 'Writes what was counted under the lock';
comment on function holdfast.give_back_usage is 'Counts payouts no more';

--changeset holdfast:009-breakers
create table holdfast.provider_breaker (
    ledger_id  integer     not null references holdfast.ledger,
    provider   text        not null,
    opened_at  timestamptz not null,
    retry_at   timestamptz not null,
    trials     integer     not null check (trials >= 0),
    detail     text        not null,
    primary key (ledger_id, provider)
);
comment on table holdfast.provider_breaker is 'Providers to which nothing new is sent, because what was sent last did not get through';
comment on column holdfast.provider_breaker.retry_at is 'From when on one payout is sent to find out whether it works again';
comment on column holdfast.provider_breaker.trials is 'How many such payouts were sent since';

--changeset holdfast:009-environment
create table holdfast.payout_environment (
    ledger_id   integer     not null references holdfast.ledger,
    provider    text        not null,
    environment text        not null check (environment in ('TEST', 'LIVE')),
    recorded_at timestamptz not null,
    primary key (ledger_id, provider)
);
comment on table holdfast.payout_environment is 'In which environment a provider was first used for payouts of a ledger: the only one it ever is. A fact';
create trigger payout_environment_is_a_fact before update or delete or truncate on holdfast.payout_environment
    for each statement execute function holdfast.refuse_change();
alter table holdfast.payout_environment enable always trigger payout_environment_is_a_fact;
create trigger payout_counting_is_a_fact before update or delete or truncate on holdfast.payout_counting
    for each statement execute function holdfast.refuse_change();
alter table holdfast.payout_counting enable always trigger payout_counting_is_a_fact;

--changeset holdfast:009-grants splitStatements:false stripComments:false
do $body$
begin
    revoke execute on function holdfast.usage_counts_since(integer), holdfast.begin_counting_usage(integer) from public;
    if exists (select from pg_catalog.pg_roles where rolname = 'holdfast_app') then
        execute 'grant select, insert on holdfast.payout_environment, holdfast.payout_counting to holdfast_app';
        execute 'grant select, insert, update on holdfast.payout_usage to holdfast_app';
        execute 'grant execute on function holdfast.usage_counts_since(integer), holdfast.begin_counting_usage(integer) to holdfast_app';
        execute 'grant select, insert, update, delete on holdfast.provider_breaker to holdfast_app';
    end if;
    if exists (select from pg_catalog.pg_roles where rolname = 'holdfast_sealer') then
        execute 'grant select on holdfast.payout_environment, holdfast.payout_counting, holdfast.payout_usage, holdfast.provider_breaker
            to holdfast_sealer';
    end if;
end
$body$;

--changeset holdfast:009-version
insert into holdfast.schema_version (version, name) values (9, '009-payout-requests');
