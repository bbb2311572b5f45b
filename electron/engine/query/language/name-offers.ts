import type { Offer } from '../../../../shared/contract/query-language.ts';
import { type KnownCatalog, type KnownFunction, written } from './known-catalog.ts';
import type { Place } from './place.ts';
import type { Relation } from './relations.ts';

/** The columns of one relation. */
export const columnsOf = (relation: Relation, catalog: KnownCatalog): readonly Offer[] =>
  relation.columns.map(({ name, type }) => ({
    label: name,
    insert: written(catalog, name),
    kind: 'column',
    detail: [type, relation.alias].filter(Boolean).join(' · '),
  }));

/** Columns of all that a query reads, qualified where two relations have one of that name, and the relations themselves. */
export function columnsOffered({ scope }: Place): readonly Offer[] {
  const { catalog } = scope;
  const offers: Offer[] = [];
  const taken = new Set<string>();
  for (let at: typeof scope | undefined = scope; at; at = at.outer) {
    const columns = at.relations.flatMap((relation) =>
      relation.columns.map((column) => ({ relation, ...column })),
    );
    for (const { relation, name, type } of columns) {
      const shared = columns.filter((column) => column.name === name).length > 1 || taken.has(name);
      const own = written(catalog, name);
      const label = shared ? `${relation.alias}.${name}` : name;
      const insert = shared ? `${written(catalog, relation.alias)}.${own}` : own;
      offers.push({
        label,
        insert,
        kind: 'column',
        detail: [type, relation.alias].filter(Boolean).join(' · '),
      });
    }
    for (const { name } of columns) taken.add(name);
    for (const { alias, what, columns: own } of at.relations)
      if (alias && own.length > 0)
        offers.push({ label: alias, insert: written(catalog, alias), kind: 'relation', detail: what });
  }
  return rowLast(offers);
}

/** The address of rows is there, but nobody looks for it first. */
const rowLast = (offers: readonly Offer[]): readonly Offer[] => {
  const isRow = ({ label }: Offer) => label === '_row' || label.endsWith('._row');
  return [...offers.filter((offer) => !isRow(offer)), ...offers.filter(isRow)];
};

/** Names of WITH, tables and views, schemas, and functions that give rows. */
export function relationsOffered({ scope }: Place): readonly Offer[] {
  const { catalog, named } = scope;
  const own = catalog.relations.filter(({ schema }) => schema === 'public');
  const schemas = [...new Set(catalog.relations.map(({ schema }) => schema))].filter(
    (name) => name !== 'public',
  );
  return [
    ...[...named].map(
      ([name, columns]): Offer => ({
        label: name,
        insert: written(catalog, name),
        kind: 'with',
        detail: `with · ${columns.length} columns`,
      }),
    ),
    ...own.map(
      ({ name, kind, columns }): Offer => ({
        label: name,
        insert: written(catalog, name),
        kind,
        detail: `${kind} · ${columns.length} columns`,
      }),
    ),
    ...['generate_series', 'unnest', 'jsonb_array_elements', 'jsonb_to_recordset', 'regexp_split_to_table']
      .flatMap((name) => catalog.functions.get(name)?.slice(0, 1) ?? [])
      .map(functionOffer),
    ...schemas.map(
      (name): Offer => ({ label: name, insert: written(catalog, name), kind: 'schema', detail: 'schema' }),
    ),
  ];
}

const functionOffer = ({ name, args, result }: KnownFunction): Offer => ({
  label: name,
  kind: 'function',
  detail: `(${args}) → ${result}`,
});

const usual =
  'count, sum, avg, min, max, coalesce, round, date_trunc, string_agg, array_agg, lower, upper, trim, substring, replace, concat, length, nullif, row_number, rank, lag, lead, percentile_cont, to_char, now, greatest, least'.split(
    ', ',
  );

/** Functions: without a letter the usual ones, with one all of them. */
export function functionsOffered({ scope }: Place, begun: boolean): readonly Offer[] {
  const { functions } = scope.catalog;
  const first = usual.map((name): Offer => {
    const [call] = functions.get(name) ?? [];
    return call ? functionOffer(call) : { label: name, kind: 'function', detail: constructs[name] ?? '' };
  });
  if (!begun) return first;
  const rest = [...functions]
    .filter(([name]) => !usual.includes(name))
    .toSorted(([a], [b]) => a.localeCompare(b))
    .flatMap(([, calls]) => calls.slice(0, 1).map(functionOffer));
  return [...first, ...rest];
}

/** What is called like a function and is a part of the grammar. */
const constructs: Readonly<Record<string, string>> = {
  coalesce: '(value, …) → the first that is not null',
  nullif: '(value, other) → null where both are equal',
  greatest: '(value, …)',
  least: '(value, …)',
  trim: '(both from text)',
};
