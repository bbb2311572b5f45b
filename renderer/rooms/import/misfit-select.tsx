import { named } from '../../../shared/by-name.ts';
import type { FileColumn, OnMisfit } from '../../../shared/contract/files.ts';
import { counted } from '../../../shared/number-words.ts';
import { Select } from '../../ui/select.tsx';
import type { FilePlan } from './plan.ts';

const choices = [
  { value: 'reject', label: 'reject rows' },
  { value: 'null', label: 'make null' },
  { value: 'widen', label: 'keep as text' },
] as const;

/** What becomes of a column's cells that do not fit; nothing where all do. */
export function MisfitSelect(props: {
  readonly column: FileColumn;
  readonly plan: FilePlan;
  readonly change: (part: Partial<FilePlan>) => void;
}) {
  const { column, plan, change } = props;
  const chosen = named(plan.onMisfit, column.name);
  if (plan.allText || (column.disagreeing === 0 && chosen === undefined)) return null;
  const choose = (what: OnMisfit) => change({ onMisfit: { ...plan.onMisfit, [column.name]: what } });
  return (
    <Select
      label={`${counted(column.disagreeing, 'cell')} of ${column.name} that ${column.disagreeing === 1 ? 'does' : 'do'} not fit`}
      hideLabel
      value={chosen ?? 'reject'}
      options={choices}
      onChange={choose}
    />
  );
}
