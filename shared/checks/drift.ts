import { boundsOf, upperParams } from '../check-bounds.ts';
import { isNumeric, typeFamily } from '../column.ts';
import { defineCheck } from '../define-check.ts';
import { distances, type Shares, steepest, type Valued } from '../distances.ts';
import { choice, column, table } from '../params.ts';
import { problem } from '../problem.ts';
import { ident, type Sql, sql } from '../sql.ts';

const asNumber = (name: string, type: string): Sql =>
  isNumeric(type) ? sql`${ident(name)}::float8` : sql`extract(epoch from ${ident(name)})::float8`;

/**
 * The bin of a value: the tenth of the reference that it falls into, or beyond its least or its greatest value. A value
 * that two edges share is a bin of its own, or it would swallow all below it.
 */
function binOf({ from, value: reference }: Valued): (value: Sql) => Sql {
  const edges = sql`(select (percentile_disc(array[0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9,1]) within group (order by ${reference})) from ${from})`;
  const least = sql`(select min(${reference}) from ${from})`;
  return (value) => sql`case when ${value} < ${least} then 'below' else
    (select case when count(*) filter (where _edge = ${value}) > 1 then 'at ' else '' end || count(*) filter (where _edge < ${value})
    from unnest(${edges}) as _edge) end`;
}

const nothing = 'One of the two tables has nothing to compare.';

export default defineCheck({
  title: 'Distribution has not drifted',
  class: 'range',
  icon: 'chart-spline',
  help: 'The values are spread as in a reference table. Numbers and dates are put into the ten bins that hold a tenth of the reference each, or beyond its ends, other values stand for themselves; missing values are a bin of their own, and for Kolmogorov–Smirnov the difference of their shares counts where it is larger. Usual limits: 0.1 and 0.25 for PSI, 0.1 for the other distances.',
  params: {
    column: column('Column', 'Its values are compared.'),
    table: table('Reference', 'The table it is compared with, such as a former load.'),
    reference: column('Column there', 'Its counterpart.', { input: 1 }),
    method: choice('Distance', 'How far apart the two are.', {
      psi: 'population stability index',
      js: 'Jensen–Shannon, 0 to 1',
      ks: 'Kolmogorov–Smirnov, 0 to 1 (numbers and dates)',
      chi2: 'chi-square, per degree of freedom',
    }),
    ...upperParams('the distance'),
  },
  says: ({ column, table, method, max, warnMax }) =>
    `\`${column}\` is spread as in ${table} (${method} at most ${max ?? warnMax ?? 0})`,
  marks: ({ column }) => [column],
  unit: () => '',
  counts: () => true,
  metric: ({ columns, from }, { column, table, reference, method, ...limits }) => {
    const bounds = { ...boundsOf(limits), nothing };
    const type = columns.find(({ name }) => name === column)?.type ?? 'text';
    const ordered = isNumeric(type) || ['date', 'timestamp', 'timestamptz'].includes(typeFamily(type));
    const there = ident(table);
    if (method === 'ks') {
      if (!ordered)
        throw problem('bad_input', `\`${column}\` is ${type}: it has no order for this distance.`);
      const [here, ref] = [asNumber(column, type), asNumber(reference, type)];
      return { sql: steepest({ from, value: here }, { from: there, value: ref }), ...bounds };
    }
    const distance = distances[method] as (shares: Shares) => Sql;
    if (!ordered) {
      const [here, ref] = [sql`${ident(column)}::text`, sql`${ident(reference)}::text`];
      return {
        sql: distance({ here: { from, value: here }, there: { from: there, value: ref } }),
        ...bounds,
      };
    }
    const bin = binOf({ from: there, value: asNumber(reference, type) });
    const filled = (name: string) =>
      sql`case when ${ident(name)} is not null then ${bin(asNumber(name, type))} end`;
    return {
      sql: distance({
        here: { from, value: filled(column) },
        there: { from: there, value: filled(reference) },
      }),
      ...bounds,
    };
  },
  examples: [
    {
      says: 'the same shares are at distance 0, whatever the number of rows',
      params: { column: 'c', table: 'before', reference: 'c', method: 'psi', max: 0.1, warnMax: null },
      table: { rows: [{ c: 'a' }, { c: 'b' }] },
      others: { before: { rows: [{ c: 'a' }, { c: 'b' }, { c: 'a' }, { c: 'b' }] } },
      value: 0,
      verdict: 'pass',
    },
    {
      says: 'values that the reference has not are far away',
      params: { column: 'c', table: 'before', reference: 'c', method: 'js', max: 0.1, warnMax: null },
      table: { rows: [{ c: 'x' }, { c: 'x' }] },
      others: { before: { rows: [{ c: 'a' }, { c: null }] } },
      value: 1,
      verdict: 'fail',
    },
    {
      says: 'numbers shifted by half of their range',
      params: { column: 'n', table: 'before', reference: 'n', method: 'ks', max: 0.4, warnMax: null },
      table: { types: { n: 'integer' }, rows: [{ n: 3 }, { n: 4 }, { n: 5 }, { n: 6 }] },
      others: { before: { types: { n: 'integer' }, rows: [{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }] } },
      value: 0.5,
      verdict: 'fail',
    },
    {
      says: 'values below all of the reference are in no bin of it',
      params: { column: 'n', table: 'before', reference: 'n', method: 'js', max: 0.1, warnMax: null },
      table: { types: { n: 'integer' }, rows: [{ n: 0 }, { n: 0 }] },
      others: { before: { types: { n: 'integer' }, rows: [{ n: 100 }, { n: 100 }] } },
      value: 1,
      verdict: 'fail',
    },
    {
      says: 'values above all of the reference are in no bin of it',
      params: { column: 'n', table: 'before', reference: 'n', method: 'js', max: 0.1, warnMax: null },
      table: { types: { n: 'integer' }, rows: [{ n: 4 }, { n: 5 }] },
      others: { before: { types: { n: 'integer' }, rows: [{ n: 1 }, { n: 2 }, { n: 3 }] } },
      value: 1,
      verdict: 'fail',
    },
    {
      says: 'a value that most of the reference has is a bin without those below',
      params: { column: 'n', table: 'before', reference: 'n', method: 'psi', max: 0.25, warnMax: null },
      table: { types: { n: 'integer' }, rows: [{ n: 5 }] },
      others: {
        before: {
          types: { n: 'integer' },
          rows: [{ n: 1 }, ...Array.from({ length: 19 }, () => ({ n: 10 }))],
        },
      },
      value: 11.546124,
      verdict: 'fail',
    },
    {
      says: 'missing values count where the others are spread as before',
      params: { column: 'n', table: 'before', reference: 'n', method: 'ks', max: 0.1, warnMax: null },
      table: { types: { n: 'integer' }, rows: [{ n: 1 }, { n: null }, { n: null }, { n: null }] },
      others: { before: { types: { n: 'integer' }, rows: [{ n: 1 }] } },
      value: 0.75,
      verdict: 'fail',
    },
    {
      says: 'one value just outside a small reference is no drift by itself',
      params: { column: 'n', table: 'before', reference: 'n', method: 'chi2', max: 1, warnMax: null },
      table: { types: { n: 'integer' }, rows: [{ n: 0 }, { n: 2 }, { n: 3 }] },
      others: { before: { types: { n: 'integer' }, rows: [{ n: 1 }, { n: 2 }, { n: 3 }] } },
      value: 0.361111,
      verdict: 'pass',
    },
    {
      says: 'numbers in the same bins',
      params: { column: 'n', table: 'before', reference: 'n', method: 'chi2', max: 1, warnMax: null },
      table: { types: { n: 'numeric' }, rows: [{ n: '1' }, { n: '2' }] },
      others: { before: { types: { n: 'numeric' }, rows: [{ n: '1' }, { n: '2' }, { n: '1' }, { n: '2' }] } },
      value: 0,
      verdict: 'pass',
    },
  ],
});
