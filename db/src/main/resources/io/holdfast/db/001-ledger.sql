--liquibase formatted sql

-- The ledger's tables. Facts (journal_entry, posting, account, account_change, currency, period_close) are only
-- ever inserted; balance and hold are projections of them and can be rebuilt. Every table begins with ledger_id.

--changeset holdfast:001-schema splitStatements:false stripComments:false
do $body$
begin
    -- Whoever made the schema for this role need not have granted it the right to create schemas.
    if to_regnamespace('holdfast') is null then
        create schema holdfast;
    end if;
end
$body$;

--changeset holdfast:001-version
create table holdfast.schema_version (
    version    integer     not null primary key,
    name       text        not null,
    applied_at timestamptz not null default now()
);
comment on table holdfast.schema_version is 'Which of the numbered scripts this database has, whoever applied them';

--changeset holdfast:001-ledger
create table holdfast.ledger (
    ledger_id      integer     not null generated always as identity primary key,
    name           text        not null unique check (name ~ '^[a-z0-9][a-z0-9._-]{0,62}$'),
    time_zone      text        not null,
    closed_through date,
    opened_at      timestamptz not null
);
comment on table holdfast.ledger is 'One book of accounts: the unit of tenancy, sealing and sharding';
comment on column holdfast.ledger.time_zone is 'IANA zone in which this ledger''s business dates are counted';
comment on column holdfast.ledger.closed_through is 'Nothing may take effect on or before this date (projection of period_close)';

create table holdfast.period_close (
    ledger_id      integer     not null references holdfast.ledger,
    closed_through date        not null,
    actor          text        not null,
    recorded_at    timestamptz not null,
    primary key (ledger_id, closed_through)
);
comment on table holdfast.period_close is 'Each closing of the books, for ever';

create table holdfast.currency (
    ledger_id integer  not null references holdfast.ledger,
    code      text     not null check (code ~ '^[A-Z][A-Z0-9]{1,14}$'),
    exponent  smallint not null check (exponent between 0 and 18),
    primary key (ledger_id, code)
);
comment on table holdfast.currency is 'Currencies of the ledger''s own, beside ISO 4217';

create table holdfast.account (
    ledger_id  integer     not null references holdfast.ledger,
    account_id bigint      not null generated always as identity,
    path       text        not null check (length(path) <= 255 and path ~
        '^(assets|liabilities|equity|revenue|expenses)(:[A-Za-z0-9][A-Za-z0-9_.@/-]*)+$'),
    currency   text        not null check (currency ~ '^[A-Z][A-Z0-9]{1,14}$'),
    exponent   smallint    not null check (exponent between 0 and 18),
    opened_at  timestamptz not null,
    primary key (ledger_id, account_id),
    unique (ledger_id, path, currency)
);
comment on table holdfast.account is 'A path in one currency. Its type is the root of its path';
comment on column holdfast.account.exponent is 'Decimals of the currency: amounts are counts of 10^-exponent';

create table holdfast.account_change (
    ledger_id     integer     not null,
    account_id    bigint      not null,
    change_no     integer     not null check (change_no >= 1),
    minimum       numeric(38, 0),
    maximum       numeric(38, 0),
    debit_frozen  boolean     not null,
    credit_frozen boolean     not null,
    closed        boolean     not null,
    actor         text        not null,
    recorded_at   timestamptz not null,
    primary key (ledger_id, account_id, change_no),
    foreign key (ledger_id, account_id) references holdfast.account
);
comment on table holdfast.account_change is 'The terms of an account after each change of them, the opening being number 1';

create table holdfast.balance (
    ledger_id       integer        not null,
    account_id      bigint         not null,
    available       numeric(38, 0) not null default 0,
    held            numeric(38, 0) not null default 0 check (held >= 0),
    last_seq        bigint         not null default 0 check (last_seq >= 0),
    minimum         numeric(38, 0),
    maximum         numeric(38, 0),
    debit_frozen    boolean        not null default false,
    credit_frozen   boolean        not null default false,
    closed          boolean        not null default false,
    changes         integer        not null default 1,
    earliest_expiry timestamptz,
    primary key (ledger_id, account_id),
    foreign key (ledger_id, account_id) references holdfast.account
) with (fillfactor = 50);
comment on table holdfast.balance is 'Balance and terms now, both projections, and the row that writers lock';
comment on column holdfast.balance.available is 'Spendable, in minor units on the account''s normal side';
comment on column holdfast.balance.held is 'Set aside by holds, in minor units on the account''s normal side';
comment on column holdfast.balance.last_seq is 'account_seq of the account''s latest posting';
comment on column holdfast.balance.changes is 'change_no of the account''s latest change of terms';
comment on column holdfast.balance.earliest_expiry is 'No active hold of this account expires before this; null if none expires';

--changeset holdfast:001-journal
-- No foreign keys from here on: what they refer to is never deleted, and the guards of 003-guards.sql ask for all rows of
-- a statement at once what a foreign key asks for each row, taking a row lock each time.
create table holdfast.journal_entry (
    ledger_id     integer     not null,
    posting_count smallint    not null check (posting_count >= 2),
    effective_on  date        not null,
    recorded_at   timestamptz not null,
    entry_id      uuid        not null,
    kind          text        not null check (kind in ('post', 'hold', 'commit', 'release', 'expire', 'reverse', 'closing')),
    hash          bytea       not null check (octet_length(hash) = 32),
    fingerprint   bytea       not null check (octet_length(fingerprint) >= 32),
    key           text        not null check (length(key) between 1 and 200),
    actor         text        not null,
    origin        text        not null,
    description   text        not null,
    hold_id       uuid,
    expires_at    timestamptz,
    reverses      uuid,
    documents     jsonb,
    metadata      jsonb,
    primary key (ledger_id, entry_id),
    unique (ledger_id, key)
);
create index journal_entry_reverses on holdfast.journal_entry (ledger_id, reverses) where reverses is not null;
create index journal_entry_hold on holdfast.journal_entry (ledger_id, hold_id) where hold_id is not null;
comment on table holdfast.journal_entry is 'A balanced set of postings. A fact: never updated, never deleted';
comment on column holdfast.journal_entry.posting_count is 'How many postings it has, lines 1 to this';
comment on column holdfast.journal_entry.effective_on is 'Business date';
comment on column holdfast.journal_entry.recorded_at is 'When the ledger took it down';
comment on column holdfast.journal_entry.hash is 'SHA-256 of its canonical bytes, see holdfast.canonical_bytes';
comment on column holdfast.journal_entry.fingerprint is 'SHA-256 of the command that asked for it, then 5 bytes a field (number and digest)';
comment on column holdfast.journal_entry.key is 'Idempotency key, unique in its ledger for ever';
comment on column holdfast.journal_entry.hold_id is 'The hold that was placed, committed, released or expired: its placing entry''s id';
comment on column holdfast.journal_entry.expires_at is 'Deadline of the hold that was placed';
comment on column holdfast.journal_entry.reverses is 'The entry that this one undoes';

create table holdfast.posting (
    ledger_id    integer        not null,
    line         smallint       not null check (line >= 1),
    side         smallint       not null check (side in (-1, 1)),
    account_id   bigint         not null,
    account_seq  bigint         not null check (account_seq >= 1),
    effective_on date           not null,
    part         smallint       not null check (part in (0, 1)),
    entry_id     uuid           not null,
    amount       numeric(38, 0) not null check (amount > 0),
    description  text           not null,
    primary key (ledger_id, entry_id, line)
);
create index posting_account on holdfast.posting (ledger_id, account_id, effective_on);
comment on table holdfast.posting is 'One line of a journal entry. A fact: never updated, never deleted';
comment on column holdfast.posting.side is '1 debit, -1 credit';
comment on column holdfast.posting.part is '0 touches what is available, 1 what is held';
comment on column holdfast.posting.account_seq is 'Position among the postings of its account, from 1 without gaps';
comment on column holdfast.posting.effective_on is 'Its entry''s, repeated for the index';
comment on column holdfast.posting.amount is 'Minor units of the account''s currency';

create table holdfast.hold (
    ledger_id  integer        not null,
    hold_id    uuid           not null,
    account_id bigint         not null,
    amount     numeric(38, 0) not null check (amount > 0),
    committed  numeric(38, 0) not null default 0 check (committed >= 0 and committed <= amount),
    remaining  numeric(38, 0) not null check (remaining >= 0 and remaining <= amount - committed),
    state      text           not null check (state in ('ACTIVE', 'COMMITTED', 'RELEASED', 'EXPIRED')),
    expires_at timestamptz,
    primary key (ledger_id, hold_id),
    check ((state = 'ACTIVE') = (remaining > 0))
) with (fillfactor = 80);
create index hold_active on holdfast.hold (ledger_id, account_id, expires_at) where state = 'ACTIVE';
create index hold_expiring on holdfast.hold (ledger_id, expires_at) where state = 'ACTIVE' and expires_at is not null;
comment on table holdfast.hold is 'State of each hold now: a projection of its entries. Its id is the id of the entry that placed it';

insert into holdfast.schema_version (version, name) values (1, '001-ledger');
