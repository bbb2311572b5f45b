import type { SchemaElement } from 'hyparquet';
import { toProblem } from '../../../../../shared/problem.ts';
import { sql } from '../../../../../shared/sql.ts';
import type { Duck } from '../../duck/duck.ts';
import { holds, isDecimal, isMap, type SchemaNode, schemaNodes } from './schema-node.ts';

/** What DuckDB would lose of a column of a Parquet file. */
export interface Lossy {
  /** The decimals of more digits than DuckDB has, as the file has them: it reads them as floating point, and some as quite other numbers. */
  readonly wide?: string;
  /** What is lost where the column cannot be read otherwise, in words. */
  readonly loses?: string;
  /** What is lost in any case, in words. */
  readonly cut?: string;
}

const widest = 38;

/** The columns of a Parquet file, by place, of which DuckDB reads not all. */
export async function lossyColumns(duck: Duck, path: string): Promise<ReadonlyMap<number, Lossy>> {
  const found = await duck.rows(
    sql`select name, coalesce(num_children, 0)::integer, repetition_type, converted_type, logical_type,
      coalesce("precision", 0)::integer, coalesce(scale, 0)::integer from parquet_schema(${path})`,
  );
  const far = await hasFarMoments(duck, path);
  const nodes = schemaNodes(found.map(elementOf));
  return new Map(
    nodes.flatMap((node, place) => {
      const lossy = lossOf(node, far);
      return lossy ? [[place, lossy] as const] : [];
    }),
  );
}

/** DuckDB spells what a part means for its kind and its settings; only some of the kinds matter here. */
function elementOf([name, children, repetition, converted, logical, precision, scale]: readonly unknown[]) {
  const said = String(logical ?? '');
  const kind = /^(Decimal|Map|List)Type/.exec(said)?.[1]?.toUpperCase() ?? converted ?? undefined;
  return {
    name: String(name),
    num_children: Number(children),
    repetition_type: repetition as SchemaElement['repetition_type'],
    converted_type: (said.includes('NANOS=Nano')
      ? nanoseconds(said)
      : kind) as SchemaElement['converted_type'],
    precision: Number(precision),
    scale: Number(scale),
  } as SchemaElement;
}

const zoned = 'ZONED_NANOS';
const nanoseconds = (said: string) =>
  said.startsWith('TimestampType') && said.includes('isAdjustedToUTC=1') ? zoned : 'NANOS';

function lossOf(node: SchemaNode, far: boolean): Lossy | undefined {
  const decimals = decimalsIn(node);
  const wide = decimals.find(({ precision = 0 }) => precision > widest);
  if (wide) return { wide: `DECIMAL(${wide.precision},${wide.scale})` };
  if (holds(node, isMap))
    return { loses: 'of a key that stands more than once in a map, the last value is kept' };
  // DuckDB leaves out the zero before the point of those in JSON.
  const pointed = decimals.some(({ precision, scale }) => precision === scale);
  if (node.children.length > 0 && pointed)
    return { loses: 'decimals without a digit before the point are no JSON' };
  const type = (part: SchemaNode) => String(part.element.converted_type);
  if (far && holds(node, (part) => type(part) === 'TIMESTAMP_MILLIS'))
    return { loses: 'moments beyond the year 294247 cannot be read' };
  if (holds(node, (part) => type(part) === zoned))
    return {
      cut: 'the file has nanoseconds; PostgreSQL keeps microseconds, so their last three digits are cut',
    };
  return undefined;
}

const decimalsIn = (node: SchemaNode): readonly SchemaElement[] => [
  ...(isDecimal(node) ? [node.element] : []),
  ...node.children.flatMap(decimalsIn),
];

/** True where the file says of its milliseconds that DuckDB cannot read them: it refuses even to say what they are. */
async function hasFarMoments(duck: Duck, path: string): Promise<boolean> {
  try {
    await duck.rows(sql`select count(stats_max) from parquet_metadata(${path})`);
    return false;
  } catch (thrown) {
    if (toProblem(thrown).message.includes('Could not convert Timestamp')) return true;
    throw thrown;
  }
}
