import type { Column } from '../../../../shared/column.ts';

/** A table, a view or a materialised view. */
export interface KnownRelation {
  readonly schema: string;
  readonly name: string;
  readonly kind: 'table' | 'view';
  readonly columns: readonly Column[];
}

/** One way to call a function. */
export interface KnownFunction {
  readonly name: string;
  /** As PostgreSQL writes them: `"char" text, VARIADIC args "any"`. */
  readonly args: string;
  readonly result: string;
  readonly kind: 'function' | 'aggregate' | 'window' | 'set';
}

/** Columns of one table that refer to another's. */
export interface KnownReference {
  readonly from: string;
  readonly columns: readonly string[];
  readonly to: string;
  readonly toColumns: readonly string[];
}

/** What completion, hover and errors know of the database. */
export interface KnownCatalog {
  readonly relations: readonly KnownRelation[];
  readonly functions: ReadonlyMap<string, readonly KnownFunction[]>;
  readonly references: readonly KnownReference[];
  readonly types: readonly string[];
  readonly keywords: readonly string[];
  /** Words that cannot be a name without quotes. */
  readonly reserved: ReadonlySet<string>;
}

/** The schemas whose relations need no qualification. */
const searchPath = ['public', 'pg_catalog'];

/** The relation that a name means. */
export function relationNamed(
  catalog: KnownCatalog,
  schema: string | undefined,
  name: string,
): KnownRelation | undefined {
  const named = catalog.relations.filter((relation) => relation.name === name);
  const path = schema === undefined ? searchPath : [schema];
  return path
    .map((place) => named.find((relation) => relation.schema === place))
    .find((found) => found !== undefined);
}

/** A name as it must stand in SQL. */
export const written = ({ reserved }: KnownCatalog, name: string): string =>
  /^[a-z_][a-z0-9_$]*$/.test(name) && !reserved.has(name) ? name : `"${name.replaceAll('"', '""')}"`;
