--liquibase formatted sql

-- What it takes to run many payouts at once: rows written together, due payouts found by provider, lists found by index.

--changeset holdfast:009-indexes
create index payout_due_by_provider on holdfast.payout (ledger_id, (routes[route_no]), next_at) where next_at is not null;
create index payout_to_ask_by_provider on holdfast.payout (ledger_id, (routes[route_no]), next_at)
    where next_at is not null and status not in ('SCHEDULED', 'PENDING');
create index payout_status on holdfast.payout (ledger_id, status, created_at, payout_id);
create index payout_recipient on holdfast.payout (ledger_id, recipient_address, created_at);
drop index holdfast.payout_created;
create index payout_created on holdfast.payout (ledger_id, created_at, payout_id);
drop index holdfast.payout_account;
create index payout_account on holdfast.payout (ledger_id, account_id, created_at, payout_id);
comment on index holdfast.payout_due_by_provider is 'What a provider that takes calls is to be asked or sent next';
comment on index holdfast.payout_to_ask_by_provider is 'The same while nothing new is sent to a provider';

--changeset holdfast:009-fixed-columns
-- The same guard as before, asked only where something fixed did change, so that each update is spared the call.
drop trigger payout_is_fixed on holdfast.payout;
create trigger payout_is_fixed before update on holdfast.payout
    for each row when (row(old.ledger_id, old.payout_id, old.key, old.account_id, old.amount, old.fee, old.payer,
            old.recipient_type, old.recipient_address, old.recipient_name, old.recipient_bank, old.recipient_operator,
            old.narration, old.provider, old.routes, old.not_before, old.checkers, old.approve_by, old.actor, old.created_at)
        is distinct from row(new.ledger_id, new.payout_id, new.key, new.account_id, new.amount, new.fee, new.payer,
            new.recipient_type, new.recipient_address, new.recipient_name, new.recipient_bank, new.recipient_operator,
            new.narration, new.provider, new.routes, new.not_before, new.checkers, new.approve_by, new.actor,
            new.created_at))
    execute function holdfast.refuse_change_of_fixed_columns('status', 'route_no', 'next_at', 'tries',
        'lease_token', 'lease_until', 'blocked', 'failure_reason', 'failure_code', 'failure_detail',
        'failover_reason', 'received', 'reversed', 'late', 'transitions', 'updated_at', 'completed_at', 'hinted_at');
alter table holdfast.payout enable always trigger payout_is_fixed;

--changeset holdfast:009-bind-references splitStatements:false stripComments:false
create function holdfast.bind_references(
    in_ledger integer, in_at timestamptz, payouts uuid[], attempts integer[], providers text[], refs text[])
    returns table (provider text, reference text, payout_id uuid, attempt_no integer)
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as
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
        join holdfast.payout_reference r
            on r.ledger_id = in_ledger and r.provider = n.provider and r.reference = n.reference;
end
$body$;
comment on function holdfast.bind_references is
    'Gives references of providers to attempts, unless others have them, and returns whose they are now';

--changeset holdfast:009-version
insert into holdfast.schema_version (version, name) values (9, '009-payout-running');
