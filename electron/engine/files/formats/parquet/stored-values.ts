import { type FileHandle, open } from 'node:fs/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { decompress } from 'fzstd';
import type { AsyncBuffer, Compressors, FileMetaData, SchemaElement } from 'hyparquet';
import { unpackLz4Block } from '../columnar/lz4.ts';
import { leavesOf, type SchemaNode, schemaNodes } from './schema-node.ts';

const compressors: Compressors = {
  GZIP: (packed) => gunzipSync(packed),
  BROTLI: (packed) => brotliDecompressSync(packed),
  ZSTD: (packed) => decompress(packed),
  LZ4_RAW: (packed) => unpackLz4Block(packed),
};

/** A file that is read in parts; whoever opens it closes it. */
export async function openParts(path: string): Promise<AsyncBuffer & { readonly file: FileHandle }> {
  const file = await open(path, 'r');
  const { size } = await file.stat();
  const slice = async (start: number, end = size) => {
    const bytes = new Uint8Array(end - start);
    await file.read(bytes, 0, bytes.length, start);
    return bytes.buffer;
  };
  return { file, byteLength: size, slice };
}

/**
 * The first values of one column in one group of rows, as they are stored: bytes, numbers, and moments as numbers; groups
 * as objects whose members are called by their place, what is repeated as lists.
 */
export async function storedValues(
  file: AsyncBuffer,
  metadata: FileMetaData,
  { place, group, rows }: { readonly place: number; readonly group: number; readonly rows: number },
): Promise<ArrayLike<unknown>> {
  const { parquetScan } = await import('hyparquet');
  const scan = await parquetScan({
    file,
    metadata: bare(metadata, place, group),
    columns: [column],
    compressors,
    utf8: false,
    geoparquet: false,
    useOffsetIndex: false,
    parsers: { timestampFromNanoseconds: (nanoseconds) => nanoseconds as unknown as Date },
  });
  return scan.readColumn({ column, rowStart: 0, rowEnd: rows });
}

const column = 'c';

/** What a file says of itself, but of one column and one group only, and without what its values mean. */
function bare(metadata: FileMetaData, place: number, group: number): FileMetaData {
  const columns = schemaNodes(metadata.schema);
  const node = columns[place] as SchemaNode;
  const first = columns.slice(0, place).reduce((sum, before) => sum + leavesOf(before), 0);
  const paths = pathsOf(node, [column]);
  const rows = metadata.row_groups[group] as FileMetaData['row_groups'][number];
  const chunks = rows.columns.slice(first, first + paths.length);
  const renamed = chunks.map((chunk, at) => ({
    ...chunk,
    ...(chunk.meta_data ? { meta_data: { ...chunk.meta_data, path_in_schema: paths[at] as string[] } } : {}),
  }));
  return {
    ...metadata,
    key_value_metadata: [],
    schema: [{ name: 'root', num_children: 1 }, ...elementsOf(node, column)],
    row_groups: [{ ...rows, columns: renamed }],
  };
}

function elementsOf({ element, children }: SchemaNode, name: string): SchemaElement[] {
  const { converted_type: _converted, logical_type: _logical, ...own } = element;
  return [{ ...own, name }, ...children.flatMap((child, at) => elementsOf(child, String(at)))];
}

const pathsOf = ({ children }: SchemaNode, path: readonly string[]): string[][] =>
  children.length === 0
    ? [[...path]]
    : children.flatMap((child, at) => pathsOf(child, [...path, String(at)]));
