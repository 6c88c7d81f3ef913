--liquibase formatted sql

-- The canonical bytes of a journal entry, as io.holdfast.ledger.CanonicalEntry builds them.

-- They are said to be stable, as convert_to and to_char are: PostgreSQL then takes them into the query that calls them.

--changeset holdfast:002-fields splitStatements:false stripComments:false
create function holdfast.canonical_field(value bytea) returns bytea
    language sql stable parallel safe as
$body$
    select case when value is null then '\xffffffff'::bytea else int4send(octet_length(value)) || value end
$body$;

--changeset holdfast:002-text splitStatements:false stripComments:false
create function holdfast.canonical_text(value text) returns bytea
    language sql stable parallel safe as
$body$
    select case when value is null then '\xffffffff'::bytea
        else int4send(octet_length(convert_to(value, 'UTF8'))) || convert_to(value, 'UTF8') end
$body$;

--changeset holdfast:002-instant splitStatements:false stripComments:false
create function holdfast.canonical_instant(value timestamptz) returns bytea
    language sql stable parallel safe as
$body$
    select case when value is null then '\xffffffff'::bytea
        else int4send(8) || int8send((extract(epoch from value) * 1000000)::bigint) end
$body$;

--changeset holdfast:002-documents splitStatements:false stripComments:false
create function holdfast.canonical_documents(documents jsonb) returns bytea
    language sql stable parallel safe as
$body$
    select case
        when documents is null then int4send(0)
        when jsonb_typeof(documents) = 'array' and not exists (
            select from jsonb_array_elements(documents) d
            where jsonb_typeof(d.value) <> 'object'
                or d.value <> jsonb_build_object('reference', d.value ->> 'reference', 'sha256', d.value ->> 'sha256')
                or d.value ->> 'reference' is null or d.value ->> 'sha256' !~ '^([0-9a-f]{2})*$')
        then (
            select int4send(count(*)::integer) || string_agg(
                    holdfast.canonical_text(d.value ->> 'reference')
                    || holdfast.canonical_field(decode(d.value ->> 'sha256', 'hex')), ''::bytea order by d.position)
                from jsonb_array_elements(documents) with ordinality as d (value, position))
        end
$body$;
comment on function holdfast.canonical_documents(jsonb) is 'Null if these are not documents as an entry keeps them';

--changeset holdfast:002-metadata splitStatements:false stripComments:false
create function holdfast.canonical_metadata(metadata jsonb) returns bytea
    language sql stable parallel safe as
$body$
    select case
        when metadata is null then int4send(0)
        when jsonb_typeof(metadata) = 'object' then (
            select case when bool_and(jsonb_typeof(m.value) = 'string') then
                    int4send(count(*)::integer) || string_agg(
                        holdfast.canonical_text(m.key) || holdfast.canonical_text(m.value #>> '{}'), ''::bytea
                        order by m.key collate "C") end
                from jsonb_each(metadata) m)
        end
$body$;
comment on function holdfast.canonical_metadata(jsonb) is 'Null if these are not pairs of text as an entry keeps them';

--changeset holdfast:002-head splitStatements:false stripComments:false
create function holdfast.canonical_head(ledger_name text, entry holdfast.journal_entry) returns bytea
    language sql stable parallel safe as
$body$
    select holdfast.canonical_text('holdfast/entry/v1')
        || holdfast.canonical_text(ledger_name)
        || holdfast.canonical_text(entry.entry_id::text)
        || holdfast.canonical_text(entry.kind)
        || holdfast.canonical_text(to_char(entry.effective_on, 'YYYY-MM-DD'))
        || holdfast.canonical_instant(entry.recorded_at)
        || holdfast.canonical_text(entry.actor)
        || holdfast.canonical_text(entry.origin)
        || holdfast.canonical_text(entry.key)
        || holdfast.canonical_field(entry.fingerprint)
        || holdfast.canonical_text(entry.description)
        || holdfast.canonical_text(entry.hold_id::text)
        || holdfast.canonical_instant(entry.expires_at)
        || holdfast.canonical_text(entry.reverses::text)
        || case when entry.documents is null then int4send(0) else holdfast.canonical_documents(entry.documents) end
        || case when entry.metadata is null then int4send(0) else holdfast.canonical_metadata(entry.metadata) end
$body$;
comment on function holdfast.canonical_head(text, holdfast.journal_entry) is
    'The canonical bytes of an entry before its postings';

--changeset holdfast:002-account splitStatements:false stripComments:false
create function holdfast.canonical_account(account holdfast.account) returns bytea
    language sql stable parallel safe as
$body$
    select holdfast.canonical_text(account.path)
        || holdfast.canonical_text(account.currency)
        || holdfast.canonical_text(account.exponent::text)
$body$;
comment on function holdfast.canonical_account(holdfast.account) is 'How the canonical bytes of a posting begin';

--changeset holdfast:002-line splitStatements:false stripComments:false
create function holdfast.canonical_line(account bytea, posting holdfast.posting) returns bytea
    language sql stable parallel safe as
$body$
    select account
        || holdfast.canonical_text(case posting.part when 0 then 'available' else 'held' end)
        || holdfast.canonical_text(case posting.side when 1 then 'debit' else 'credit' end)
        || holdfast.canonical_text(posting.amount::text)
        || holdfast.canonical_text(posting.description)
$body$;
comment on function holdfast.canonical_line(bytea, holdfast.posting) is
    'The canonical bytes of a posting. Its amount is numeric(38,0), so its text is plain digits';

--changeset holdfast:002-entry splitStatements:false stripComments:false
create function holdfast.canonical_bytes(entry holdfast.journal_entry) returns bytea
    language sql stable parallel safe as
$body$
    select holdfast.canonical_head(l.name, entry) || p.bytes
    from holdfast.ledger l
    cross join lateral (
        select int4send(count(*)::integer) || coalesce(string_agg(
                holdfast.canonical_line(holdfast.canonical_account(a), p), ''::bytea order by p.line), ''::bytea) as bytes
            from holdfast.posting p
            left join holdfast.account a on a.ledger_id = p.ledger_id and a.account_id = p.account_id
            where p.ledger_id = entry.ledger_id and p.entry_id = entry.entry_id) p
    where l.ledger_id = entry.ledger_id
$body$;
comment on function holdfast.canonical_bytes(holdfast.journal_entry) is 'What an entry''s hash covers, version 1';

--changeset holdfast:002-clock splitStatements:false stripComments:false
create function holdfast.read_clock() returns timestamptz
    language sql volatile parallel safe as
$body$
    select clock_timestamp()
$body$;
comment on function holdfast.read_clock() is 'The time now, not that at which the transaction began';

--changeset holdfast:002-version
insert into holdfast.schema_version (version, name) values (2, '002-canonical');
