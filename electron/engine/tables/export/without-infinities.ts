import { type Data, DataType, makeData, RecordBatch, type Struct, Table } from 'apache-arrow';

/** A table without infinite dates and times, and in how many cells of which columns there were any. */
export interface Finite {
  readonly table: Table;
  readonly infinite: ReadonlyMap<string, number>;
}

const ends = (data: Data): readonly (number | bigint)[] =>
  DataType.isTimestamp(data.type) ? [2n ** 63n - 1n, -(2n ** 63n)] : [0x7fffffff, -0x80000000];

/** Arrow has no infinite dates and times: PostgreSQL's would be read as the first or last that its numbers can say. */
export function withoutInfinities(table: Table): Finite {
  const infinite = new Map<string, number>();
  const batches = table.batches.map(({ data }) => {
    const children = table.schema.fields.map((field, at) => {
      const column = data.children[at] as Data;
      if (!DataType.isTimestamp(field.type) && !DataType.isDate(field.type)) return column;
      const found = finite(column);
      const name = field.metadata.get('name') ?? field.name;
      if (found.cells > 0) infinite.set(name, (infinite.get(name) ?? 0) + found.cells);
      return found.data;
    });
    const { type, length } = data;
    return new RecordBatch(table.schema, makeData<Struct>({ type, length, nullCount: 0, children }));
  });
  return infinite.size === 0 ? { table, infinite } : { table: new Table(table.schema, batches), infinite };
}

function finite(data: Data): { data: Data; cells: number } {
  const [last, first] = ends(data);
  const values = data.values as ArrayLike<number | bigint>;
  const valid = new Uint8Array((data.length + 7) >> 3);
  let [nullCount, cells] = [0, 0];
  for (let row = 0; row < data.length; row++) {
    const there = data.getValid(row);
    const isInfinite = there && (values[row] === last || values[row] === first);
    if (isInfinite) cells++;
    if (there && !isInfinite) valid[row >> 3] = (valid[row >> 3] as number) | (1 << (row & 7));
    else nullCount++;
  }
  if (cells === 0) return { data, cells };
  const { type, length } = data;
  return {
    data: makeData({ type, length, nullCount, nullBitmap: valid, data: data.values } as never),
    cells,
  };
}

/** What is said of them where `format` has none. */
export const saysInfinite = (infinite: ReadonlyMap<string, number>, format: string): readonly string[] =>
  [...infinite].map(
    ([name, cells]) =>
      `${cells === 1 ? 'One infinite date or time' : `${cells} infinite dates or times`} of "${name}" ${cells === 1 ? 'is' : 'are'} null in the file: ${format} has none.`,
  );
