import { readFile } from 'node:fs/promises';
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { problem } from '../../../shared/problem.ts';
import { ident, sql } from '../../../shared/sql.ts';
import type { Context } from '../context.ts';
import type { Session } from '../database/database.ts';
import { knownTable } from '../database/known-table.ts';
import { contractFiles, writeContract } from '../workspace/contract-files.ts';
import { writeWhole } from '../workspace/write-whole.ts';
import { pipelineFiles } from './dependents.ts';
import { entriesOfTable, type Place, placesInPipeline, referencesInRules } from './named-in-files.ts';

/** Gives a table another name wherever it is named by itself; written SQL is followed by the room of pipelines. */
export async function renameTable(
  { database, workspace }: Context,
  table: string,
  to: string,
): Promise<void> {
  await database.transaction({ title: `Renaming ${table}` }, async (session) => {
    await knownTable(session, table);
    await refuseTaken(session, to);
    await session.run(sql`alter table ${ident('public', table)} rename to ${ident(to)}`);
    await renameRecords(session, table, to);
  });
  const pipelines = await pipelineFiles(workspace.path('pipelines'));
  await renameInFiles(pipelines, to, (content) => placesInPipeline(content, table));
  await renameInFiles(await contractFiles(workspace.path('checks')), to, (content) => [
    ...entriesOfTable(content, table),
    ...referencesInRules(content, table),
  ]);
  await renameInTests(workspace.path('pipeline-tests'), table, to);
  await renameInSettings(workspace.path('assay.yaml'), table, to);
}

/** Tests of pipelines give rows of tables by name. */
async function renameInTests(folder: string, table: string, to: string): Promise<void> {
  for (const path of await pipelineFiles(folder)) {
    const document = parseDocument(await readFile(path, 'utf8'));
    const tests = document.get('tests');
    const given = isSeq(tests) ? tests.items.map((test) => isMap(test) && test.get('given')) : [];
    const named = given
      .flatMap((tables) => (isMap(tables) ? tables.items : []))
      .filter(({ key }) => isScalar(key) && key.value === table);
    for (const { key } of named) if (isScalar(key)) key.value = to;
    if (named.length > 0) await writeWhole(path, document.toString({ lineWidth: 0 }));
  }
}

/** How a table goes to each target is kept under its name. */
async function renameInSettings(path: string, table: string, to: string): Promise<void> {
  const document = parseDocument(await readFile(path, 'utf8'));
  const targets = document.get('targets');
  const settings = isSeq(targets) ? targets.items.map((target) => isMap(target) && target.get('tables')) : [];
  const pairs = settings.flatMap((tables) => (isMap(tables) ? tables.items : []));
  const named = pairs.filter(({ key }) => isScalar(key) && key.value === table);
  for (const { key } of named) if (isScalar(key)) key.value = to;
  if (named.length > 0) await writeWhole(path, document.toString());
}

async function refuseTaken(session: Session, name: string): Promise<void> {
  const taken = await session.maybeOne(
    sql`select 1 from pg_class where relname = ${name} and relnamespace = 'public'::regnamespace`,
  );
  if (taken)
    throw problem('bad_input', `There is something called "${name}" already.`, {
      hint: 'Choose another name.',
    });
}

/** The catalog's part of a renaming. */
export async function renameRecords(session: Session, table: string, to: string): Promise<void> {
  await session.run(sql`update assay.tables set name = ${to} where name = ${table}`);
  await session.run(sql`insert into assay.table_renames (from_name, to_name) values (${table}, ${to})`);
  await session.run(sql`update assay.imports set table_name = ${to} where table_name = ${table}`);
  await session.run(sql`update assay.data_quality_checks set table_name = ${to} where table_name = ${table}`);
  await session.run(sql`update assay.private_columns set table_name = ${to} where table_name = ${table}`);
  await session.run(sql`update assay.private_columns set from_table = ${to} where from_table = ${table}`);
  await session.run(sql`update assay.collections set table_name = ${to} where table_name = ${table}`);
}

async function renameInFiles(
  paths: readonly string[],
  to: string,
  find: (content: unknown) => readonly Place[],
): Promise<void> {
  for (const path of paths) {
    const text = await readFile(path, 'utf8');
    const document = parseDocument(text);
    const places = document.errors.length > 0 ? [] : find(document.toJS());
    for (const place of places) document.setIn(place, to);
    if (places.length > 0) await writeContract(path, document, text);
  }
}
