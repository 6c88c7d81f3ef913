--liquibase formatted sql

-- Payouts. Facts (payout_quote, payout_intent, payout_transition, payout_entry, payout_reference, payout_metadata) are only ever
-- inserted. payout_state, payout_attempt, payout_send and payout_item say how things stand, and their guards let only that part
-- of them change. Guards ask for all rows of a statement what foreign keys would ask for each.

--changeset holdfast:007-payouts
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
    recipient_operator text,
    provider           text,
    routes             text[]         not null check (cardinality(routes) >= 1),
    actor              text           not null,
    created_at         timestamptz    not null,
    expires_at         timestamptz    not null check (expires_at > created_at),
    primary key (ledger_id, quote_id),
    foreign key (ledger_id, account_id) references holdfast.account
);
comment on table holdfast.payout_quote is 'What a payout would cost, and over which routes it would go, good until it expires, for one payout. A fact';

create table holdfast.payout_intent (
    ledger_id          integer        not null,
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
    checkers           smallint       not null default 0 check (checkers between 0 and 2),
    approve_by         timestamptz,
    quote_id           uuid,
    primary key (ledger_id, payout_id),
    unique (ledger_id, key),
    constraint payout_quote_fkey foreign key (ledger_id, quote_id) references holdfast.payout_quote,
    constraint payout_approve_by_check check ((checkers = 0) = (approve_by is null)),
    check ((recipient_type = 'BANK') = (recipient_bank is not null)),
    constraint payout_one_spelling_check check (recipient_type <> 'BANK' or recipient_address ~ '^[A-Z0-9]{3,40}$')
);
create index payout_intent_recipient on holdfast.payout_intent (ledger_id, recipient_address, created_at);
create index payout_intent_created on holdfast.payout_intent (ledger_id, created_at, payout_id);
create index payout_intent_account on holdfast.payout_intent (ledger_id, account_id, created_at, payout_id);
create unique index payout_quote_once on holdfast.payout_intent (ledger_id, quote_id) where quote_id is not null;
comment on index holdfast.payout_quote_once is 'A quote is good for one payout';
comment on table holdfast.payout_intent is 'What a payout is: one wallet, one recipient, one amount, one fee, one key, one hold. A fact';
comment on column holdfast.payout_intent.key is 'The host''s key; a namespace of its own beside the journal''s';
comment on column holdfast.payout_intent.account_id is 'The wallet';
comment on column holdfast.payout_intent.amount is 'What the provider is told to pay, in minor units of the wallet''s currency';
comment on column holdfast.payout_intent.fee is 'What we charge the wallet beside the amount';
comment on column holdfast.payout_intent.payer is 'Who bears the fee: with RECIPIENT the request named amount + fee';
comment on column holdfast.payout_intent.provider is 'The only route, where the request named one';
comment on column holdfast.payout_intent.routes is 'The providers that may be used, in order, fixed at the request';
comment on column holdfast.payout_intent.recipient_operator is 'The mobile operator as the request named it: a hint';
comment on column holdfast.payout_intent.actor is 'Who requested it';
comment on column holdfast.payout_intent.checkers is 'How many others have to agree before anything is sent';
comment on column holdfast.payout_intent.approve_by is 'When it is cancelled unless they have agreed by then';
comment on column holdfast.payout_intent.quote_id is 'The quote that it was requested by';

create table holdfast.payout_state (
    ledger_id       integer        not null,
    payout_id       uuid           not null,
    amount          numeric(38, 0) not null,
    created_at      timestamptz    not null,
    status          text           not null check (status in ('AWAITING_APPROVAL', 'SCHEDULED', 'PENDING', 'SENDING',
        'PROCESSING', 'UNKNOWN', 'REVIEW', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'REVERSED')),
    route           text           not null,
    route_no        integer        not null default 1 check (route_no >= 1),
    next_at         timestamptz,
    tries           integer        not null default 0 check (tries >= 0),
    lease_token     bigint         not null default 0,
    lease_until     timestamptz,
    blocked         boolean        not null default false,
    failure_reason  text,
    failure_code    text,
    failure_detail  text,
    failover_reason text,
    received        numeric(38, 0) check (received >= 0),
    reversed        numeric(38, 0) not null default 0 check (reversed between 0 and amount),
    late            boolean        not null default false,
    transitions     integer        not null default 0,
    updated_at      timestamptz    not null,
    completed_at    timestamptz,
    hinted_at       timestamptz,
    hinted_attempt  integer,
    told_operator   text,
    primary key (ledger_id, payout_id),
    check ((status = 'REVERSED') = (reversed = amount))
) with (fillfactor = 70);
create index payout_due on holdfast.payout_state (ledger_id, route, (status in ('SCHEDULED', 'PENDING')), next_at)
    where next_at is not null;
create index payout_status on holdfast.payout_state (ledger_id, status, created_at, payout_id);
comment on index holdfast.payout_due is 'What a provider is to be sent next, or asked about';
comment on table holdfast.payout_state is 'How a payout stands: what changes of it, so that no index of what it is has to follow. A projection of its transitions';
comment on column holdfast.payout_state.amount is 'The intent''s, and so is created_at';
comment on column holdfast.payout_state.route is 'Which of the intent''s routes is used now';
comment on column holdfast.payout_state.route_no is 'Which that is, from 1';
comment on column holdfast.payout_state.next_at is 'When a processor should look at it next; null if never';
comment on column holdfast.payout_state.tries is 'How often it was tried or asked about since its status changed';
comment on column holdfast.payout_state.lease_token is 'Rises with each claim: who holds an older one has lost its lease';
comment on column holdfast.payout_state.lease_until is 'Until when the processor with this token works on it; null if none does';
comment on column holdfast.payout_state.blocked is 'Nothing more may be sent for it';
comment on column holdfast.payout_state.received is 'What reached the recipient';
comment on column holdfast.payout_state.reversed is 'What of the amount came back, booked so far';
comment on column holdfast.payout_state.late is 'It succeeded after its hold had been released';
comment on column holdfast.payout_state.transitions is 'transition_no of its latest transition';
comment on column holdfast.payout_state.told_operator is 'The mobile operator as the provider names it';
comment on column holdfast.payout_state.hinted_at is 'When an unsigned webhook last made us ask about it';
comment on column holdfast.payout_state.hinted_attempt is 'The attempt that it was about, until that has been asked about';

create view holdfast.payout as
    select i.*, s.status, s.route, s.route_no, s.next_at, s.tries, s.lease_token, s.lease_until, s.blocked, s.failure_reason,
            s.failure_code, s.failure_detail, s.failover_reason, s.received, s.reversed, s.late, s.transitions, s.updated_at,
            s.completed_at, s.hinted_at, s.told_operator
        from holdfast.payout_intent i
        join holdfast.payout_state s on s.ledger_id = i.ledger_id and s.payout_id = i.payout_id;
comment on view holdfast.payout is 'Payouts: what they are and how they stand';

create table holdfast.payout_metadata (
    ledger_id integer not null,
    payout_id uuid    not null,
    name      text    not null,
    value     text    not null,
    primary key (ledger_id, payout_id, name)
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
    outcome            text           check (outcome in ('REJECTED', 'ACCEPTED', 'SUCCEEDED', 'FAILED', 'REVERSED',
        'SAID_TO_HAVE_FAILED')),
    provider_reference text,
    fee_told           numeric(38, 0) check (fee_told >= 0),
    fee_booked         numeric(38, 0) not null default 0 check (fee_booked >= 0),
    fee_refunded       numeric(38, 0) not null default 0 check (fee_refunded between 0 and fee_booked),
    failure_reason     text,
    stands             boolean        not null,
    primary key (ledger_id, payout_id, attempt_no),
    unique (ledger_id, provider, provider_key),
    check ((method is null) = (path is null) and (path is null) = (body is null)),
    check (method is not null or state = 'FAILED'),
    check (stands = (state in ('OPEN', 'SETTLED')))
) with (fillfactor = 50);
create unique index payout_attempt_not_failed on holdfast.payout_attempt (ledger_id, payout_id) where stands;
comment on table holdfast.payout_attempt is 'One route to one provider, with one provider key and fixed create bytes';
comment on index holdfast.payout_attempt_not_failed is 'The law: at most one attempt of a payout is not definitively failed';
comment on column holdfast.payout_attempt.memo is 'What the preparatory call brought that the create needs, in the adapter''s form';
comment on column holdfast.payout_attempt.quoted_fee is 'What the provider said beforehand that it would charge';
comment on column holdfast.payout_attempt.usable_until is 'From when on its preparation can no longer be used';
comment on column holdfast.payout_attempt.method is 'Method, path and body of the create; null only if the provider refused to prepare it';
comment on column holdfast.payout_attempt.state is 'SURPLUS: it paid although another attempt is open or has paid';
comment on column holdfast.payout_attempt.stands is 'Whether it may pay or has paid; an index asks this and not the state, so that settling changes no index';
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
    primary key (ledger_id, provider, reference)
);
create index payout_reference_attempt on holdfast.payout_reference (ledger_id, payout_id, attempt_no);
comment on table holdfast.payout_reference is 'Which attempt a provider''s reference belongs to: one, for ever';

create table holdfast.payout_send (
    ledger_id   integer     not null,
    payout_id   uuid        not null,
    attempt_no  integer     not null,
    send_no     integer     not null check (send_no >= 1),
    lease_token bigint      not null,
    sent_at     timestamptz not null,
    outcome     text        check (outcome in ('NOT_SENT', 'NOT_EXECUTED', 'REJECTED', 'ACCEPTED', 'SUCCEEDED',
        'FAILED', 'REVERSED', 'NOT_FOUND', 'UNKNOWN')),
    answered_at timestamptz,
    primary key (ledger_id, payout_id, attempt_no, send_no),
    check ((outcome is null) = (answered_at is null))
) with (fillfactor = 50);
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
    outcome       text        check (outcome in ('NOT_SENT', 'NOT_EXECUTED', 'REJECTED', 'ACCEPTED', 'SUCCEEDED',
        'FAILED', 'REVERSED', 'NOT_FOUND', 'UNKNOWN')),
    detail        text        not null,
    evidence      text        not null,
    actor         text        not null,
    recorded_at   timestamptz not null,
    primary key (ledger_id, payout_id, transition_no),
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
    role          text    not null check (role in ('HOLD', 'COMMIT', 'RELEASE', 'LATE', 'REVERSAL', 'FEE',
        'SUSPENSE', 'COLLECTION', 'WRITE_OFF')),
    primary key (ledger_id, entry_id)
);
create unique index payout_entry_once on holdfast.payout_entry (ledger_id, payout_id, (case
    when role in ('COMMIT', 'RELEASE') then 'END' when role in ('HOLD', 'LATE') then role else entry_id::text end));
comment on table holdfast.payout_entry is 'Which journal entries a payout made, and by which transition. A fact';
comment on index holdfast.payout_entry_once is 'One hold, one end of it, one late payment: nothing is both paid and released';

create table holdfast.payout_item (
    ledger_id    integer     not null,
    item_no      bigint      not null generated always as identity,
    payout_id    uuid,
    kind         text        not null,
    detail       text        not null,
    opened_at    timestamptz not null,
    closed_at    timestamptz,
    closed_by    text,
    closing_note text,
    primary key (ledger_id, item_no),
    foreign key (ledger_id, payout_id) references holdfast.payout_intent,
    constraint payout_item_subject_check check ((payout_id is null) = (kind = 'UNEXPLAINED')),
    constraint payout_item_closing_check
        check ((closed_at is null) = (closed_by is null) and (closed_by is null) = (closing_note is null))
);
create unique index payout_item_once on holdfast.payout_item (ledger_id, payout_id, kind, md5(detail))
    where closed_at is null or kind not in ('FLOAT_SHORT', 'NOT_BOOKED', 'CONTRADICTION');
comment on index holdfast.payout_item_once is 'What somebody has looked at is not news when it is noticed again, but what may have begun anew is';
create unique index payout_item_once_without_payout on holdfast.payout_item (ledger_id, kind, md5(detail))
    where payout_id is null;
comment on index holdfast.payout_item_once_without_payout is 'What was paid as nobody''s is news once, as payout_item_once has it; it cannot begin anew';
create index payout_item_open on holdfast.payout_item (ledger_id, item_no) where closed_at is null;
comment on table holdfast.payout_item is 'Something for a person to look at; it never blocks money that is proven';
comment on column holdfast.payout_item.payout_id is 'Which payout it concerns; null only for money that no payout moved';
comment on column holdfast.payout_item.closing_note is 'What the person who closed it found';

--changeset holdfast:007-facts splitStatements:false stripComments:false
do $body$
declare
    fact text;
begin
    foreach fact in array array['payout_quote', 'payout_intent', 'payout_transition', 'payout_entry', 'payout_reference',
            'payout_metadata'] loop
        execute format('create trigger %I before update or delete or truncate on holdfast.%I
            for each statement execute function holdfast.refuse_change()', fact || '_is_a_fact', fact);
        execute format('alter table holdfast.%I enable always trigger %I', fact, fact || '_is_a_fact');
    end loop;
end
$body$;

--changeset holdfast:007-fixed-columns splitStatements:false stripComments:false
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

-- Asked only where something fixed did change, so that each update is spared the call.
create trigger payout_state_is_fixed before update on holdfast.payout_state
    for each row when (row(old.ledger_id, old.payout_id, old.amount, old.created_at)
        is distinct from row(new.ledger_id, new.payout_id, new.amount, new.created_at))
    execute function holdfast.refuse_change_of_fixed_columns('status', 'route', 'route_no', 'next_at', 'tries',
        'lease_token', 'lease_until', 'blocked', 'failure_reason', 'failure_code', 'failure_detail',
        'failover_reason', 'received', 'reversed', 'late', 'transitions', 'updated_at', 'completed_at', 'hinted_at',
        'hinted_attempt', 'told_operator');
create trigger payout_attempt_is_fixed before update on holdfast.payout_attempt
    for each row when (row(old.ledger_id, old.payout_id, old.attempt_no, old.provider, old.provider_key, old.memo,
            old.quoted_fee, old.usable_until, old.method, old.path, old.body, old.created_at)
        is distinct from row(new.ledger_id, new.payout_id, new.attempt_no, new.provider, new.provider_key, new.memo,
            new.quoted_fee, new.usable_until, new.method, new.path, new.body, new.created_at))
    execute function holdfast.refuse_change_of_fixed_columns('state', 'outcome', 'provider_reference', 'fee_told',
        'fee_booked', 'fee_refunded', 'failure_reason', 'stands');
create trigger payout_send_is_fixed before update on holdfast.payout_send
    for each row when (row(old.ledger_id, old.payout_id, old.attempt_no, old.send_no, old.lease_token, old.sent_at)
        is distinct from row(new.ledger_id, new.payout_id, new.attempt_no, new.send_no, new.lease_token, new.sent_at))
    execute function holdfast.refuse_change_of_fixed_columns('outcome', 'answered_at');
create trigger payout_send_is_answered_once before update on holdfast.payout_send
    for each row when (old.outcome <> 'UNKNOWN') execute function holdfast.refuse_change();
create trigger payout_item_is_fixed before update on holdfast.payout_item
    for each row when (old.closed_at is null)
    execute function holdfast.refuse_change_of_fixed_columns('closed_at', 'closed_by', 'closing_note');
create trigger payout_item_is_closed_once before update on holdfast.payout_item
    for each row when (old.closed_at is not null) execute function holdfast.refuse_change();
do $body$
declare
    kept text;
begin
    foreach kept in array array['payout_state', 'payout_attempt', 'payout_send', 'payout_item'] loop
        execute format('create trigger %I before delete or truncate on holdfast.%I
            for each statement execute function holdfast.refuse_change()', kept || '_stays', kept);
        execute format('alter table holdfast.%I enable always trigger %I', kept, kept || '_stays');
    end loop;
end
$body$;
alter table holdfast.payout_state enable always trigger payout_state_is_fixed;
alter table holdfast.payout_attempt enable always trigger payout_attempt_is_fixed;
alter table holdfast.payout_send enable always trigger payout_send_is_fixed;
alter table holdfast.payout_send enable always trigger payout_send_is_answered_once;
alter table holdfast.payout_item enable always trigger payout_item_is_fixed;
alter table holdfast.payout_item enable always trigger payout_item_is_closed_once;

--changeset holdfast:007-parents splitStatements:false stripComments:false
-- Nothing that is referred to is ever deleted, so it is enough to ask when rows are added.
create function holdfast.check_payout_intents() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
    set enable_sort = off set jit = off as
$body$
declare
    wrong record;
begin
    -- An intent and its state are inserted in one statement, so that each is seen here.
    select n.payout_id, n.account_id, a.found is null as has_no_wallet into wrong
        from added n
        left join lateral (select true as found from holdfast.account a
            where a.ledger_id = n.ledger_id and a.account_id >= n.account_id and a.account_id <= n.account_id
            order by a.account_id limit 1) a on true
        left join lateral (select true as found from holdfast.payout_state s
            where s.ledger_id = n.ledger_id and s.payout_id >= n.payout_id and s.payout_id <= n.payout_id
            order by s.payout_id limit 1) s on true
        where a.found is null or s.found is null limit 1;
    if found then
        raise exception 'payout % refused: there is no %', wrong.payout_id, case when wrong.has_no_wallet
                then 'account ' || wrong.account_id else 'state of it' end
            using errcode = 'foreign_key_violation';
    end if;
    return null;
end
$body$;

create function holdfast.check_payout_states() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
    set enable_sort = off set jit = off as
$body$
declare
    wrong record;
begin
    select n.payout_id, i.checkers is null as is_orphan,
            (n.amount, n.created_at) is distinct from (i.amount, i.created_at) as differs
        into wrong
        from added n
        left join lateral (select q.checkers, q.amount, q.created_at from holdfast.payout_intent q
            where q.ledger_id = n.ledger_id and q.payout_id >= n.payout_id and q.payout_id <= n.payout_id
            order by q.payout_id limit 1) i on true
        where i.checkers is null or (n.amount, n.created_at) is distinct from (i.amount, i.created_at)
            or n.status <> 'AWAITING_APPROVAL' and i.checkers > 0
                and not coalesce(holdfast.payout_is_approved(n.ledger_id, n.payout_id), true)
        limit 1;
    if not found then
        return null;
    elsif wrong.is_orphan then
        raise exception 'payout_state refused: there is no payout %', wrong.payout_id
            using errcode = 'foreign_key_violation';
    elsif wrong.differs then
        raise exception 'payout_state refused: amount and time of payout % are others', wrong.payout_id
            using errcode = 'HF001';
    end if;
    raise exception 'INSERT of payout_state refused: payout % is not approved as it stands', wrong.payout_id
        using errcode = 'HF008';
end
$body$;

create function holdfast.check_payout_is_there() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
    set enable_sort = off set jit = off as
$body$
declare
    orphan record;
begin
    select n.payout_id into orphan
        from added n
        left join lateral (select true as found from holdfast.payout_intent p
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
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
    set enable_sort = off set jit = off as
$body$
declare
    wrong record;
begin
    select n.payout_id, p.checkers is null as is_orphan into wrong
        from added n
        left join lateral (select q.checkers from holdfast.payout_intent q
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
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
    set enable_sort = off set jit = off as
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
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
    set enable_sort = off set jit = off as
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

create trigger payout_intent_has_wallet_and_state after insert on holdfast.payout_intent
    referencing new table as added for each statement execute function holdfast.check_payout_intents();
create trigger payout_state_has_an_intent after insert on holdfast.payout_state
    referencing new table as added for each statement execute function holdfast.check_payout_states();
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
alter table holdfast.payout_intent enable always trigger payout_intent_has_wallet_and_state;
alter table holdfast.payout_state enable always trigger payout_state_has_an_intent;
alter table holdfast.payout_metadata enable always trigger payout_metadata_has_a_payout;
alter table holdfast.payout_transition enable always trigger payout_transition_has_a_payout;
alter table holdfast.payout_attempt enable always trigger payout_attempt_is_approved;
alter table holdfast.payout_send enable always trigger payout_send_has_an_attempt;
alter table holdfast.payout_reference enable always trigger payout_reference_has_an_attempt;
alter table holdfast.payout_entry enable always trigger payout_entry_has_entry_and_transition;

--changeset holdfast:007-grants splitStatements:false stripComments:false
do $body$
declare
    facts constant text := 'holdfast.payout_quote, holdfast.payout_intent, holdfast.payout_transition, holdfast.payout_entry, holdfast.payout_reference,
        holdfast.payout_metadata, holdfast.payout_item';
    states constant text := 'holdfast.payout_state, holdfast.payout_attempt, holdfast.payout_send';
begin
    if exists (select from pg_catalog.pg_roles where rolname = 'holdfast_app') then
        execute 'grant select, insert on ' || facts || ', ' || states || ' to holdfast_app';
        execute 'grant update on ' || states || ' to holdfast_app';
        execute 'grant select on holdfast.payout to holdfast_app';
        execute 'grant update (closed_at, closed_by, closing_note) on holdfast.payout_item to holdfast_app';
    end if;
    if exists (select from pg_catalog.pg_roles where rolname = 'holdfast_sealer') then
        execute 'grant select on ' || facts || ', ' || states || ', holdfast.payout to holdfast_sealer';
    end if;
end
$body$;

--changeset holdfast:007-version
insert into holdfast.schema_version (version, name) values (7, '007-payouts');
