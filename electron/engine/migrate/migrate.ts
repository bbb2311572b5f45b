import { problem } from '../../../shared/problem.ts';
import { sql } from '../../../shared/sql.ts';
import type { Database } from '../database/database.ts';

const files = import.meta.glob<string>('../../../migrations/*.sql', {
  eager: true,
  query: '?raw',
  import: 'default',
});

/** Every migration this build knows, oldest first. */
export const migrations: readonly { readonly name: string; readonly text: string }[] = Object.entries(files)
  .map(([path, text]) => ({ name: path.replace(/^.*\//, ''), text }))
  .sort((a, b) => (a.name < b.name ? -1 : 1));

/** Brings the catalog up to this build; refuses one that a newer build has changed. Running it again does nothing. */
export async function migrate(database: Database): Promise<void> {
  const done = await applied(database);
  refuseNewer(done);
  for (const { name, text } of migrations.filter((migration) => !done.includes(migration.name))) {
    await database.transaction({ title: `Migrating: ${name}` }, async (session) => {
      await session.script(text);
      await session.run(sql`insert into assay.migrations (name) values (${name})`);
    });
  }
}

async function applied(database: Database): Promise<string[]> {
  await database.script(
    `create schema if not exists assay;
     create table if not exists assay.migrations (
       name text primary key,
       applied_at timestamptz not null default now()
     )`,
  );
  const rows = await database.query<{ name: string }>(sql`select name from assay.migrations order by name`);
  return rows.map(({ name }) => name);
}

function refuseNewer(done: readonly string[]) {
  const unknown = done.filter((name) => !migrations.some((migration) => migration.name === name));
  if (unknown.length === 0) return;
  throw problem(
    'newer_version',
    `This workspace was last opened by a newer Assay (it knows ${unknown.join(', ')}).`,
    {
      hint: 'Update Assay to open it. Nothing was changed.',
    },
  );
}
