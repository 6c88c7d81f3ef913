--liquibase formatted sql

-- What verify asks. Each audit function is one invariant of one ledger: it returns a row for each contradiction, and none
-- if the invariant holds. Amounts are minor units. Whoever may read the schema may ask them too:
-- select * from holdfast.audit_balances(1);

--changeset holdfast:006-fact-hashes splitStatements:false stripComments:false
create function holdfast.canonical_ledger(fact holdfast.ledger) returns bytea
    language sql stable parallel safe as
$body$
    select holdfast.canonical_text('holdfast/ledger/v1') || holdfast.canonical_text(fact.ledger_id::text)
        || holdfast.canonical_text(fact.name)
        || holdfast.canonical_text(fact.time_zone) || holdfast.canonical_instant(fact.opened_at)
$body$;

create function holdfast.canonical_currency(ledger_name text, fact holdfast.currency) returns bytea
    language sql stable parallel safe as
$body$
    select holdfast.canonical_text('holdfast/currency/v1') || holdfast.canonical_text(ledger_name)
        || holdfast.canonical_text(fact.code) || holdfast.canonical_text(fact.exponent::text)
$body$;

create function holdfast.canonical_opening(ledger_name text, fact holdfast.account) returns bytea
    language sql stable parallel safe as
$body$
    select holdfast.canonical_text('holdfast/account/v1') || holdfast.canonical_text(ledger_name)
        || holdfast.canonical_text(fact.account_id::text) || holdfast.canonical_account(fact)
        || holdfast.canonical_instant(fact.opened_at)
$body$;

create function holdfast.canonical_change(ledger_name text, fact holdfast.account_change) returns bytea
    language sql stable parallel safe as
$body$
    select holdfast.canonical_text('holdfast/account-change/v1') || holdfast.canonical_text(ledger_name)
        || holdfast.canonical_text(fact.account_id::text) || holdfast.canonical_text(fact.change_no::text)
        || holdfast.canonical_text(fact.minimum::text) || holdfast.canonical_text(fact.maximum::text)
        || holdfast.canonical_text(fact.debit_frozen::text) || holdfast.canonical_text(fact.credit_frozen::text)
        || holdfast.canonical_text(fact.closed::text) || holdfast.canonical_text(fact.actor)
        || holdfast.canonical_instant(fact.recorded_at)
$body$;

create function holdfast.canonical_close(ledger_name text, previous bytea, fact holdfast.period_close) returns bytea
    language sql stable parallel safe as
$body$
    select holdfast.canonical_text('holdfast/period-close/v1') || holdfast.canonical_text(ledger_name)
        || holdfast.canonical_field(previous) || holdfast.canonical_text(to_char(fact.closed_through, 'YYYY-MM-DD'))
        || holdfast.canonical_text(fact.actor) || holdfast.canonical_instant(fact.recorded_at)
$body$;
comment on function holdfast.canonical_close(text, bytea, holdfast.period_close) is
    'Covers the hash of the closing before it, so that none can be taken out';

create function holdfast.hash_fact() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$body$
declare
    ledger_name text;
begin
    if tg_table_name = 'ledger' then
        new.hash := sha256(holdfast.canonical_ledger(new));
        return new;
    end if;
    select l.name into ledger_name from holdfast.ledger l where l.ledger_id = new.ledger_id;
    if tg_table_name = 'currency' then
        new.hash := sha256(holdfast.canonical_currency(ledger_name, new));
    elsif tg_table_name = 'account' then
        new.hash := sha256(holdfast.canonical_opening(ledger_name, new));
    elsif tg_table_name = 'account_change' then
        new.hash := sha256(holdfast.canonical_change(ledger_name, new));
    elsif tg_table_name = 'period_close' then
        new.hash := sha256(holdfast.canonical_close(ledger_name, (
            select c.hash from holdfast.period_close c where c.ledger_id = new.ledger_id
                order by c.closed_through desc limit 1), new));
    end if;
    return new;
end
$body$;
comment on function holdfast.hash_fact() is 'Gives a fact outside the journal the hash of its canonical bytes';

do $body$
declare
    fact text;
begin
    foreach fact in array array['ledger', 'currency', 'account', 'account_change', 'period_close'] loop
        execute format('alter table holdfast.%I add column hash bytea not null check (octet_length(hash) = 32)', fact);
        execute format('comment on column holdfast.%I.hash is %L', fact,
            'SHA-256 of its canonical bytes, given by the database when it is inserted');
        execute format('create trigger %I before insert on holdfast.%I
            for each row execute function holdfast.hash_fact()', fact || '_is_hashed', fact);
        execute format('alter table holdfast.%I enable always trigger %I', fact, fact || '_is_hashed');
    end loop;
end
$body$;

--changeset holdfast:006-audit-entries splitStatements:false stripComments:false
create function holdfast.audit_entries(ledger integer)
    returns table (subject text, field text, expected text, found text)
    language sql stable as
$body$
    with lines as (
        select p.entry_id, count(*) as count, max(p.line) as last, sum(p.line) as total,
                min(p.effective_on) as first_day, max(p.effective_on) as last_day
            from holdfast.posting p where p.ledger_id = ledger group by p.entry_id),
    wrong as (
        select coalesce(e.entry_id, p.entry_id) as entry_id, e.entry_id is not null as is_entry, e.posting_count, e.effective_on,
                p.count, p.last, p.total, p.first_day, p.last_day
            from (select * from holdfast.journal_entry e where e.ledger_id = ledger) e
            full join lines p on p.entry_id = e.entry_id
            where e.entry_id is null or p.entry_id is null or e.posting_count <> p.count or p.last <> p.count
                or p.total <> p.count * (p.count + 1) / 2 or e.effective_on <> p.first_day or e.effective_on <> p.last_day)
    select 'postings of ' || w.entry_id, 'entry_id', 'an entry of this ledger', w.entry_id::text
        from wrong w where not w.is_entry
    union all
    select 'entry ' || w.entry_id, 'posting_count', coalesce(w.count, 0)::text, w.posting_count::text
        from wrong w where w.is_entry and w.posting_count is distinct from w.count
    union all
    select 'entry ' || w.entry_id, 'line', 'lines 1 to ' || w.count, (
            select 'lines ' || string_agg(p.line::text, ', ' order by p.line) from holdfast.posting p
            where p.ledger_id = ledger and p.entry_id = w.entry_id)
        from wrong w where w.last <> w.count or w.total <> w.count * (w.count + 1) / 2
    union all
    select 'entry ' || w.entry_id, 'effective_on', w.first_day::text, w.effective_on::text
        from wrong w where w.is_entry and w.first_day = w.last_day and w.effective_on <> w.first_day
    union all
    select 'posting ' || p.line || ' of entry ' || w.entry_id, 'effective_on', w.effective_on::text, p.effective_on::text
        from wrong w
        join holdfast.posting p on p.ledger_id = ledger and p.entry_id = w.entry_id and p.effective_on <> w.effective_on
        where w.first_day <> w.last_day
$body$;
comment on function holdfast.audit_entries(integer) is
    'Every entry has the postings it declares, lines 1 to their number, on its own date, and every posting has an entry';

--changeset holdfast:006-audit-sums splitStatements:false stripComments:false
create function holdfast.audit_sums(ledger integer)
    returns table (subject text, field text, expected text, found text)
    language sql stable as
$body$
    with sums as (
        select p.entry_id, a.currency, sum(p.side * p.amount) as off, min(p.account_id) as account_id
            from holdfast.posting p
            left join holdfast.account a on a.ledger_id = p.ledger_id and a.account_id = p.account_id
            where p.ledger_id = ledger group by p.entry_id, a.currency)
    select 'entry ' || s.entry_id, 'amount', 'debits equal to credits in ' || s.currency, 'debits less credits of ' || s.off
        from sums s where s.off <> 0 and s.currency is not null
    union all
    select 'posting ' || p.line || ' of entry ' || p.entry_id, 'account_id', 'an account of this ledger', p.account_id::text
        from sums s
        join holdfast.posting p on p.ledger_id = ledger and p.entry_id = s.entry_id
        where s.currency is null and not exists (
            select from holdfast.account a where a.ledger_id = ledger and a.account_id = p.account_id)
$body$;
comment on function holdfast.audit_sums(integer) is
    'The postings of every entry sum to zero in each currency, and their accounts exist';

--changeset holdfast:006-audit-hashes splitStatements:false stripComments:false
create function holdfast.audit_hashes(ledger integer)
    returns table (entry_id uuid, hash bytea, recomputed bytea)
    language sql stable as
$body$
    with accounts as materialized (
        select a.account_id, holdfast.canonical_account(a) as bytes from holdfast.account a where a.ledger_id = ledger),
    lines as (
        select p.entry_id, int4send(count(*)::integer)
                || string_agg(holdfast.canonical_line(a.bytes, p), ''::bytea order by p.line) as bytes
            from holdfast.posting p left join accounts a on a.account_id = p.account_id
            where p.ledger_id = ledger group by p.entry_id)
    select e.entry_id, e.hash, sha256(holdfast.canonical_head(l.name, e) || p.bytes)
        from holdfast.journal_entry e
        join holdfast.ledger l on l.ledger_id = e.ledger_id
        left join lines p on p.entry_id = e.entry_id
        where e.ledger_id = ledger
$body$;
comment on function holdfast.audit_hashes(integer) is
    'Each entry''s hash as kept and as its canonical bytes give it now; the latter null if they cannot be built';

--changeset holdfast:006-audit-kinds splitStatements:false stripComments:false
create function holdfast.audit_kinds(ledger integer)
    returns table (subject text, field text, expected text, found text)
    language sql stable as
$body$
    with odd as (
        select e.entry_id, e.kind, e.hold_id, e.expires_at, e.reverses, h.kind as hold_kind, o.kind as original_kind,
                e.kind in ('hold', 'commit', 'release', 'expire') as moves_hold
            from holdfast.journal_entry e
            left join holdfast.journal_entry h on h.ledger_id = ledger and h.entry_id = e.hold_id
            left join holdfast.journal_entry o on o.ledger_id = ledger and o.entry_id = e.reverses
            where e.ledger_id = ledger
                and (e.kind not in ('post', 'closing') or coalesce(e.hold_id, e.reverses) is not null or e.expires_at is not null))
    select 'entry ' || e.entry_id, w.field, w.expected, coalesce(w.found, 'none')
        from odd e
        cross join lateral (
            values ('hold_id', case when e.kind = 'hold' then e.entry_id::text when e.moves_hold then 'a hold' else 'none' end
                        || ', as its kind is ' || e.kind, e.hold_id::text,
                    case when e.kind = 'hold' then e.hold_id is distinct from e.entry_id
                        when e.moves_hold then e.hold_kind is distinct from 'hold' else e.hold_id is not null end),
                ('expires_at', 'none, as its kind is ' || e.kind, e.expires_at::text,
                    e.kind <> 'hold' and e.expires_at is not null),
                ('reverses', case when e.kind = 'reverse' then 'an entry of kind post' else 'none' end
                        || ', as its kind is ' || e.kind, e.reverses::text,
                    case when e.kind = 'reverse' then e.original_kind is distinct from 'post' else e.reverses is not null end)
            ) w (field, expected, found, is_wrong)
        where w.is_wrong
    union all
    select 'posting ' || p.line || ' of entry ' || p.entry_id, 'part', '0, as its entry''s kind is ' || e.kind, p.part::text
        from holdfast.posting p
        join holdfast.journal_entry e on e.ledger_id = ledger and e.entry_id = p.entry_id
        where p.ledger_id = ledger and p.part <> 0 and e.kind not in ('hold', 'commit', 'release', 'expire')
$body$;
comment on function holdfast.audit_kinds(integer) is
    'Every entry has what its kind needs and nothing else: a hold, a deadline, an entry that it reverses, held parts';

--changeset holdfast:006-audit-sequences splitStatements:false stripComments:false
create function holdfast.audit_sequences(ledger integer)
    returns table (subject text, field text, expected text, found text)
    language sql stable as
$body$
    select 'posting ' || p.line || ' of entry ' || p.entry_id, 'account_seq', (p.before + 1)::text, p.account_seq::text
        from (
            select p.entry_id, p.line, p.account_seq,
                    lag(p.account_seq, 1, 0::bigint) over (partition by p.account_id order by p.account_seq) as before
                from holdfast.posting p where p.ledger_id = ledger) p
        where p.account_seq <> p.before + 1
$body$;
comment on function holdfast.audit_sequences(integer) is 'The postings of every account are numbered from 1 without gaps';

--changeset holdfast:006-audit-balances splitStatements:false stripComments:false
create function holdfast.audit_balances(ledger integer)
    returns table (subject text, field text, expected text, found text)
    language sql stable as
$body$
    with sums as (
        select p.account_id, count(*) as count, sum(p.side * p.amount) filter (where p.part = 0) as available,
                sum(p.side * p.amount) filter (where p.part = 1) as held
            from holdfast.posting p where p.ledger_id = ledger group by p.account_id),
    pairs as (
        select coalesce('account ' || a.path || ' ' || a.currency, 'balance of account ' || b.account_id) as subject,
                a.account_id is not null as is_account, b.*,
                coalesce(s.count, 0) as count, a.sign * coalesce(s.available, 0) as available_sum,
                a.sign * coalesce(s.held, 0) as held_sum
            from (
                select a.*, case when a.path ~ '^(assets|expenses):' then 1 else -1 end as sign
                    from holdfast.account a where a.ledger_id = ledger) a
            full join (select * from holdfast.balance b where b.ledger_id = ledger) b on b.account_id = a.account_id
            left join sums s on s.account_id = a.account_id)
    select p.subject, w.field, w.expected, w.found
        from pairs p
        cross join lateral (
            values ('balance', 'a row', 'none', p.ledger_id is null),
                ('account_id', 'an account of this ledger', p.account_id::text, not p.is_account),
                ('available', p.available_sum::text, p.available::text, p.available <> p.available_sum),
                ('held', p.held_sum::text, p.held::text, p.held <> p.held_sum),
                ('last_seq', p.count::text, p.last_seq::text, p.last_seq <> p.count)
            ) w (field, expected, found, is_wrong)
        where w.is_wrong
$body$;
comment on function holdfast.audit_balances(integer) is
    'What is available and held in every account is the sum of its postings, and last_seq their number';

--changeset holdfast:006-audit-holds splitStatements:false stripComments:false
create function holdfast.audit_holds(ledger integer)
    returns table (subject text, field text, expected text, found text)
    language sql stable as
$body$
    with moves as (
        select e.hold_id, e.kind, e.expires_at, p.account_id, p.line, p.amount
            from holdfast.journal_entry e
            join holdfast.posting p on p.ledger_id = ledger and p.entry_id = e.entry_id and p.part = 1
            where e.ledger_id = ledger and e.hold_id is not null),
    rebuilt as (
        select m.hold_id, min(m.account_id) filter (where m.kind = 'hold') as account_id,
                coalesce(sum(m.amount) filter (where m.kind = 'hold'), 0) as amount,
                min(m.expires_at) filter (where m.kind = 'hold') as expires_at,
                -- Line 1 of a commit is what was spent; a further held line gives the rest back.
                coalesce(sum(m.amount) filter (where m.kind = 'commit' and m.line = 1), 0) as committed,
                coalesce(sum(m.amount) filter (where m.kind <> 'hold'), 0) as gone,
                bool_or(m.kind = 'release') as released, bool_or(m.kind = 'expire') as expired
            from moves m group by m.hold_id),
    pairs as (
        select coalesce(h.hold_id, r.hold_id) as hold_id, h.hold_id is not null as is_kept, r.hold_id is not null as is_placed,
                h.account_id, h.amount, h.committed, h.remaining, h.state, h.expires_at,
                r.account_id as placed_on, r.amount as placed, r.committed as spent, r.amount - r.gone as rest,
                r.expires_at as deadline, case when r.amount > r.gone then 'ACTIVE' when r.released then 'RELEASED'
                    when r.expired then 'EXPIRED' else 'COMMITTED' end as stage
            from rebuilt r
            full join (select * from holdfast.hold h where h.ledger_id = ledger) h on h.hold_id = r.hold_id)
    select 'hold ' || p.hold_id, w.field, w.expected, coalesce(w.found, 'none')
        from pairs p
        cross join lateral (
            values ('hold', 'a row', 'none', not p.is_kept),
                ('hold_id', 'an entry that placed it', p.hold_id::text, not p.is_placed),
                ('account_id', p.placed_on::text, p.account_id::text, p.account_id <> p.placed_on),
                ('amount', p.placed::text, p.amount::text, p.amount <> p.placed),
                ('committed', p.spent::text, p.committed::text, p.committed <> p.spent),
                ('remaining', p.rest::text, p.remaining::text, p.remaining <> p.rest),
                ('state', p.stage, p.state, p.state <> p.stage),
                ('expires_at', coalesce(p.deadline::text, 'none'), p.expires_at::text,
                    p.is_kept and p.is_placed and p.expires_at is distinct from p.deadline)
            ) w (field, expected, found, is_wrong)
        where w.is_wrong
$body$;
comment on function holdfast.audit_holds(integer) is 'Every hold stands as the entries that placed, spent and ended it say';

--changeset holdfast:006-audit-held splitStatements:false stripComments:false
create function holdfast.audit_held(ledger integer)
    returns table (subject text, field text, expected text, found text)
    language sql stable as
$body$
    with open_holds as (
        select h.account_id, sum(h.remaining) as remaining, min(h.expires_at) as first_expiry
            from holdfast.hold h where h.ledger_id = ledger and h.state = 'ACTIVE' group by h.account_id),
    pairs as (
        select 'account ' || coalesce(a.path || ' ' || a.currency, b.account_id::text) as subject, b.held, b.earliest_expiry,
                coalesce(h.remaining, 0) as remaining, h.first_expiry
            from holdfast.balance b
            left join holdfast.account a on a.ledger_id = ledger and a.account_id = b.account_id
            left join open_holds h on h.account_id = b.account_id
            where b.ledger_id = ledger)
    select p.subject, 'held', p.remaining || ' in open holds', p.held::text from pairs p where p.held <> p.remaining
    union all
    select p.subject, 'earliest_expiry', 'at the latest ' || p.first_expiry, coalesce(p.earliest_expiry::text, 'none')
        from pairs p where p.first_expiry is not null and coalesce(p.earliest_expiry > p.first_expiry, true)
$body$;
comment on function holdfast.audit_held(integer) is
    'What is held in every account is the sum of its open holds, and none expires before the account says';

--changeset holdfast:006-audit-reversals splitStatements:false stripComments:false
create function holdfast.audit_reversals(ledger integer)
    returns table (subject text, field text, expected text, found text)
    language sql stable as
$body$
    with reversed as (
        select e.reverses as entry_id, p.account_id, -p.side as side, sum(p.amount) as amount
            from holdfast.journal_entry e
            join holdfast.posting p on p.ledger_id = ledger and p.entry_id = e.entry_id
            where e.ledger_id = ledger and e.reverses is not null group by e.reverses, p.account_id, p.side),
    original as (
        select p.entry_id, p.account_id, p.side, sum(p.amount) as amount
            from holdfast.posting p
            where p.ledger_id = ledger and p.entry_id in (select r.entry_id from reversed r)
            group by p.entry_id, p.account_id, p.side)
    select 'entry ' || r.entry_id, 'reverses',
            'at most ' || coalesce(o.amount, 0) || ' of account ' || r.account_id || ' reversed', r.amount::text
        from reversed r
        left join original o on o.entry_id = r.entry_id and o.account_id = r.account_id and o.side = r.side
        where r.amount > coalesce(o.amount, 0)
$body$;
comment on function holdfast.audit_reversals(integer) is 'No entry is reversed by more than it posted';

--changeset holdfast:006-audit-terms splitStatements:false stripComments:false
create function holdfast.audit_terms(ledger integer)
    returns table (subject text, field text, expected text, found text)
    language sql stable as
$body$
    with latest as (
        select distinct on (c.account_id) c.*, count(*) over (partition by c.account_id) as count
            from holdfast.account_change c where c.ledger_id = ledger order by c.account_id, c.change_no desc),
    pairs as (
        select 'account ' || coalesce(a.path || ' ' || a.currency, c.account_id::text) as subject, b.*, a.account_id as opened,
                c.account_id as changed,
                c.change_no, c.count, c.minimum as last_minimum, c.maximum as last_maximum,
                c.debit_frozen as last_debit_frozen, c.credit_frozen as last_credit_frozen, c.closed as last_closed
            from (select * from holdfast.account a where a.ledger_id = ledger) a
            full join latest c on c.account_id = a.account_id
            left join holdfast.balance b on b.ledger_id = ledger and b.account_id = coalesce(a.account_id, c.account_id))
    select p.subject, w.field, coalesce(w.expected, 'none'), coalesce(w.found, 'none')
        from pairs p
        cross join lateral (
            values ('account_change', 'its opening', 'none', p.changed is null),
                ('account_id', 'an account of this ledger', p.changed::text, p.opened is null),
                ('change_no', 'changes 1 to ' || p.count, 'a last change ' || p.change_no, p.change_no <> p.count),
                ('changes', p.change_no::text, p.changes::text, p.changes <> p.change_no),
                ('minimum', p.last_minimum::text, p.minimum::text, p.minimum is distinct from p.last_minimum),
                ('maximum', p.last_maximum::text, p.maximum::text, p.maximum is distinct from p.last_maximum),
                ('debit_frozen', p.last_debit_frozen::text, p.debit_frozen::text, p.debit_frozen <> p.last_debit_frozen),
                ('credit_frozen', p.last_credit_frozen::text, p.credit_frozen::text, p.credit_frozen <> p.last_credit_frozen),
                ('closed', p.last_closed::text, p.closed::text, p.closed <> p.last_closed)
            ) w (field, expected, found, is_wrong)
        where w.is_wrong
$body$;
comment on function holdfast.audit_terms(integer) is
    'The terms of every account are those of its latest change, and its changes are numbered from 1 without gaps';

--changeset holdfast:006-audit-periods splitStatements:false stripComments:false
create function holdfast.audit_periods(ledger integer)
    returns table (subject text, field text, expected text, found text)
    language sql stable as
$body$
    with closes as (select c.* from holdfast.period_close c where c.ledger_id = ledger),
    closed_days as (
        select d.effective_on, min(c.recorded_at) as closed_at
            from (select distinct e.effective_on from holdfast.journal_entry e where e.ledger_id = ledger) d
            join closes c on c.closed_through >= d.effective_on group by d.effective_on)
    select 'ledger ' || l.name, 'closed_through', coalesce(c.last::text, 'none'), coalesce(l.closed_through::text, 'none')
        from holdfast.ledger l cross join (select max(c.closed_through) as last from closes c) c
        where l.ledger_id = ledger and l.closed_through is distinct from c.last
    union all
    select 'entry ' || e.entry_id, 'effective_on', 'a day that was open when it was recorded',
            e.effective_on || ', closed since ' || d.closed_at
        from holdfast.journal_entry e join closed_days d on d.effective_on = e.effective_on
        where e.ledger_id = ledger and e.recorded_at > d.closed_at
$body$;
comment on function holdfast.audit_periods(integer) is
    'The books are closed through the latest closing, and nothing took effect in a period after it was closed';

--changeset holdfast:006-audit-facts splitStatements:false stripComments:false
create function holdfast.audit_facts(ledger integer)
    returns table (subject text, field text, expected text, found text)
    language sql stable as
$body$
    with facts as (
        select 'ledger ' || l.name as subject, l.hash, holdfast.canonical_ledger(l) as bytes
            from holdfast.ledger l where l.ledger_id = ledger
        union all
        select 'currency ' || c.code, c.hash, holdfast.canonical_currency(l.name, c)
            from holdfast.currency c join holdfast.ledger l using (ledger_id) where c.ledger_id = ledger
        union all
        select 'account ' || a.path || ' ' || a.currency, a.hash, holdfast.canonical_opening(l.name, a)
            from holdfast.account a join holdfast.ledger l using (ledger_id) where a.ledger_id = ledger
        union all
        select 'change ' || c.change_no || ' of account ' || c.account_id, c.hash, holdfast.canonical_change(l.name, c)
            from holdfast.account_change c join holdfast.ledger l using (ledger_id) where c.ledger_id = ledger
        union all
        select 'close of ' || c.closed_through, c.hash, holdfast.canonical_close(
                l.name, lag(c.hash) over (order by c.closed_through), c)
            from holdfast.period_close c join holdfast.ledger l using (ledger_id) where c.ledger_id = ledger)
    select f.subject, 'content', 'what its hash ' || encode(f.hash, 'hex') || ' covers',
            'content with hash ' || encode(sha256(f.bytes), 'hex')
        from facts f where f.hash <> sha256(f.bytes)
$body$;
comment on function holdfast.audit_facts(integer) is
    'Ledger, currencies, accounts, changes of terms and closings are as they were when they were recorded';

--changeset holdfast:006-version
insert into holdfast.schema_version (version, name) values (6, '006-audit');
