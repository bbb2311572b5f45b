import { commonTypes } from '../../../shared/column.ts';
import type { FileColumn } from '../../../shared/contract/files.ts';
import { Select } from '../../ui/select.tsx';
import type { FilePlan } from './plan.ts';

const short: Readonly<Record<string, string>> = {
  'timestamp without time zone': 'timestamp',
  'timestamp with time zone': 'timestamptz',
};

const without = (formats: Readonly<Record<string, string>> = {}, name: string) =>
  Object.fromEntries(Object.entries(formats).filter(([other]) => other !== name));

/** The type of a column, as found out or as chosen. */
export function TypeSelect(props: {
  readonly column: FileColumn;
  readonly plan: FilePlan;
  readonly change: (part: Partial<FilePlan>) => void;
}) {
  const { column, plan, change } = props;
  const values = [
    ...new Set<string>([column.type, ...(column.offers ?? []).map(({ type }) => type), ...commonTypes]),
  ];
  return (
    <Select
      label={`Type of ${column.name}`}
      hideLabel
      value={column.type}
      disabled={plan.allText}
      options={values.map((value) => ({ value, label: short[value] ?? value }))}
      onChange={(type) =>
        change({ types: { ...plan.types, [column.name]: type }, formats: without(plan.formats, column.name) })
      }
    />
  );
}
