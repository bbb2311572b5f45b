import type { ColumnChanges, ImportPlan } from '../../../shared/contract/import.ts';
import { toProblem } from '../../../shared/problem.ts';
import { ident, sql } from '../../../shared/sql.ts';
import type { CallContext } from '../../../shared/wire.ts';
import type { Context } from '../context.ts';
import { type Comparison, compareRows } from './compare-rows.ts';
import type { LoadRequest } from './load-request.ts';
import { refuseAmbiguousKeys, refuseBadKey } from './merge-rows.ts';
import { type Staged, withStagedFile } from './stage-file.ts';

/** What an import would change, without changing anything. */
export function planImport(context: Context, asked: LoadRequest, call: CallContext): Promise<ImportPlan> {
  const mode = asked.mode === 'create' ? 'replace' : asked.mode;
  return withStagedFile(
    context,
    { ...asked, mode },
    call,
    async (staged) => {
      const { target, source } = staged.load;
      const columns = columnChanges(staged);
      const compared = target.exists ? await rowsOrRefusal(staged, columns) : {};
      const { rows } = compared;
      const { table } = target;
      const changes =
        columns.added.length +
        columns.removed.length +
        columns.retyped.length +
        (rows ? rows.new + rows.changed + rows.removed : target.exists ? 0 : staged.account.loaded);
      return {
        table,
        exists: target.exists,
        source: source.path,
        hash: staged.hash,
        sameContent: (await lastHash(context, table)) === staged.hash,
        account: staged.account,
        columns,
        ...compared,
        changes,
      };
    },
    true,
  );
}

/** Columns that the file has more, fewer, or of another type than the table. */
function columnChanges({ load, found }: Staged): ColumnChanges {
  const former = load.target.columns;
  const others = found.columns;
  if (!load.target.exists) return { added: others.map(({ name }) => name), removed: [], retyped: [] };
  const of = (name: string) => former.find((column) => column.name === name);
  return {
    added: others.filter(({ name }) => !of(name)).map(({ name }) => name),
    removed: former
      .filter(({ name }) => !others.some((column) => column.name === name))
      .map(({ name }) => name),
    retyped: others.flatMap(({ name, type }) => {
      const from = of(name)?.type;
      return from === undefined || from === type ? [] : [{ name, from, to: type }];
    }),
  };
}

/** A key that does not tell rows apart does not hide how the columns differ. */
async function rowsOrRefusal(
  staged: Staged,
  columns: ColumnChanges,
): Promise<Pick<ImportPlan, 'rows' | 'keyRefused'>> {
  const { key, target } = staged.load;
  refuseBadKey(key, [...staged.found.columns, ...target.columns], 'the file');
  try {
    return { rows: await rowChanges(staged, columns) };
  } catch (thrown) {
    const { code, message } = toProblem(thrown);
    if (key.length === 0 || !['bad_input', 'not_found'].includes(code)) throw thrown;
    return { keyRefused: message };
  }
}

async function rowChanges({ load, found, stage }: Staged, { added }: ColumnChanges) {
  const { target, key, call } = load;
  const table = ident('public', target.table);
  const columns = found.columns
    .filter(({ name }) => !added.includes(name))
    .map(({ name, type }) => ({
      name,
      from: target.columns.find((column) => column.name === name)?.type ?? type,
      to: type,
    }));
  const comparison: Comparison = { table, stage: stage.table, columns, key };
  refuseBadKey(key, found.columns, 'the file');
  refuseBadKey(key, target.columns, 'the table');
  return stage.turn(async (session) => {
    if (key.length > 0) {
      await refuseAmbiguousKeys(session, stage.table, key);
      await refuseAmbiguousKeys(session, table, key, 'the table');
    }
    return compareRows(session, comparison);
  }, call.signal);
}

async function lastHash({ database }: Context, table: string): Promise<string | undefined> {
  const found = await database.maybeOne<{ hash: string }>(
    sql`select i.source_hash as hash from assay.imports i join assay.tables t on t.import_id = i.id where t.name = ${table}`,
  );
  return found?.hash;
}
