import type {
  ColumnDecision,
  MadeWay,
  PartitionSpan,
  PromotionMode,
  Target,
  TargetTable,
} from '../../../shared/contract/workspace.ts';
import { choice, column, columns } from '../../../shared/params.ts';
import type { Params } from '../../forms/param-form.tsx';

/** How a table goes to a target, as a form. */
export const tableShape = {
  mode: choice(
    'Its rows and those on the target',
    'What was there comes back by Roll back, whichever it is.',
    {
      replace: 'Replace the table as a whole',
      append: 'Append what is not there yet',
      merge: 'Merge by key; rows that are only there stay',
      scd2: 'Keep every version (valid_from, valid_to, is_current)',
    },
  ),
  made: choice(
    'Where it is made',
    'For a table that a pipeline makes: the same pipeline can make it there, from the tables that it reads.',
    {
      here: 'Here; its rows are sent',
      there: 'There, by its pipeline; none of its rows are sent',
      view: 'There, as a view: always what its tables say',
      'materialized view': 'There, as a materialized view, to be refreshed',
    },
  ),
  key: columns(
    'Key',
    'Tells one row from another where rows are merged. Empty: the primary key on the target.',
    {
      optional: true,
    },
  ),
  by: column(
    'In partitions by',
    'A column of days or times, for large tables of events. Empty: in one piece.',
    {
      optional: true,
      input: 1,
    },
  ),
  every: choice('Each partition holds', 'Those that are wanted are made, and one for the rest.', {
    month: 'A month',
    year: 'A year',
    week: 'A week',
    day: 'A day',
  }),
  mask: columns('Masked', 'Each value goes as a hash: equal values stay equal, nobody reads them.', {
    optional: true,
  }),
  drop: columns('Left out', 'These columns do not go.', { optional: true }),
  keep: columns(
    'Private, sent as they are',
    'Marked private in the table’s checks, and wanted there all the same.',
    {
      optional: true,
    },
  ),
};

const decisions: readonly ColumnDecision[] = ['mask', 'drop', 'keep'];

/** What assay.yaml says, as values of the form. */
export function valuesOf({
  mode = 'replace',
  made = 'here',
  key = [],
  private: decided = {},
  partition,
}: TargetTable): Params {
  const columnsOf = (decision: ColumnDecision) =>
    Object.keys(decided).filter((name) => decided[name] === decision);
  const { by = '', every = 'month' } = partition ?? {};
  return { mode, made, key, by, every, ...Object.fromEntries(decisions.map((one) => [one, columnsOf(one)])) };
}

/** The form's values as assay.yaml says them; nothing that goes without saying. */
export function settingsOf(values: Params, before: TargetTable): TargetTable {
  const { mode: _mode, made: _made, key: _key, private: _private, partition, ...others } = before;
  const mode = values['mode'] as PromotionMode;
  const key = values['key'] as readonly string[];
  const decided = Object.fromEntries(
    decisions.flatMap((one) => (values[one] as readonly string[]).map((name) => [name, one])),
  );
  return {
    ...others,
    ...(mode === 'replace' ? {} : { mode }),
    ...(values['made'] === 'here' ? {} : { made: values['made'] as MadeWay }),
    ...(key.length > 0 ? { key: [...key] } : {}),
    ...(Object.keys(decided).length > 0 ? { private: decided } : {}),
    ...(values['by']
      ? { partition: { ...partition, by: String(values['by']), every: values['every'] as PartitionSpan } }
      : {}),
  };
}

/** The target with other words about one table; a table of which it says nothing is not named. */
export function withTable(target: Target, table: string, settings: TargetTable): Target {
  const { [table]: _before, ...others } = target.tables ?? {};
  const tables = Object.keys(settings).length > 0 ? { ...others, [table]: settings } : others;
  const { tables: _tables, ...rest } = target;
  return Object.keys(tables).length > 0 ? { ...rest, tables } : rest;
}
