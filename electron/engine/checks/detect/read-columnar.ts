import { rowColumn } from '../../../../shared/column.ts';
import { ident, join, literals, sql } from '../../../../shared/sql.ts';
import { copyHeaderBytes } from '../../database/copy-header.ts';
import type { Session } from '../../database/database.ts';
import type { CheckedTable } from '../checked-table.ts';
import { type ColumnarTable, ColumnBuilder } from './columnar.ts';

/** More rows than this are sampled. */
const mostRows = 200_000;
/** Longer texts are cut: what is wrong in prose cannot be told by counting. */
const longest = 400;

/** A table's rows, or an even sample of them where they are very many, read by COPY. */
export async function readColumnar(
  session: Session,
  { name, columns }: CheckedTable,
  rows: number,
): Promise<ColumnarTable> {
  const looked = columns.filter((column) => column.name !== rowColumn && isLookedAt(column.type));
  const texts = looked.map((column) => sql`left(${ident(column.name)}::text, ${longest})`);
  const each = Math.ceil(rows / mostRows);
  const sample = each > 1 ? sql` where abs(hashint8(_row) % ${each}) = 0` : sql``;
  const bytes = await session.copyOut(
    literals(
      sql`copy (select ${join([sql`_row::text`, ...texts])} from ${ident('public', name)}${sample} order by _row) to stdout (format binary)`,
    ),
  );
  const builders = [
    ...looked.map((column) => new ColumnBuilder(column.name, column.type, Math.min(rows, mostRows))),
  ];
  const addresses = cellsInto(bytes, builders);
  return { rows: Float64Array.from(addresses), columns: builders.map((builder) => builder.done()) };
}

const isLookedAt = (type: string) => !/^(bytea|vector|halfvec|sparsevec|json|tsvector)|\[\]$/.test(type);

/**
 * Reads tuples whose first field is the row's address and the others text.
 * Format: PostgreSQL documentation, "COPY", binary format.
 */
function cellsInto(bytes: Uint8Array, builders: readonly ColumnBuilder[]): number[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const addresses: number[] = [];
  let at = copyHeaderBytes;
  const field = (): string | null => {
    const length = buffer.readInt32BE(at);
    at += 4;
    if (length < 0) return null;
    const text = buffer.toString('utf8', at, at + length);
    at += length;
    return text;
  };
  while (at + 2 <= buffer.length && buffer.readInt16BE(at) >= 0) {
    at += 2;
    addresses.push(Number(field()));
    for (const builder of builders) builder.add(field());
  }
  return addresses;
}
