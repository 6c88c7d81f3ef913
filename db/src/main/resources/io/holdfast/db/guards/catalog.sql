-- Everything in schema holdfast that keeps wrong rows out or that verify relies on, a line each: what it is, a colon, and
-- how it is. Read from the catalog's own columns where there are any, because what pg_get_triggerdef and the like print differs
-- between versions of PostgreSQL; conditions, expressions and views have none, and those that there are here 14 to 18 print alike,
-- but for the alias n of a view's only relation, which 16 and later leave out. The build runs this once on a new database and
-- keeps the lines; verify runs it again and compares. It is no function in the database, where it could be replaced by one that
-- says that all is well.
with relations as (
    select c.oid, c.relname, c.relrowsecurity, c.relpersistence
        from pg_catalog.pg_class c
        where c.relnamespace = 'holdfast'::regnamespace and c.relkind in ('r', 'p') and c.relname not like 'databasechangelog%'),
rights (name) as (values ('INSERT'), ('UPDATE'), ('DELETE'), ('TRUNCATE'), ('TRIGGER')),
guarded_roles as (
    select o.oid, o.rolname from pg_catalog.pg_roles o where o.rolname in ('holdfast_app', 'holdfast_sealer', 'holdfast_reader')),
lines as (
    select 'table ' || r.relname || ': row security ' || r.relrowsecurity || ', persistence ' || r.relpersistence::text as line
        from relations r
    union all
    select 'column ' || r.relname || '.' || a.attname || ': ' || format_type(a.atttypid, a.atttypmod)
            || case when a.attnotnull then ' not null' else '' end
            || case when a.attidentity <> '' then ' identity ' || a.attidentity::text else '' end
            || coalesce(case when a.attgenerated <> '' then ' generated ' else ' default ' end || pg_get_expr(d.adbin, d.adrelid), '')
        from relations r join pg_catalog.pg_attribute a on a.attrelid = r.oid
        left join pg_catalog.pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum
        where a.attnum > 0 and not a.attisdropped
    union all
    select 'constraint ' || c.conname || ' on ' || r.relname || ': ' || c.contype::text || ' columns ' || coalesce(c.conkey::text, '')
            || case when c.confrelid <> 0 then ' to ' || c.confrelid::regclass::text || c.confkey::text else '' end
            || coalesce(' ' || pg_get_expr(c.conbin, c.conrelid), '')
            || case when c.condeferrable then ' deferrable' else '' end || case when c.condeferred then ' deferred' else '' end
            || case when c.convalidated and coalesce((to_jsonb(c) ->> 'conenforced')::boolean, true) and not exists (
                    select from pg_catalog.pg_trigger t where t.tgconstraint = c.oid and t.tgenabled = 'D')
                and not exists (select from pg_catalog.pg_index i where i.indexrelid = c.conindid and not i.indisvalid)
                then ' enforced' else ' not enforced' end
        from relations r join pg_catalog.pg_constraint c on c.conrelid = r.oid
        where c.contype <> 'n'
    union all
    select 'trigger ' || t.tgname || ' on ' || r.relname || ': type ' || t.tgtype || ', enabled ' || t.tgenabled::text || ', calls '
            || p.proname || '(' || encode(t.tgargs, 'escape') || ')' 
            || coalesce(' when ' || substring(pg_get_triggerdef(t.oid) from 'WHEN \((.*)\) EXECUTE'), '')
            || case when t.tgattr::text <> '' then ', of columns ' || t.tgattr::text else '' end
            || case when t.tgdeferrable then ', deferrable' else '' end || case when t.tginitdeferred then ', deferred' else '' end
        from relations r
        join pg_catalog.pg_trigger t on t.tgrelid = r.oid and not t.tgisinternal
        join pg_catalog.pg_proc p on p.oid = t.tgfoid
    union all
    select 'index ' || x.relname || ' on ' || r.relname || ': unique on columns ' || i.indkey::text
            || coalesce(' ' || pg_get_expr(i.indexprs, i.indrelid), '') || coalesce(' where ' || pg_get_expr(i.indpred, i.indrelid), '')
            || case when coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) then ' nulls not distinct' else '' end
            || case when i.indisvalid and i.indisready and i.indimmediate then '' else ' not enforced' end
        from relations r
        join pg_catalog.pg_index i on i.indrelid = r.oid and i.indisunique
        join pg_catalog.pg_class x on x.oid = i.indexrelid
        where not exists (select from pg_catalog.pg_constraint c where c.conindid = i.indexrelid and c.conrelid = r.oid)
    union all
    select 'view ' || v.relname || ': text '
            || encode(sha256(convert_to(regexp_replace(pg_get_viewdef(v.oid), '\mn\.|\s', '', 'g'), 'UTF8')), 'hex')
        from pg_catalog.pg_class v
        where v.relnamespace = 'holdfast'::regnamespace and v.relkind in ('v', 'm')
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
        from relations r cross join rights g cross join guarded_roles o
        where case when g.name in ('INSERT', 'UPDATE') then has_any_column_privilege(o.oid, r.oid, g.name)
            else has_table_privilege(o.oid, r.oid, g.name) end
    union all
    select 'right of ' || o.rolname || ' on schema holdfast: CREATE'
        from guarded_roles o where has_schema_privilege(o.oid, 'holdfast'::regnamespace, 'CREATE')
)
select regexp_replace(line, '\s+', ' ', 'g') as line from lines order by line collate "C"
