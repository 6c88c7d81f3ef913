--liquibase formatted sql

-- Roles are cluster-wide and may be forbidden on a managed server: each is created where missing and allowed, and
-- everything but the separation of rights works without them.

--changeset holdfast:004-roles splitStatements:false stripComments:false
do $body$
declare
    wanted text;
begin
    foreach wanted in array array['holdfast_owner', 'holdfast_app', 'holdfast_sealer', 'holdfast_reader'] loop
        if not exists (select from pg_catalog.pg_roles where rolname = wanted) then
            begin
                execute format('create role %I nologin', wanted);
            exception when duplicate_object or unique_violation or insufficient_privilege then
                raise notice 'role % was not created: %', wanted, sqlerrm;
            end;
        end if;
    end loop;
end
$body$;

--changeset holdfast:004-grants splitStatements:false stripComments:false
do $body$
declare
    facts constant text := 'holdfast.journal_entry, holdfast.posting, holdfast.account, holdfast.account_change,
        holdfast.currency, holdfast.period_close';
begin
    if exists (select from pg_catalog.pg_roles where rolname = 'holdfast_app') then
        execute 'grant usage on schema holdfast to holdfast_app';
        execute 'grant select on all tables in schema holdfast to holdfast_app';
        execute 'grant insert on ' || facts || ', holdfast.ledger, holdfast.balance, holdfast.hold to holdfast_app';
        execute 'grant update on holdfast.balance, holdfast.hold to holdfast_app';
    end if;
    if exists (select from pg_catalog.pg_roles where rolname = 'holdfast_sealer') then
        execute 'grant usage on schema holdfast to holdfast_sealer';
        execute 'grant select on all tables in schema holdfast to holdfast_sealer';
    end if;
    -- holdfast_reader reads the accountants' views in holdfast_books and nothing else, so it is granted nothing here.
end
$body$;

--changeset holdfast:004-version
insert into holdfast.schema_version (version, name) values (4, '004-roles');
