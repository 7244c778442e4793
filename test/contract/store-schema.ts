// SPDX-License-Identifier: Apache-2.0
// The schema as PostgreSQL's catalogs describe it, as one text: the same on every version of PostgreSQL that Daylight runs on.

type Ask = <Row extends object>(sql: string, values?: readonly unknown[]) => Promise<readonly Row[]>;

const schemas = `('daylight', 'daylight_jobs')`;

/** Role names without the installation's prefix. */
const role = (name: string) => `regexp_replace(${name}, '^daylight_', '')`;

/** All of the schema but graphile-worker's own tables, which are that project's business. */
export async function schemaText(ask: Ask): Promise<string> {
  const parts = [await roles(ask), await schemaGrants(ask), await tables(ask), await functions(ask)];
  return `-- Generated from the catalogs; a test compares. UPDATE_GOLDEN=1 writes it anew.\n\n${parts.flat().join('\n\n')}\n`;
}

async function lines(ask: Ask, sql: string, values: readonly unknown[] = []): Promise<readonly string[]> {
  return (await ask<{ line: string }>(sql, values)).map((row) => row.line);
}

function roles(ask: Ask): Promise<readonly string[]> {
  return lines(
    ask,
    `select format('create role %s %s;', ${role('rolname')}, concat_ws(' ',
       case when rolcanlogin then 'login' else 'nologin' end, case when rolsuper then 'superuser' else 'nosuperuser' end,
       case when rolbypassrls then 'bypassrls' else 'nobypassrls' end, case when rolcreatedb then 'createdb' else 'nocreatedb' end,
       case when rolcreaterole then 'createrole' else 'nocreaterole' end)) as line
     from pg_roles where rolname in ('daylight_owner', 'daylight_app', 'daylight_jobs', 'daylight_publisher') order by line`,
  );
}

function schemaGrants(ask: Ask): Promise<readonly string[]> {
  return lines(
    ask,
    `select concat_ws(E'\\n', format('create schema %I authorization %s;', nspname, ${role('nspowner::regrole::text')}),
       (select string_agg(format('grant %s on schema %I to %s;', lower(privilege_type), nspname, ${role('grantee::regrole::text')}), E'\\n' order by grantee::regrole::text, privilege_type)
        from aclexplode(nspacl) where grantee <> nspowner)) as line
     from pg_namespace where nspname in ${schemas} order by nspname`,
  );
}

async function tables(ask: Ask): Promise<readonly string[]> {
  const names = await lines(
    ask,
    `select oid::regclass::text as line from pg_class where relkind in ('r', 'p') and relnamespace::regnamespace::text in ${schemas} order by 1`,
  );
  return Promise.all(names.map((name) => table(ask, name)));
}

async function table(ask: Ask, name: string): Promise<string> {
  const columns = await lines(
    ask,
    `select concat_ws(' ', '  ' || quote_ident(attname), format_type(atttypid, atttypmod), case when attnotnull then 'not null' end,
       case attidentity when 'a' then 'generated always as identity' end, 'default ' || pg_get_expr(adbin, adrelid)) as line
     from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
     where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
    [name],
  );
  // PostgreSQL 18 lists NOT NULL as constraints, older ones do not; the columns say it already.
  const constraints = await lines(
    ask,
    `select format('  constraint %s %s', conname, pg_get_constraintdef(oid)) as line from pg_constraint
     where conrelid = $1::regclass and contype <> 'n' order by contype = 'p' desc, conname`,
    [name],
  );
  const rest = [
    ...(await indexes(ask, name)),
    ...(await security(ask, name)),
    ...(await policies(ask, name)),
    ...(await grants(ask, name)),
  ];
  return [`create table ${name} (`, [...columns, ...constraints].join(',\n'), ');', ...rest].join('\n');
}

function indexes(ask: Ask, name: string): Promise<readonly string[]> {
  return lines(
    ask,
    `select pg_get_indexdef(indexrelid) || ';' as line from pg_index
     where indrelid = $1::regclass and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u')) order by 1`,
    [name],
  );
}

function security(ask: Ask, name: string): Promise<readonly string[]> {
  return lines(
    ask,
    `select format('alter table %s %s row level security;', $1::text, what) as line from pg_class,
       lateral (values (relrowsecurity, 'enable'), (relforcerowsecurity, 'force')) as said (so, what) where oid = $1::regclass and so`,
    [name],
  );
}

function policies(ask: Ask, name: string): Promise<readonly string[]> {
  return lines(
    ask,
    `select concat_ws(E'\\n', format('create policy %I on %s for %s to %s', polname, $1::text,
       case polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
       (select string_agg(${role('grantee::regrole::text')}, ', ' order by grantee::regrole::text) from unnest(polroles) as grantee)),
       '  using ' || pg_get_expr(polqual, polrelid), '  with check ' || pg_get_expr(polwithcheck, polrelid)) || ';' as line
     from pg_policy where polrelid = $1::regclass order by polname`,
    [name],
  );
}

/** Of the table and of single columns; the owner's own rights are not listed. */
function grants(ask: Ask, name: string): Promise<readonly string[]> {
  return lines(
    ask,
    `select format('grant %s on %s to %s;', what, $1::text, grantee) as line from (
       select ${role('grantee::regrole::text')} as grantee, string_agg(lower(privilege_type), ', ' order by privilege_type) as what
       from pg_class, aclexplode(relacl) where oid = $1::regclass and grantee <> relowner group by grantee
       union all
       select ${role('grantee::regrole::text')}, format('%s (%s)', lower(privilege_type), string_agg(quote_ident(attname), ', ' order by attnum))
       from pg_attribute, aclexplode(attacl) where attrelid = $1::regclass group by grantee, privilege_type
     ) as given order by grantee, what`,
    [name],
  );
}

function functions(ask: Ask): Promise<readonly string[]> {
  return lines(
    ask,
    `select concat_ws(E'\\n', format('create function %s returns %s', p.oid::regprocedure, pg_get_function_result(p.oid)),
       format('  language %s %s%s owned by %s%s', lanname, case provolatile when 's' then 'stable' when 'i' then 'immutable' else 'volatile' end,
         case when prosecdef then ' security definer' else '' end, ${role('proowner::regrole::text')}, coalesce(' set ' || array_to_string(proconfig, ' '), '')),
       'as $$' || prosrc || '$$;',
       (select format('grant execute on function %s to %s;', p.oid::regprocedure, string_agg(${role('grantee::regrole::text')}, ', ' order by grantee::regrole::text))
        from aclexplode(proacl) where grantee <> proowner)) as line
     from pg_proc p join pg_language l on l.oid = prolang where pronamespace::regnamespace::text in ${schemas} order by p.oid::regprocedure::text`,
  );
}
