--liquibase formatted sql

-- Payouts. Facts (payout_transition, payout_entry, payout_reference, payout_metadata) are only ever inserted. payout,
-- payout_attempt and payout_send say how things stand, and their guards let only that part of them change.

--changeset holdfast:005-payouts
create table holdfast.payout (
    ledger_id          integer        not null references holdfast.ledger,
    payout_id          uuid           not null,
    key                text           not null check (length(key) between 1 and 200),
    account_id         bigint         not null,
    amount             numeric(38, 0) not null check (amount > 0),
    fee                numeric(38, 0) not null check (fee >= 0),
    payer              text           not null check (payer in ('SENDER', 'RECIPIENT')),
    recipient_type     text           not null check (recipient_type in ('MOBILE_MONEY', 'BANK')),
    recipient_address  text           not null,
    recipient_name     text           not null,
    recipient_bank     text,
    recipient_operator text,
    narration          text           not null,
    provider           text,
    routes             text[]         not null check (cardinality(routes) >= 1),
    not_before         timestamptz,
    actor              text           not null,
    created_at         timestamptz    not null,
    status             text           not null check (status in ('AWAITING_APPROVAL', 'SCHEDULED', 'PENDING', 'SENDING',
        'PROCESSING', 'UNKNOWN', 'REVIEW', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'REVERSED')),
    route_no           integer        not null default 1 check (route_no between 1 and cardinality(routes)),
    next_at            timestamptz,
    tries              integer        not null default 0 check (tries >= 0),
    lease_token        bigint         not null default 0,
    lease_until        timestamptz,
    blocked            boolean        not null default false,
    failure_reason     text,
    failure_code       text,
    failure_detail     text,
    failover_reason    text,
    received           numeric(38, 0) check (received >= 0),
    reversed           numeric(38, 0) not null default 0 check (reversed between 0 and amount),
    late               boolean        not null default false,
    transitions        integer        not null default 0,
    updated_at         timestamptz    not null,
    completed_at       timestamptz,
    primary key (ledger_id, payout_id),
    unique (ledger_id, key),
    foreign key (ledger_id, account_id) references holdfast.account,
    check ((recipient_type = 'BANK') = (recipient_bank is not null)),
    check ((status = 'REVERSED') = (reversed = amount))
) with (fillfactor = 80);
create index payout_due on holdfast.payout (ledger_id, next_at) where next_at is not null;
create index payout_created on holdfast.payout (ledger_id, created_at);
create index payout_account on holdfast.payout (ledger_id, account_id, created_at);
comment on table holdfast.payout is 'An intent: one wallet, one recipient, one amount, one fee, one key, one hold';
comment on column holdfast.payout.key is 'The host''s key; a namespace of its own beside the journal''s';
comment on column holdfast.payout.account_id is 'The wallet';
comment on column holdfast.payout.amount is 'What the provider is told to pay, in minor units of the wallet''s currency';
comment on column holdfast.payout.fee is 'What we charge the wallet beside the amount';
comment on column holdfast.payout.payer is 'Who bears the fee: with RECIPIENT the request named amount + fee';
comment on column holdfast.payout.provider is 'The only route, where the request named one';
comment on column holdfast.payout.routes is 'The providers that may be used, in order, fixed at the request';
comment on column holdfast.payout.actor is 'Who requested it';
comment on column holdfast.payout.route_no is 'Which of the routes is used now';
comment on column holdfast.payout.next_at is 'When a processor should look at it next; null if never';
comment on column holdfast.payout.tries is 'How often it was tried or asked about since its status changed';
comment on column holdfast.payout.lease_token is 'Rises with each claim: who holds an older one has lost its lease';
comment on column holdfast.payout.lease_until is 'Until when the processor with this token works on it; null if none does';
comment on column holdfast.payout.blocked is 'Nothing more may be sent for it';
comment on column holdfast.payout.received is 'What reached the recipient';
comment on column holdfast.payout.reversed is 'What of the amount came back, booked so far';
comment on column holdfast.payout.late is 'It succeeded after its hold had been released';
comment on column holdfast.payout.transitions is 'transition_no of its latest transition';

create table holdfast.payout_metadata (
    ledger_id integer not null,
    payout_id uuid    not null,
    name      text    not null,
    value     text    not null,
    primary key (ledger_id, payout_id, name),
    foreign key (ledger_id, payout_id) references holdfast.payout
);
comment on table holdfast.payout_metadata is 'Pairs of text that the host gave with its request';

create table holdfast.payout_attempt (
    ledger_id          integer        not null,
    payout_id          uuid           not null,
    attempt_no         integer        not null check (attempt_no >= 1),
    provider           text           not null,
    provider_key       text           not null,
    memo               text           not null,
    quoted_fee         numeric(38, 0) check (quoted_fee >= 0),
    usable_until       timestamptz,
    method             text,
    path               text,
    body               bytea,
    created_at         timestamptz    not null,
    state              text           not null check (state in ('OPEN', 'FAILED', 'SETTLED', 'SURPLUS')),
    outcome            text,
    provider_reference text,
    fee_told           numeric(38, 0) check (fee_told >= 0),
    fee_booked         numeric(38, 0) not null default 0 check (fee_booked >= 0),
    fee_refunded       numeric(38, 0) not null default 0 check (fee_refunded between 0 and fee_booked),
    failure_reason     text,
    primary key (ledger_id, payout_id, attempt_no),
    unique (ledger_id, provider, provider_key),
    foreign key (ledger_id, payout_id) references holdfast.payout,
    check ((method is null) = (path is null) and (path is null) = (body is null)),
    check (method is not null or state = 'FAILED')
);
create unique index payout_attempt_not_failed on holdfast.payout_attempt (ledger_id, payout_id)
    where state in ('OPEN', 'SETTLED');
create index payout_attempt_unbound on holdfast.payout_attempt (ledger_id, provider)
    where state = 'OPEN' and provider_reference is null;
comment on table holdfast.payout_attempt is 'One route to one provider, with one provider key and fixed create bytes';
comment on index holdfast.payout_attempt_not_failed is 'The law: at most one attempt of a payout is not definitively failed';
comment on column holdfast.payout_attempt.memo is 'What the preparatory call brought that the create needs, in the adapter''s form';
comment on column holdfast.payout_attempt.quoted_fee is 'What the provider said beforehand that it would charge';
comment on column holdfast.payout_attempt.usable_until is 'From when on its preparation can no longer be used';
comment on column holdfast.payout_attempt.method is 'Method, path and body of the create; null only if the provider refused to prepare it';
comment on column holdfast.payout_attempt.state is 'SURPLUS: it paid although another attempt is open or has paid';
comment on column holdfast.payout_attempt.outcome is 'The latest outcome that said something of it';
comment on column holdfast.payout_attempt.fee_told is 'What the provider says it charges, cumulative';
comment on column holdfast.payout_attempt.fee_booked is 'How much of that the journal has';
comment on column holdfast.payout_attempt.fee_refunded is 'How much of that came back, in the journal';

create table holdfast.payout_reference (
    ledger_id   integer     not null,
    provider    text        not null,
    reference   text        not null check (length(reference) between 1 and 200),
    payout_id   uuid        not null,
    attempt_no  integer     not null,
    recorded_at timestamptz not null,
    primary key (ledger_id, provider, reference),
    foreign key (ledger_id, payout_id, attempt_no) references holdfast.payout_attempt
);
comment on table holdfast.payout_reference is 'Which attempt a provider''s reference belongs to: one, for ever';

create table holdfast.payout_send (
    ledger_id   integer     not null,
    payout_id   uuid        not null,
    attempt_no  integer     not null,
    send_no     integer     not null check (send_no >= 1),
    lease_token bigint      not null,
    sent_at     timestamptz not null,
    outcome     text,
    answered_at timestamptz,
    primary key (ledger_id, payout_id, attempt_no, send_no),
    foreign key (ledger_id, payout_id, attempt_no) references holdfast.payout_attempt,
    check ((outcome is null) = (answered_at is null))
);
comment on table holdfast.payout_send is 'One sending of an attempt''s bytes, written before the connection is opened';
comment on column holdfast.payout_send.outcome is 'What its own answer proved; null while nobody knows';

create table holdfast.payout_transition (
    ledger_id     integer     not null,
    payout_id     uuid        not null,
    transition_no integer     not null check (transition_no >= 1),
    from_status   text,
    to_status     text        not null,
    verdict       text        not null check (verdict in ('CHANGED', 'NO_NEWS', 'DUPLICATE', 'STALE', 'ITEM')),
    cause         text        not null,
    attempt_no    integer,
    send_no       integer,
    outcome       text,
    detail        text        not null,
    evidence      text        not null,
    actor         text        not null,
    recorded_at   timestamptz not null,
    primary key (ledger_id, payout_id, transition_no),
    foreign key (ledger_id, payout_id) references holdfast.payout,
    check (from_status = to_status or (coalesce(from_status, 'NONE') || ' ' || to_status) in (
        'NONE AWAITING_APPROVAL', 'NONE SCHEDULED', 'NONE PENDING',
        'AWAITING_APPROVAL SCHEDULED', 'AWAITING_APPROVAL PENDING', 'AWAITING_APPROVAL CANCELLED',
        'SCHEDULED PENDING', 'SCHEDULED CANCELLED',
        'PENDING SENDING', 'PENDING PROCESSING', 'PENDING REVIEW', 'PENDING SUCCEEDED', 'PENDING FAILED', 'PENDING CANCELLED',
        'SENDING PENDING', 'SENDING PROCESSING', 'SENDING UNKNOWN', 'SENDING REVIEW', 'SENDING SUCCEEDED', 'SENDING FAILED',
        'UNKNOWN PENDING', 'UNKNOWN PROCESSING', 'UNKNOWN REVIEW', 'UNKNOWN SUCCEEDED', 'UNKNOWN FAILED',
        'PROCESSING REVIEW', 'PROCESSING SUCCEEDED', 'PROCESSING FAILED',
        'REVIEW SUCCEEDED', 'REVIEW FAILED', 'SUCCEEDED REVERSED', 'FAILED SUCCEEDED', 'CANCELLED SUCCEEDED'))
);
comment on table holdfast.payout_transition is 'Everything that happened to a payout, repetitions included. A fact';
comment on column holdfast.payout_transition.verdict is 'What it came to: a change, or why there was none';
comment on column holdfast.payout_transition.evidence is 'The provider''s answer, personal data masked';

create table holdfast.payout_entry (
    ledger_id     integer not null,
    entry_id      uuid    not null,
    payout_id     uuid    not null,
    transition_no integer not null,
    role          text    not null check (role in ('HOLD', 'COMMIT', 'RELEASE', 'LATE', 'REVERSAL', 'FEE', 'SUSPENSE')),
    primary key (ledger_id, entry_id),
    foreign key (ledger_id, entry_id) references holdfast.journal_entry,
    foreign key (ledger_id, payout_id, transition_no) references holdfast.payout_transition
);
create index payout_entry_payout on holdfast.payout_entry (ledger_id, payout_id);
create unique index payout_entry_hold on holdfast.payout_entry (ledger_id, payout_id) where role = 'HOLD';
create unique index payout_entry_end on holdfast.payout_entry (ledger_id, payout_id) where role in ('COMMIT', 'RELEASE');
create unique index payout_entry_late on holdfast.payout_entry (ledger_id, payout_id) where role = 'LATE';
comment on table holdfast.payout_entry is 'Which journal entries a payout made, and by which transition. A fact';
comment on index holdfast.payout_entry_end is 'Nothing is both paid and released';

create table holdfast.payout_item (
    ledger_id integer     not null,
    item_no   bigint      not null generated always as identity,
    payout_id uuid        not null,
    kind      text        not null,
    detail    text        not null,
    opened_at timestamptz not null,
    primary key (ledger_id, item_no),
    foreign key (ledger_id, payout_id) references holdfast.payout
);
create unique index payout_item_once on holdfast.payout_item (ledger_id, payout_id, kind, md5(detail));
comment on table holdfast.payout_item is 'Something for a person to look at; it never blocks money that is proven';

--changeset holdfast:005-facts splitStatements:false stripComments:false
do $body$
declare
    fact text;
begin
    foreach fact in array array['payout_transition', 'payout_entry', 'payout_reference', 'payout_metadata'] loop
        execute format('create trigger %I before update or delete or truncate on holdfast.%I
            for each statement execute function holdfast.refuse_change()', fact || '_is_a_fact', fact);
        execute format('alter table holdfast.%I enable always trigger %I', fact, fact || '_is_a_fact');
    end loop;
end
$body$;

--changeset holdfast:005-fixed-columns splitStatements:false stripComments:false
create function holdfast.refuse_change_of_fixed_columns() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp as
$body$
declare
    changed text;
begin
    -- The arguments are the columns that may change.
    select string_agg(o.key, ', ' order by o.key) into changed
        from jsonb_each(to_jsonb(old)) o
        join jsonb_each(to_jsonb(new)) n on n.key = o.key
        where o.value is distinct from n.value and not o.key = any (tg_argv);
    if changed is not null then
        raise exception 'update of %.% refused: % never changes', tg_table_schema, tg_table_name, changed
            using errcode = 'HF001';
    end if;
    return new;
end
$body$;

create trigger payout_is_fixed before update on holdfast.payout
    for each row execute function holdfast.refuse_change_of_fixed_columns('status', 'route_no', 'next_at', 'tries',
        'lease_token', 'lease_until', 'blocked', 'failure_reason', 'failure_code', 'failure_detail',
        'failover_reason', 'received', 'reversed', 'late', 'transitions', 'updated_at', 'completed_at');
create trigger payout_attempt_is_fixed before update on holdfast.payout_attempt
    for each row execute function holdfast.refuse_change_of_fixed_columns('state', 'outcome', 'provider_reference',
        'fee_told', 'fee_booked', 'fee_refunded', 'failure_reason');
create trigger payout_send_is_fixed before update on holdfast.payout_send
    for each row when (old.outcome is null or old.outcome = 'UNKNOWN')
    execute function holdfast.refuse_change_of_fixed_columns('outcome', 'answered_at');
create trigger payout_send_is_answered_once before update on holdfast.payout_send
    for each row when (old.outcome <> 'UNKNOWN') execute function holdfast.refuse_change();
do $body$
declare
    kept text;
begin
    foreach kept in array array['payout', 'payout_attempt', 'payout_send', 'payout_item'] loop
        execute format('create trigger %I before delete or truncate on holdfast.%I
            for each statement execute function holdfast.refuse_change()', kept || '_stays', kept);
        execute format('alter table holdfast.%I enable always trigger %I', kept, kept || '_stays');
    end loop;
end
$body$;
alter table holdfast.payout enable always trigger payout_is_fixed;
alter table holdfast.payout_attempt enable always trigger payout_attempt_is_fixed;
alter table holdfast.payout_send enable always trigger payout_send_is_fixed;
alter table holdfast.payout_send enable always trigger payout_send_is_answered_once;

--changeset holdfast:005-grants splitStatements:false stripComments:false
do $body$
declare
    facts constant text := 'holdfast.payout_transition, holdfast.payout_entry, holdfast.payout_reference,
        holdfast.payout_metadata, holdfast.payout_item';
    states constant text := 'holdfast.payout, holdfast.payout_attempt, holdfast.payout_send';
begin
    if exists (select from pg_catalog.pg_roles where rolname = 'holdfast_app') then
        execute 'grant select, insert on ' || facts || ', ' || states || ' to holdfast_app';
        execute 'grant update on ' || states || ' to holdfast_app';
    end if;
    if exists (select from pg_catalog.pg_roles where rolname = 'holdfast_sealer') then
        execute 'grant select on ' || facts || ', ' || states || ' to holdfast_sealer';
    end if;
end
$body$;

--changeset holdfast:005-version
insert into holdfast.schema_version (version, name) values (5, '005-payouts');
