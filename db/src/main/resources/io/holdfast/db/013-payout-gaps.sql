--liquibase formatted sql

-- Items about movements that are no payout's, test and live money kept apart, and signed webhooks that were cut off before
-- they were applied. Facts (payout_environment) are only ever inserted.

--changeset holdfast:013-items
alter table holdfast.payout_item alter payout_id drop not null,
    add constraint payout_item_subject_check check ((payout_id is null) = (kind = 'UNEXPLAINED'));
create unique index payout_item_once_without_payout on holdfast.payout_item (ledger_id, kind, md5(detail))
    where closed_at is null and payout_id is null;
comment on column holdfast.payout_item.payout_id is 'Which payout it concerns; null only for money that no payout moved';

--changeset holdfast:013-environment
alter table holdfast.payout_webhook add told_environment text check (told_environment in ('TEST', 'LIVE'));
comment on column holdfast.payout_webhook.told_environment is 'In which environment of the provider it is, if that is told';

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

--changeset holdfast:013-ripe-webhooks splitStatements:false stripComments:false
create function holdfast.ripe_webhooks(of_ledger integer, since timestamptz, most integer) returns table (webhook_no bigint)
    language sql stable set search_path = pg_catalog, pg_temp as
$body$
    select w.webhook_no
        from holdfast.payout_webhook w
        cross join lateral (select case when w.our_reference ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-[1-9][0-9]{0,8}$'
            then w.our_reference end as ours) named
        where w.ledger_id = of_ledger and w.applied_at is null and w.received_at >= since
            and (exists (select from holdfast.payout_reference r
                    where r.ledger_id = w.ledger_id and r.provider = w.provider and r.reference = w.reference)
                or exists (select from holdfast.payout_attempt a
                    where a.ledger_id = w.ledger_id and a.payout_id = left(named.ours, 36)::uuid
                        and a.attempt_no = substr(named.ours, 38)::integer and a.provider = w.provider))
        order by w.webhook_no
        limit most
$body$;
comment on function holdfast.ripe_webhooks is
    'Returns parked deliveries that came lately and whose attempt is known by now, by the provider''s reference or our own';

--changeset holdfast:013-grants splitStatements:false stripComments:false
do $body$
begin
    if exists (select from pg_catalog.pg_roles where rolname = 'holdfast_app') then
        execute 'grant select, insert on holdfast.payout_environment to holdfast_app';
    end if;
    if exists (select from pg_catalog.pg_roles where rolname = 'holdfast_sealer') then
        execute 'grant select on holdfast.payout_environment to holdfast_sealer';
    end if;
end
$body$;

--changeset holdfast:013-version
insert into holdfast.schema_version (version, name) values (13, '013-payout-gaps');
