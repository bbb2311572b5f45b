import { sql } from '../../../../../shared/sql.ts';
import type { Duck } from '../../duck/duck.ts';

interface Node {
  readonly children: number;
  readonly precision: number;
  readonly scale: number;
}

const widest = 38;

/**
 * The columns of a Parquet file, by place, that are or hold decimals of more digits than DuckDB has, which reads them as
 * floating point; with the type as the file has it.
 */
export async function wideDecimals(duck: Duck, path: string): Promise<ReadonlyMap<number, string>> {
  const found = await duck.rows(
    sql`select coalesce(num_children, 0)::integer, coalesce("precision", 0)::integer, coalesce(scale, 0)::integer
      from parquet_schema(${path})`,
  );
  const nodes = found.map(
    ([children, precision, scale]): Node => ({
      children: Number(children),
      precision: Number(precision),
      scale: Number(scale),
    }),
  );
  const wide = new Map<number, string>();
  const [root, ...below] = nodes;
  let next = 0;
  for (let place = 0; place < (root?.children ?? 0); place++) {
    const end = endOf(below, next);
    const decimal = below.slice(next, end).find(({ precision }) => precision > widest);
    if (decimal) wide.set(place, `DECIMAL(${decimal.precision},${decimal.scale})`);
    next = end;
  }
  return wide;
}

/** Where the part of a schema ends that begins at a place: each is followed by its children. */
function endOf(nodes: readonly Node[], start: number): number {
  let end = start + 1;
  for (let left = nodes[start]?.children ?? 0; left > 0; left--) end = endOf(nodes, end);
  return end;
}
