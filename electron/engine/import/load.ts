import type { FileColumn } from '../../../shared/contract/files.ts';
import type { ImportedColumn, ImportedTable } from '../../../shared/contract/import.ts';
import { problem } from '../../../shared/problem.ts';
import type { CallContext } from '../../../shared/wire.ts';
import type { Context } from '../context.ts';
import { pathInside } from '../files/source/expand.ts';
import type { Source } from '../files/source/source.ts';
import { checkAccount } from './check-account.ts';
import { emitImported } from './imported.ts';
import { importedFormat } from './imported-format.ts';
import type { LoadRequest } from './load-request.ts';
import { writeRecipe } from './recipe.ts';
import { type Staged, withStagedFile } from './stage-file.ts';
import { type ImportRecord, swapIn } from './swap-in.ts';
import { rememberRecipe } from './undo.ts';

/** Loads one file into one table: all of it, or nothing. */
export function loadFile(context: Context, asked: LoadRequest, call: CallContext): Promise<ImportedTable> {
  return withStagedFile(context, asked, call, async (staged) => {
    refuseOtherContent(asked, staged);
    return commit(staged);
  });
}

/** What was shown before is what is applied. */
function refuseOtherContent({ hash }: LoadRequest, { load, hash: found }: Staged): void {
  if (hash === undefined || hash === found) return;
  throw problem('bad_input', `${load.source.name} was changed since it was compared. Nothing was imported.`, {
    hint: 'Compare it again.',
    at: { file: load.source.path },
  });
}

function recordOf({ load, found, account, hash, rejectedFiles }: Staged): ImportRecord {
  const { context, asked, source, kept: recipe, began } = load;
  const { leftOut = [] } = found.table.format;
  const parts = [...(found.table.parts ?? [])].filter(([file]) => rejectedFiles.has(file));
  return {
    source: sourceName(source, context.workspace.dir),
    recipe,
    mode: asked.mode,
    key: load.asked.mode === 'merge' ? load.key : [],
    dialect: found.table.dialect,
    format: importedFormat(found.table.format),
    ...(leftOut.length > 0 ? { leftOut } : {}),
    ...(parts.length > 0 ? { parts: Object.fromEntries(parts) } : {}),
    columns: found.columns.map(importedColumn),
    account,
    bytes: source.bytes,
    modified: source.modified,
    hash,
    ms: Math.round(performance.now() - began),
  };
}

async function commit(staged: Staged): Promise<ImportedTable> {
  const { context, call, target, request } = staged.load;
  const { workspace, database } = context;
  const { table } = target;
  const record = recordOf(staged);
  const { source, recipe, dialect, format, columns, account, ms } = record;
  const { allText } = request.choices;
  const title = `Putting ${table} in its place`;
  const turn = { title, priority: 'background', signal: call.signal, hurried: true } as const;
  await database.transaction(turn, async (session) => {
    const { id, former } = await swapIn(session, staged.stage, target, record);
    await checkAccount(session, id, former);
    // Inside the transaction: where the recipe cannot be written, nothing is imported.
    const written = { table, source, allText, dialect, format, columns, key: staged.load.key };
    await rememberRecipe(session, table, await writeRecipe(workspace.path(recipe), written));
  });
  emitImported(context);
  const { open = [] } = staged.found.table.format;
  const { leftOut = [] } = record;
  const more = { ...(open.length > 0 ? { open } : {}), ...(leftOut.length > 0 ? { leftOut } : {}) };
  return { table, source, account, format, ...more, dialect, columns, recipe, ms, hash: record.hash };
}

const importedColumn = ({
  name,
  originalName,
  type,
  format,
  reason,
  nulls,
  onMisfit,
  disagreeing,
  readAsNull,
  nullMarkers,
  readings,
  offers,
  zerosLost,
}: FileColumn): ImportedColumn => ({
  name,
  originalName,
  type,
  ...(format ? { format } : {}),
  reason,
  ...(nulls ? { nulls } : {}),
  ...(readAsNull ? { readAsNull } : {}),
  ...(nullMarkers ? { nullMarkers } : {}),
  ...(readings ? { readings } : {}),
  ...(offers ? { offers } : {}),
  ...(zerosLost ? { zerosLost } : {}),
  ...(onMisfit && onMisfit !== 'reject' ? { onMisfit } : {}),
  ...(onMisfit === 'null' && disagreeing > 0 ? { nulled: disagreeing } : {}),
});

/** A list of files is kept as it was given. */
const sourceName = ({ given }: Source, dir: string): string =>
  given.startsWith('{') ? given : pathInside(given, dir);
