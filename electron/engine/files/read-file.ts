import { basename } from 'node:path';
import { type Problem, ProblemError, problem } from '../../../shared/problem.ts';
import { formatOf, formats } from './recognise.ts';
import type { Source } from './source/source.ts';
import { unpack } from './source/unpack.ts';
import type { Format, ReadRequest, ReadTable, Surroundings } from './table/define-format.ts';
import type { FileTable } from './table/file-table.ts';
import { unite } from './unite.ts';

/** What a person chose of how a file is read, and as what. */
export interface FileRequest extends ReadRequest {
  /** The kind of a format, where not the one found out. */
  readonly format?: string | undefined;
}

/** Reads any file, packed or not, or several as one, as a table of text. */
export async function readFile(
  source: Source,
  request: FileRequest,
  around: Surroundings,
): Promise<FileTable> {
  if (source.parts)
    return withEmpty(await unite(source.parts, request, around, readFile), source.empty ?? []);
  const bare = await unpack(source, request.upTo, around);
  try {
    const kind = await formatOf(bare.source, request.format);
    const { title, read } = formats.get(kind) as Format;
    if (bare.packings.length === 0) return named(kind, title, await read(source, request, around));
    return unpackedTable(named(kind, title, await read(bare.source, request, around)), bare.packings);
  } catch (thrown) {
    throw bare.source.path === source.path ? thrown : atSource(thrown, source);
  }
}

/** Files without a byte add no row, but are told. */
function withEmpty(table: FileTable, empty: readonly string[]): FileTable {
  if (empty.length === 0) return table;
  const names = empty.slice(0, 5).map((file) => basename(file));
  const more = empty.length > names.length ? ' …' : '';
  const evidence = `${table.format.evidence}; empty: ${names.join(', ')}${more}`;
  const { slowly } = table;
  return {
    ...table,
    format: { ...table.format, evidence },
    ...(slowly ? { slowly: async () => withEmpty(await slowly(), empty) } : {}),
  };
}

function named(kind: string, title: string, table: ReadTable): FileTable {
  const { slowly, ...rest } = table;
  return {
    ...rest,
    format: { kind, title, ...table.format },
    ...(slowly ? { slowly: async () => named(kind, title, await slowly()) } : {}),
  };
}

function unpackedTable(table: FileTable, packings: readonly string[]): FileTable {
  const evidence = `Unpacked from ${packings.join(' in ')}; ${table.format.evidence}`;
  const slowly = table.slowly;
  return {
    ...table,
    format: { ...table.format, evidence, packed: true },
    ...(slowly ? { slowly: async () => unpackedTable(await slowly(), packings) } : {}),
  };
}

/** A problem with a scratch file is one with the file it came from. */
function atSource(thrown: unknown, { given }: Source): unknown {
  if (!(thrown instanceof ProblemError)) return thrown;
  const { code, message, hint, at }: Problem = thrown.problem;
  return problem(code, message, { hint, at: { ...at, file: given }, cause: thrown });
}
