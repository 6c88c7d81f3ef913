-- Everything in schema holdfast that keeps wrong rows out or that verify relies on, a line each: what it is, a colon, and
-- how it is. Read from the catalog's own columns, because what pg_get_triggerdef and the like print differs between
-- versions of PostgreSQL. The build runs this once on a new database and keeps the lines; verify runs it again and
-- compares. It is no function in the database, where it could be replaced by one that says that all is well.
with relations as (
    select c.oid, c.relname, c.relrowsecurity, c.relpersistence
        from pg_catalog.pg_class c
        where c.relnamespace = 'holdfast'::regnamespace and c.relkind in ('r', 'p') and c.relname not like 'databasechangelog%'),
rights (name) as (values ('INSERT'), ('UPDATE'), ('DELETE'), ('TRUNCATE')),
lines as (
    select 'table ' || r.relname || ': row security ' || r.relrowsecurity || ', persistence ' || r.relpersistence::text as line
        from relations r
    union all
    select 'column ' || r.relname || '.' || a.attname || ': ' || format_type(a.atttypid, a.atttypmod)
            || case when a.attnotnull then ' not null' else '' end
        from relations r join pg_catalog.pg_attribute a on a.attrelid = r.oid
        where a.attnum > 0 and not a.attisdropped
    union all
    select 'constraint ' || c.conname || ' on ' || r.relname || ': ' || c.contype::text || ' columns ' || coalesce(c.conkey::text, '')
            || case when c.confrelid <> 0 then ' to ' || c.confrelid::regclass::text || c.confkey::text else '' end
            || case when c.convalidated and coalesce((to_jsonb(c) ->> 'conenforced')::boolean, true) and not exists (
                    select from pg_catalog.pg_trigger t where t.tgconstraint = c.oid and t.tgenabled = 'D')
                and not exists (select from pg_catalog.pg_index i where i.indexrelid = c.conindid and not i.indisvalid)
                then ' enforced' else ' not enforced' end
        from relations r join pg_catalog.pg_constraint c on c.conrelid = r.oid
        where c.contype <> 'n'
    union all
    select 'trigger ' || t.tgname || ' on ' || r.relname || ': type ' || t.tgtype || ', enabled ' || t.tgenabled::text || ', calls '
            || p.proname || '(' || encode(t.tgargs, 'escape') || ')' || case when t.tgqual is not null then ' on a condition' else '' end
        from relations r
        join pg_catalog.pg_trigger t on t.tgrelid = r.oid and not t.tgisinternal
        join pg_catalog.pg_proc p on p.oid = t.tgfoid
    union all
    select 'rule ' || w.rulename || ' on ' || r.relname || ': enabled ' || w.ev_enabled::text
        from relations r join pg_catalog.pg_rewrite w on w.ev_class = r.oid
    union all
    select 'policy ' || p.polname || ' on ' || r.relname || ': ' || p.polcmd::text
        from relations r join pg_catalog.pg_policy p on p.polrelid = r.oid
    union all
    select 'child ' || i.inhrelid::regclass::text || ' of ' || r.relname || ': inherits'
        from relations r join pg_catalog.pg_inherits i on i.inhparent = r.oid
    union all
    select 'function ' || p.oid::regprocedure::text || ': ' || l.lanname || ', volatile ' || p.provolatile::text
            || case when p.prosecdef then ', security definer' else '' end
            || coalesce(', ' || array_to_string(p.proconfig, ', '), '')
            || ', text ' || encode(sha256(convert_to(replace(p.prosrc, chr(13), ''), 'UTF8')), 'hex')
        from pg_catalog.pg_proc p join pg_catalog.pg_language l on l.oid = p.prolang
        where p.pronamespace = 'holdfast'::regnamespace
    union all
    select 'right of ' || o.rolname || ' on ' || r.relname || ': ' || g.name
        from relations r cross join rights g
        join pg_catalog.pg_roles o on o.rolname in ('holdfast_app', 'holdfast_sealer', 'holdfast_reader')
        where case when g.name in ('INSERT', 'UPDATE') then has_any_column_privilege(o.oid, r.oid, g.name)
            else has_table_privilege(o.oid, r.oid, g.name) end
)
select line from lines order by line collate "C"
