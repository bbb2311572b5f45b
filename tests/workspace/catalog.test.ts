import { readFile, writeFile } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { Database } from '../../electron/engine/database/database.ts';
import { openWorkspace } from '../../electron/engine/workspace/workspace.ts';
import { sql } from '../../shared/sql.ts';
import { scratchFolder } from '../open-test-engine.ts';

const committed = new URL('../schema.sql', import.meta.url);

/** The catalog after all migrations as text that a reviewer can read as a diff. */
async function dumpSchema(database: Database): Promise<string> {
  const relations = await database.query<{ name: string; lines: string }>(sql`
    select format('%I.%I', n.nspname, c.relname) as name,
      case when c.relkind = 'v' then pg_get_viewdef(c.oid, true)
      else (
        select string_agg(line, e'\n' order by kind, line) from (
          select 1 as kind, lpad(a.attnum::text, 2, '0') || ' ' || quote_ident(a.attname) || ' '
            || format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end
            || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
            || case when a.attidentity <> '' then ' identity' else '' end as line
          from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
          where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          union all select 2, pg_get_constraintdef(o.oid) from pg_constraint o
          where o.conrelid = c.oid and o.contype <> 'n'
          union all select 3, pg_get_indexdef(i.indexrelid) from pg_index i where i.indrelid = c.oid
        ) parts
      ) end as lines
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('assay', 'collections', 'public') and c.relkind in ('r', 'v', 'm')
    order by 1`);
  return relations.map(({ name, lines }) => `${name}\n${lines}\n`).join('\n');
}

/** `UPDATE_SCHEMA=1 npx vitest run tests/workspace/catalog.test.ts` writes the file anew after a new migration. */
test('tests/schema.sql is the catalog after all migrations', async () => {
  const workspace = await openWorkspace({ dir: await scratchFolder(), create: true });
  onTestFinished(() => workspace.close());
  const now = await dumpSchema(workspace.database);
  if (process.env['UPDATE_SCHEMA']) await writeFile(committed, now);
  expect(now).toBe(await readFile(committed, 'utf8'));
});
