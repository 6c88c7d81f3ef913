--liquibase formatted sql

-- What requests are held against: how much was paid out already, quotes, and providers that do not work. Facts
-- (payout_quote) are only ever inserted; the others say how things stand.

--changeset holdfast:010-usage
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
comment on table holdfast.payout_usage is 'How many payouts a wallet or recipient had, and how much, in a month and on its latest day: counted from the request on, and no more once a payout has failed or was called off';
comment on column holdfast.payout_usage.subject is 'A wallet''s path, or the digest of a recipient';
comment on column holdfast.payout_usage.month is 'Its first day, in the ledger''s zone';

--changeset holdfast:010-count-usage splitStatements:false stripComments:false
create function holdfast.lock_usage(in_ledger integer, subjects text[], currencies text[], days date[])
    returns setof holdfast.payout_usage
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as
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
        from holdfast.payout_usage u
        where (u.ledger_id, u.subject, u.currency, u.month) in (
            select in_ledger, n.subject, n.currency, date_trunc('month', n.day::timestamp)::date
                from unnest(subjects, currencies, days) as n (subject, currency, day))
        order by u.subject, u.currency, u.month
        for update of u;
end
$body$;

create function holdfast.write_usage(in_ledger integer, subjects text[], currencies text[], months date[],
    month_counts integer[], month_amounts numeric[], days date[], day_counts integer[], day_amounts numeric[]) returns void
    language sql set search_path = pg_catalog, pg_temp as
$body$
    update holdfast.payout_usage u
        set month_count = n.month_count, month_amount = n.month_amount, day = n.day, day_count = n.day_count,
            day_amount = n.day_amount
        from unnest(subjects, currencies, months, month_counts, month_amounts, days, day_counts, day_amounts)
            as n (subject, currency, month, month_count, month_amount, day, day_count, day_amount)
        where u.ledger_id = in_ledger and u.subject = n.subject and u.currency = n.currency and u.month = n.month;
$body$;

create function holdfast.give_back_usage(in_ledger integer, subjects text[], currencies text[], days date[], amounts numeric[])
    returns void
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as
$body$
begin
    perform from holdfast.lock_usage(in_ledger, subjects, currencies, days);
    update holdfast.payout_usage u
        -- What was requested before anything was counted is not missed: a count must never stand in the way of a release.
        set month_count = greatest(u.month_count - s.month_count, 0),
            month_amount = greatest(u.month_amount - s.month_amount, 0),
            day_count = greatest(u.day_count - s.day_count, 0), day_amount = greatest(u.day_amount - s.day_amount, 0)
        from (select k.subject, k.currency, k.month, count(*) as month_count, sum(n.amount) as month_amount,
                count(*) filter (where n.day = k.day) as day_count,
                coalesce(sum(n.amount) filter (where n.day = k.day), 0) as day_amount
            from unnest(subjects, currencies, days, amounts) as n (subject, currency, day, amount)
            join holdfast.payout_usage k
                on k.ledger_id = in_ledger and k.subject = n.subject and k.currency = n.currency
                    and k.month = date_trunc('month', n.day::timestamp)::date
            group by k.subject, k.currency, k.month) s
        where u.ledger_id = in_ledger and u.subject = s.subject and u.currency = s.currency and u.month = s.month;
end
$body$;
comment on function holdfast.lock_usage is 'Returns how much was paid out, and keeps others from counting until the transaction ends';
comment on function holdfast.write_usage is 'Writes what was counted under the lock';
comment on function holdfast.give_back_usage is 'Counts payouts no more';

--changeset holdfast:010-quotes
create table holdfast.payout_quote (
    ledger_id          integer        not null,
    quote_id           uuid           not null,
    account_id         bigint         not null,
    amount             numeric(38, 0) not null check (amount > 0),
    fee                numeric(38, 0) not null check (fee >= 0),
    payer              text           not null check (payer in ('SENDER', 'RECIPIENT')),
    recipient_type     text           not null check (recipient_type in ('MOBILE_MONEY', 'BANK')),
    recipient_address  text           not null,
    recipient_bank     text,
    provider           text,
    routes             text[]         not null check (cardinality(routes) >= 1),
    actor              text           not null,
    created_at         timestamptz    not null,
    expires_at         timestamptz    not null check (expires_at > created_at),
    primary key (ledger_id, quote_id),
    foreign key (ledger_id, account_id) references holdfast.account
);
comment on table holdfast.payout_quote is 'What a payout would cost, and over which routes it would go, good until it expires, for one payout. A fact';
create trigger payout_quote_is_a_fact before update or delete or truncate on holdfast.payout_quote
    for each statement execute function holdfast.refuse_change();
alter table holdfast.payout_quote enable always trigger payout_quote_is_a_fact;
alter table holdfast.payout add quote_id uuid,
    add constraint payout_quote_once unique (ledger_id, quote_id),
    add constraint payout_quote_fkey foreign key (ledger_id, quote_id) references holdfast.payout_quote;
comment on column holdfast.payout.quote_id is 'The quote that it was requested by';
comment on constraint payout_quote_once on holdfast.payout is 'A quote is good for one payout';
drop trigger payout_is_fixed on holdfast.payout;
create trigger payout_is_fixed before update on holdfast.payout
    for each row when (row(old.ledger_id, old.payout_id, old.key, old.account_id, old.amount, old.fee, old.payer,
            old.recipient_type, old.recipient_address, old.recipient_name, old.recipient_bank, old.recipient_operator,
            old.narration, old.provider, old.routes, old.not_before, old.checkers, old.approve_by, old.actor, old.created_at,
            old.quote_id)
        is distinct from row(new.ledger_id, new.payout_id, new.key, new.account_id, new.amount, new.fee, new.payer,
            new.recipient_type, new.recipient_address, new.recipient_name, new.recipient_bank, new.recipient_operator,
            new.narration, new.provider, new.routes, new.not_before, new.checkers, new.approve_by, new.actor, new.created_at,
            new.quote_id))
    execute function holdfast.refuse_change_of_fixed_columns('status', 'route_no', 'next_at', 'tries',
        'lease_token', 'lease_until', 'blocked', 'failure_reason', 'failure_code', 'failure_detail',
        'failover_reason', 'received', 'reversed', 'late', 'transitions', 'updated_at', 'completed_at', 'hinted_at');
alter table holdfast.payout enable always trigger payout_is_fixed;

--changeset holdfast:010-breakers
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

--changeset holdfast:010-grants splitStatements:false stripComments:false
do $body$
begin
    if exists (select from pg_catalog.pg_roles where rolname = 'holdfast_app') then
        execute 'grant select, insert on holdfast.payout_quote to holdfast_app';
        execute 'grant select, insert, update on holdfast.payout_usage to holdfast_app';
        execute 'grant select, insert, update, delete on holdfast.provider_breaker to holdfast_app';
    end if;
    if exists (select from pg_catalog.pg_roles where rolname = 'holdfast_sealer') then
        execute 'grant select on holdfast.payout_quote, holdfast.payout_usage, holdfast.provider_breaker to holdfast_sealer';
    end if;
end
$body$;

--changeset holdfast:010-version
insert into holdfast.schema_version (version, name) values (10, '010-payout-requests');
