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

--changeset holdfast:009-write-payouts splitStatements:false stripComments:false
create function holdfast.write_payouts(sheet jsonb) returns void
    language plpgsql set search_path = pg_catalog, pg_temp
    -- The plan that a connection keeps dates from when the tables were empty; rows are always found by their keys.
    set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as
$body$
begin
    if sheet ? 'payout' then
        insert into holdfast.payout
            select * from jsonb_populate_recordset(null::holdfast.payout, sheet -> 'payout');
    end if;
    if sheet ? 'payout_metadata' then
        insert into holdfast.payout_metadata
            select * from jsonb_populate_recordset(null::holdfast.payout_metadata, sheet -> 'payout_metadata');
    end if;
    if sheet ? 'payout_attempt' then
        insert into holdfast.payout_attempt
            select * from jsonb_populate_recordset(null::holdfast.payout_attempt, sheet -> 'payout_attempt');
    end if;
    if sheet ? 'payout_send' then
        insert into holdfast.payout_send
            select * from jsonb_populate_recordset(null::holdfast.payout_send, sheet -> 'payout_send');
    end if;
    if sheet ? 'payout_transition' then
        insert into holdfast.payout_transition
            select * from jsonb_populate_recordset(null::holdfast.payout_transition, sheet -> 'payout_transition');
    end if;
    if sheet ? 'payout_entry' then
        insert into holdfast.payout_entry
            select * from jsonb_populate_recordset(null::holdfast.payout_entry, sheet -> 'payout_entry');
    end if;
    if sheet ? 'payout changes' then
        update holdfast.payout p
            set status = n.status, route_no = n.route_no, next_at = n.next_at, tries = n.tries,
                lease_token = n.lease_token, lease_until = n.lease_until, blocked = n.blocked,
                failure_reason = n.failure_reason, failure_code = n.failure_code, failure_detail = n.failure_detail,
                failover_reason = n.failover_reason, received = n.received, reversed = n.reversed, late = n.late,
                transitions = n.transitions, updated_at = n.updated_at, completed_at = n.completed_at
            from jsonb_populate_recordset(null::holdfast.payout, sheet -> 'payout changes') n
            where p.ledger_id = n.ledger_id and p.payout_id = n.payout_id;
    end if;
    if sheet ? 'payout_attempt changes' then
        update holdfast.payout_attempt a
            set state = n.state, outcome = n.outcome, provider_reference = n.provider_reference,
                fee_told = n.fee_told, fee_booked = n.fee_booked, fee_refunded = n.fee_refunded,
                failure_reason = n.failure_reason
            from jsonb_populate_recordset(null::holdfast.payout_attempt, sheet -> 'payout_attempt changes') n
            where a.ledger_id = n.ledger_id and a.payout_id = n.payout_id and a.attempt_no = n.attempt_no;
    end if;
    if sheet ? 'payout_send changes' then
        update holdfast.payout_send s
            set outcome = n.outcome, answered_at = n.answered_at
            from jsonb_populate_recordset(null::holdfast.payout_send, sheet -> 'payout_send changes') n
            where s.ledger_id = n.ledger_id and s.payout_id = n.payout_id and s.attempt_no = n.attempt_no
                and s.send_no = n.send_no;
    end if;
end
$body$;
comment on function holdfast.write_payouts is
    'Writes rows of payouts, those of a table a key: new ones first, in the order in which they refer to each other, then changes';

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
