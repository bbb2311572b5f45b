import { typeFamily } from '../../../../shared/column.ts';
import { problem } from '../../../../shared/problem.ts';
import { ident, join, type Sql, sql } from '../../../../shared/sql.ts';
import { isNumberList, mayHoldVectors } from '../../../../shared/vector-lists.ts';
import type { Session } from '../../database/database.ts';
import { columnsNamed, knownTable } from '../../database/known-table.ts';
import type { EmbedRequest } from './collection-source.ts';
import { documentsOf } from './collection-table.ts';
import type { CollectionRecord } from './collections.ts';
import { metadataColumnsOf } from './source-texts.ts';

/** Vectors of a table's column, with text and metadata beside them. */
export interface VectorSource {
  readonly table: string;
  readonly vectorColumn: string;
  /** Of that column: lists of numbers may hold what is no vector. */
  readonly vectorType: string;
  readonly textColumns: readonly string[];
  readonly metadataColumns: readonly string[];
}

/** The source as it is asked for, once its column holds vectors. */
export async function readVectorSource(
  session: Session,
  request: EmbedRequest & { readonly vectors: string },
  there?: Pick<CollectionRecord, 'metadataColumns'>,
): Promise<VectorSource> {
  const table = await knownTable(session, request.table);
  const [column] = columnsNamed(table, [request.vectors]);
  if (!column || !mayHoldVectors(column.type)) {
    throw problem(
      'bad_input',
      `Column "${request.vectors}" is of type ${column?.type}: it holds no vectors.`,
      {
        hint: 'Choose a column of vectors, or of lists of numbers.',
        at: { table: table.name, column: request.vectors },
      },
    );
  }
  const texts = columnsNamed(table, request.columns).map(({ name }) => name);
  return {
    table: table.name,
    vectorColumn: request.vectors,
    vectorType: column.type,
    textColumns: texts,
    metadataColumns: metadataColumnsOf(table, {
      named: request.metadata,
      texts: [...texts, request.vectors],
      there,
    }),
  };
}

/** The highest number of a vector, a little below what its four bytes hold. */
const highest = '3.4028234e38';
const mostDimensions = 16_000;

/** A list as JSON writes it, of numbers alone. */
const numberList = String.raw`^\s*\[\s*NUMBER(\s*,\s*NUMBER)*\s*\]\s*$`.replaceAll(
  'NUMBER',
  String.raw`[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?`,
);

/** The list that a cell of text or JSON is; null where it is none. */
const listInText = (cell: Sql) =>
  sql`(case when ${cell}::text ~ ${numberList} then string_to_array(btrim(${cell}::text, ${'[] \t\r\n'}), ',')::numeric[] end)`;

/** A vector; null for a list that is none: empty, of lists, or with something that is no finite number. */
function vectorOf(source: VectorSource): Sql {
  const { vectorColumn, vectorType } = source;
  const cell = sql`t.${ident(vectorColumn)}`;
  if (typeFamily(vectorType) === 'vector') return sql`${cell}::vector`;
  const list = isNumberList(vectorType) ? cell : listInText(cell);
  const finite = /^(real|double)/.test(vectorType)
    ? sql` and not ${highest}::float8 < any(${list}::float8[]) and not ${`-${highest}`}::float8 > any(${list}::float8[])`
    : sql` and not ${highest}::numeric < any(${list}::numeric[]) and not ${`-${highest}`}::numeric > any(${list}::numeric[])`;
  return sql`case when array_ndims(${list}) = 1 and cardinality(${list}) <= ${mostDimensions} and array_position(${list}, null) is null${finite}
    then ${vectorOfList(source)} end`;
}

/** Numbers too small for four bytes become 0, as where such vectors are read elsewhere; a cast to real would refuse them. */
function vectorOfList({ vectorColumn, vectorType }: VectorSource): Sql {
  const cell = sql`t.${ident(vectorColumn)}`;
  if (!isNumberList(vectorType)) return sql`${cell}::text::vector`;
  if (/^(real|double|integer)/.test(vectorType)) return sql`${cell}::vector`;
  return sql`translate(${cell}::text, '{}', '[]')::vector`;
}

/** What a column of vectors holds. */
export interface Survey {
  readonly dimensions: number;
  readonly missing: number;
  /** Lists that are no vectors. */
  readonly broken: number;
  readonly zeros: number;
}

/** All vectors must have the same length; a missing one and one of zeros only cannot be compared. */
export async function surveyVectors(
  session: Session,
  source: VectorSource,
  there: Pick<CollectionRecord, 'table' | 'vectorColumn' | 'dimensions'> | undefined,
): Promise<Survey> {
  const rows = await session.query<{
    dimensions: number | null;
    n: number;
    given: number;
    zeros: number;
  }>(sql`
    select vector_dims(v) as dimensions, count(*)::int as n, count(given)::int as given, count(*) filter (where vector_norm(v) = 0)::int as zeros
    from (select ${vectorOf(source)} as v, t.${ident(source.vectorColumn)} as given from ${ident('public', source.table)} as t) as vectors
    group by 1 order by 2 desc`);
  const without = rows.find(({ dimensions }) => dimensions === null);
  const broken = without?.given ?? 0;
  const missing = (without?.n ?? 0) - broken;
  const [first, second] = rows.filter(({ dimensions }) => dimensions !== null);
  const at = { table: source.table, column: source.vectorColumn };
  if (!first?.dimensions) {
    // The vectors of this collection are gone: it becomes empty.
    if (there?.table === source.table && there.vectorColumn === source.vectorColumn)
      return { dimensions: there.dimensions, missing, broken, zeros: 0 };
    throw problem('bad_input', `Column "${source.vectorColumn}" has no vectors.`, {
      hint: 'Choose another column.',
      at,
    });
  }
  if (second) {
    throw problem(
      'bad_input',
      `Vectors of "${source.vectorColumn}" differ in length: ${first.n} have ${first.dimensions} dimensions, ${second.n} have ${second.dimensions}.`,
      { hint: 'Only vectors of one model can be compared: filter the others out first.', at },
    );
  }
  return { dimensions: first.dimensions, missing, broken, zeros: first.zeros };
}

/** A SELECT of `source_row, content, metadata, embedding, source_hash` of every row with a vector that has a direction. */
export function vectorsOf(source: VectorSource): Sql {
  const { table, textColumns, metadataColumns } = source;
  const column = (name: string) => sql`t.${ident(name)}`;
  const content =
    textColumns.length > 0
      ? sql`concat_ws(chr(10), ${join(textColumns.map((name) => sql`nullif(${column(name)}::text, '')`))})`
      : sql`''`;
  const metadata =
    metadataColumns.length > 0
      ? sql`(select to_jsonb(m.*) from (select ${join(metadataColumns.map(column))}) as m)`
      : sql`'{}'::jsonb`;
  return sql`
    select *, encode(sha256(vector_send(embedding) || convert_to(content, 'UTF8')), 'hex') as source_hash from (
      select t._row as source_row, ${content} as content, ${metadata} as metadata, ${vectorOf(source)} as embedding
      from ${ident('public', table)} as t
    ) as vectors where vector_norm(embedding) > 0`;
}

/** Those of `vectorsOf` that a collection lacks or has otherwise. */
export const pendingVectors = (source: VectorSource, collection: string): Sql => sql`
  select s.* from (${vectorsOf(source)}) as s
  left join ${documentsOf(collection)} as d on d.source_row = s.source_row and d.source_hash = s.source_hash
  where d.id is null`;
