--liquibase formatted sql

-- What the database itself refuses, whoever asks. Codes: HF001 a fact may not change, HF002 unbalanced,
-- HF003 postings and declared count differ, HF004 no such account, HF005 period closed, HF006 no such entry,
-- HF007 no such ledger, HF009 the payout's alone (HF008: 008-payout-people.sql).

-- Each guard looks at a statement's rows once. Plans are kept, because planning anew takes as long as writing a small batch.
-- A plan kept from when the tables were empty must be the right one when they are large: each look-up is lateral, and asks
-- for the first row of a range in the order of one index, a range of one value. No other index has that order, and the
-- settings leave it no other rival: not even another index of the ledger, read whole and sorted, which looks as cheap where
-- the tables were analysed before their first rows were committed. The functions of later files do the same.

--changeset holdfast:003-facts splitStatements:false stripComments:false
create function holdfast.refuse_change() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp as
$body$
begin
    raise exception '% on %.% refused: facts are never changed', tg_op, tg_table_schema, tg_table_name
        using errcode = 'HF001', hint = 'Record a new fact that corrects the old one, such as a reversing journal entry.';
end
$body$;

--changeset holdfast:003-facts-triggers splitStatements:false stripComments:false
do $body$
declare
    fact text;
begin
    foreach fact in array array['journal_entry', 'posting', 'account', 'account_change', 'currency', 'period_close'] loop
        execute format('create trigger %I before update or delete or truncate on holdfast.%I
            for each statement execute function holdfast.refuse_change()', fact || '_is_a_fact', fact);
        execute format('alter table holdfast.%I enable always trigger %I', fact, fact || '_is_a_fact');
    end loop;
end
$body$;

--changeset holdfast:003-ledger splitStatements:false stripComments:false
create function holdfast.check_ledger_change() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp as
$body$
begin
    if (new.ledger_id, new.name, new.time_zone, new.opened_at) is distinct from
            (old.ledger_id, old.name, old.time_zone, old.opened_at) then
        raise exception 'ledger % refused: only its closing date may change', old.name using errcode = 'HF001';
    end if;
    if old.closed_through is not null and (new.closed_through is null or new.closed_through < old.closed_through) then
        raise exception 'ledger % refused: it is closed through % and a closing date only moves forward',
            old.name, old.closed_through using errcode = 'HF001';
    end if;
    return new;
end
$body$;
create trigger ledger_closing_moves_forward before update on holdfast.ledger
    for each row execute function holdfast.check_ledger_change();
alter table holdfast.ledger enable always trigger ledger_closing_moves_forward;
create trigger ledger_stays before delete or truncate on holdfast.ledger
    for each statement execute function holdfast.refuse_change();
alter table holdfast.ledger enable always trigger ledger_stays;

--changeset holdfast:003-period splitStatements:false stripComments:false
create function holdfast.period_lock_key(ledger_id integer) returns bigint
    language sql immutable parallel safe as
$body$
    select (x'486f6c64'::bigint << 32) | ledger_id
$body$;
comment on function holdfast.period_lock_key(integer) is
    'Advisory lock of a ledger''s closing date: shared by writers of entries, exclusive to who closes a period';

--changeset holdfast:003-period-close splitStatements:false stripComments:false
create function holdfast.apply_period_close() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$body$
begin
    perform pg_advisory_xact_lock(holdfast.period_lock_key(new.ledger_id));
    update holdfast.ledger set closed_through = new.closed_through where ledger_id = new.ledger_id;
    return new;
end
$body$;
create trigger period_close_applies before insert on holdfast.period_close
    for each row execute function holdfast.apply_period_close();
alter table holdfast.period_close enable always trigger period_close_applies;

--changeset holdfast:003-period-wait splitStatements:false stripComments:false
create function holdfast.lock_closing_date(ledger integer) returns date
    language plpgsql set search_path = pg_catalog, pg_temp as
$body$
begin
    perform pg_advisory_xact_lock(holdfast.period_lock_key(ledger));
    return (select l.closed_through from holdfast.ledger l where l.ledger_id = ledger);
end
$body$;
comment on function holdfast.lock_closing_date(integer) is
    'Waits for those who write entries, and returns the closing date. Who closes reads the clock after this, so that nothing in the period was recorded later than the closing';

--changeset holdfast:003-postings splitStatements:false stripComments:false
create function holdfast.check_postings() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
    set enable_sort = off set jit = off as
$body$
declare
    wrong record;
    off record;
begin
    -- Most often all amounts are of one currency: then each account is asked for its own once, however many postings it
    -- has, and an entry's postings are added up without asking. If anything is wrong, it is found out below.
    if (select count(*) = count(a.currency) and min(a.currency) = max(a.currency)
            from (select distinct i.ledger_id, i.account_id from inserted i) d
            left join lateral (
                select n.currency from holdfast.account n
                where n.ledger_id = d.ledger_id and n.account_id >= d.account_id and n.account_id <= d.account_id
                order by n.account_id limit 1) a on true)
        and not exists (
            select from (
                    select i.ledger_id, i.entry_id, count(*)::integer as postings, max(i.line) as last_line,
                            min(i.effective_on) as first_date, max(i.effective_on) as last_date,
                            sum(case i.side when 1 then i.amount else - i.amount end) as off
                        from inserted i
                        group by i.ledger_id, i.entry_id) p
                left join lateral (
                    select j.entry_id, j.posting_count, j.effective_on from holdfast.journal_entry j
                    where j.ledger_id = p.ledger_id and j.entry_id >= p.entry_id and j.entry_id <= p.entry_id
                    order by j.entry_id limit 1) e on true
                where p.off <> 0 or e.entry_id is null or e.posting_count <> p.postings
                    or e.posting_count < p.last_line or e.effective_on <> p.first_date or e.effective_on <> p.last_date) then
        return null;
    end if;
    select p.ledger_id, p.entry_id, p.has_no_account, p.is_off, e.entry_id is null as has_no_entry, e.posting_count, p.postings
        into wrong
        from (
            select c.ledger_id, c.entry_id, sum(c.postings) as postings, max(c.last_line) as last_line,
                    min(c.first_date) as first_date, max(c.last_date) as last_date,
                    bool_or(c.off <> 0) as is_off, bool_or(c.currency is null) as has_no_account
                from (
                    select i.ledger_id, i.entry_id, a.currency, count(*)::integer as postings, max(i.line) as last_line,
                            min(i.effective_on) as first_date, max(i.effective_on) as last_date,
                            sum(case i.side when 1 then i.amount else - i.amount end) as off
                        from inserted i
                        left join lateral (
                            select n.currency from holdfast.account n
                            where n.ledger_id = i.ledger_id and n.account_id >= i.account_id and n.account_id <= i.account_id
                            order by n.account_id limit 1) a on true
                        group by i.ledger_id, i.entry_id, a.currency) c
                group by c.ledger_id, c.entry_id) p
        left join lateral (
            select j.entry_id, j.posting_count, j.effective_on from holdfast.journal_entry j
            where j.ledger_id = p.ledger_id and j.entry_id >= p.entry_id and j.entry_id <= p.entry_id
            order by j.entry_id limit 1) e on true
        where p.has_no_account or p.is_off or e.entry_id is null or e.posting_count <> p.postings
            or e.posting_count < p.last_line or e.effective_on <> p.first_date or e.effective_on <> p.last_date
        limit 1;
    if not found then
        return null;
    end if;
    if wrong.has_no_account then
        raise exception 'entry % refused: account % does not exist', wrong.entry_id, (
                select min(i.account_id) from inserted i
                where i.ledger_id = wrong.ledger_id and i.entry_id = wrong.entry_id and not exists (
                    select from holdfast.account a where a.ledger_id = i.ledger_id and a.account_id = i.account_id))
            using errcode = 'HF004';
    elsif wrong.is_off then
        select a.currency, sum(i.side * i.amount) as minor
            into off
            from inserted i join holdfast.account a on a.ledger_id = i.ledger_id and a.account_id = i.account_id
            where i.ledger_id = wrong.ledger_id and i.entry_id = wrong.entry_id
            group by a.currency having sum(i.side * i.amount) <> 0 order by a.currency limit 1;
        raise exception 'entry % refused: debits less credits are % %, not zero', wrong.entry_id, off.minor, off.currency
            using errcode = 'HF002';
    elsif wrong.has_no_entry then
        raise exception 'postings of % refused: there is no such entry', wrong.entry_id using errcode = 'HF006';
    end if;
    raise exception 'entry % refused: it declares % postings, lines 1 to %, on its own date, and got %',
        wrong.entry_id, wrong.posting_count, wrong.posting_count, wrong.postings using errcode = 'HF003';
end
$body$;
create trigger posting_checks after insert on holdfast.posting
    referencing new table as inserted for each statement execute function holdfast.check_postings();
alter table holdfast.posting enable always trigger posting_checks;

--changeset holdfast:003-entries splitStatements:false stripComments:false
create function holdfast.check_entries() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
    set enable_sort = off set jit = off as
$body$
declare
    wrong record;
begin
    perform pg_advisory_xact_lock_shared(holdfast.period_lock_key(l.ledger_id))
        from (select distinct i.ledger_id from inserted i order by 1) l;
    if current_setting('transaction_isolation') <> 'read committed' then
        -- An older snapshot could miss a closing date that has moved: locking the row makes that a serialization failure.
        perform 1 from holdfast.ledger l where l.ledger_id in (select i.ledger_id from inserted i) for share;
    end if;
    -- What payouts record only they end or reverse: how a payout stands says what became of its hold.
    select n.entry_id, o.key into wrong
        from (select i.ledger_id, i.entry_id, coalesce(i.reverses, i.hold_id) as original from inserted i
            where (i.reverses is not null or i.hold_id <> i.entry_id) and i.key not like 'holdfast:payout:%') n
        cross join lateral (
            select j.key from holdfast.journal_entry j
            where j.ledger_id = n.ledger_id and j.entry_id >= n.original and j.entry_id <= n.original
            order by j.entry_id limit 1) o
        where o.key like 'holdfast:payout:%' limit 1;
    if found then
        raise exception 'entry % refused: only the payout ends or reverses what was recorded under %', wrong.entry_id, wrong.key
            using errcode = 'HF009', hint = 'Cancel or resolve the payout.';
    end if;
    -- One posting is evidence of all: check_postings lets none in but with the others that its entry declares. Ids ascend,
    -- so most often no other entry's id lies between those of the statement, and counting replaces a look-up for each.
    if not exists (
            select from (
                    select i.ledger_id, count(*) as entries, min(i.effective_on) as first_date,
                            array_agg(i.entry_id order by i.entry_id) as ids
                        from inserted i
                        group by i.ledger_id) s
                left join holdfast.ledger l on l.ledger_id = s.ledger_id
                where l.ledger_id is null or s.first_date <= l.closed_through
                    or s.entries <> (
                        select count(*) from (
                            select from holdfast.journal_entry j
                                where j.ledger_id = s.ledger_id and j.entry_id >= s.ids[1] and j.entry_id <= s.ids[s.entries]
                                order by j.entry_id limit s.entries + 1) there)
                    or s.entries <> (
                        select count(*) from (
                            select from holdfast.posting p
                                where p.ledger_id = s.ledger_id and p.entry_id >= s.ids[1] and p.entry_id <= s.ids[s.entries]
                                    and p.line = 1
                                order by p.entry_id limit s.entries + 1) there)) then
        return null;
    end if;
    select e.entry_id, e.effective_on, e.posting_count, e.ledger_id, l.ledger_id is null as no_ledger, l.closed_through,
            e.effective_on <= l.closed_through as is_closed
        into wrong
        from inserted e
        left join holdfast.ledger l on l.ledger_id = e.ledger_id
        left join lateral (
            select p.line from holdfast.posting p
            where p.ledger_id = e.ledger_id and p.entry_id >= e.entry_id and p.entry_id <= e.entry_id and p.line = 1
            order by p.entry_id limit 1) first on true
        where l.ledger_id is null or e.effective_on <= l.closed_through or first.line is null
        limit 1;
    if not found then
        return null;
    end if;
    if wrong.no_ledger then
        raise exception 'entry % refused: there is no ledger %', wrong.entry_id, wrong.ledger_id using errcode = 'HF007';
    elsif wrong.is_closed then
        raise exception 'entry % refused: effective on %, and the books are closed through %',
            wrong.entry_id, wrong.effective_on, wrong.closed_through using errcode = 'HF005';
    end if;
    raise exception 'entry % refused: it declares % postings and has none', wrong.entry_id, wrong.posting_count
        using errcode = 'HF003', hint = 'An entry and its postings are inserted in one statement.';
end
$body$;
create trigger journal_entry_checks after insert on holdfast.journal_entry
    referencing new table as inserted for each statement execute function holdfast.check_entries();
alter table holdfast.journal_entry enable always trigger journal_entry_checks;

--changeset holdfast:003-version
insert into holdfast.schema_version (version, name) values (3, '003-guards');
