--liquibase formatted sql

-- The canonical bytes of a journal entry, as io.holdfast.ledger.CanonicalEntry builds them.

--changeset holdfast:002-fields splitStatements:false stripComments:false
create function holdfast.canonical_field(value bytea) returns bytea
    language sql immutable parallel safe as
$body$
    select case when value is null then '\xffffffff'::bytea else int4send(octet_length(value)) || value end
$body$;

--changeset holdfast:002-text splitStatements:false stripComments:false
create function holdfast.canonical_text(value text) returns bytea
    language sql immutable parallel safe as
$body$
    select case when value is null then '\xffffffff'::bytea
        else int4send(octet_length(convert_to(value, 'UTF8'))) || convert_to(value, 'UTF8') end
$body$;

--changeset holdfast:002-instant splitStatements:false stripComments:false
create function holdfast.canonical_instant(value timestamptz) returns bytea
    language sql immutable parallel safe as
$body$
    select case when value is null then '\xffffffff'::bytea
        else int4send(8) || int8send((extract(epoch from value) * 1000000)::bigint) end
$body$;

--changeset holdfast:002-entry splitStatements:false stripComments:false
create function holdfast.canonical_bytes(entry holdfast.journal_entry) returns bytea
    language sql stable parallel safe as
$body$
    select holdfast.canonical_text('holdfast/entry/v1')
        || holdfast.canonical_text((select l.name from holdfast.ledger l where l.ledger_id = entry.ledger_id))
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
        || int4send(coalesce(jsonb_array_length(entry.documents), 0))
        || coalesce((
            select string_agg(
                holdfast.canonical_text(d.value ->> 'reference')
                || holdfast.canonical_field(decode(d.value ->> 'sha256', 'hex')), ''::bytea order by d.position)
            from jsonb_array_elements(entry.documents) with ordinality as d (value, position)), ''::bytea)
        || int4send((select count(*)::integer from jsonb_object_keys(coalesce(entry.metadata, '{}'::jsonb))))
        || coalesce((
            select string_agg(holdfast.canonical_text(m.key) || holdfast.canonical_text(m.value), ''::bytea
                order by m.key collate "C")
            from jsonb_each_text(entry.metadata) m), ''::bytea)
        || p.bytes
    from (
        select int4send(count(*)::integer) || coalesce(string_agg(
            holdfast.canonical_text(a.path)
            || holdfast.canonical_text(a.currency)
            || holdfast.canonical_text(a.exponent::text)
            || holdfast.canonical_text(case p.part when 0 then 'available' else 'held' end)
            || holdfast.canonical_text(case p.side when 1 then 'debit' else 'credit' end)
            || holdfast.canonical_text(p.amount::text)
            || holdfast.canonical_text(p.description), ''::bytea order by p.line), ''::bytea) as bytes
        from holdfast.posting p
        left join holdfast.account a on a.ledger_id = p.ledger_id and a.account_id = p.account_id
        where p.ledger_id = entry.ledger_id and p.entry_id = entry.entry_id) p
$body$;
comment on function holdfast.canonical_bytes(holdfast.journal_entry) is
    'What an entry''s hash covers, version 1. posting.amount is numeric(38,0), so its text is plain digits';

--changeset holdfast:002-clock splitStatements:false stripComments:false
create function holdfast.read_clock() returns timestamptz
    language sql volatile parallel safe as
$body$
    select clock_timestamp()
$body$;
comment on function holdfast.read_clock() is 'The time now, not that at which the transaction began';

--changeset holdfast:002-version
insert into holdfast.schema_version (version, name) values (2, '002-canonical');
