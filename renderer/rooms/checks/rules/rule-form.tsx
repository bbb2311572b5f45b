import type { Column } from '../../../../shared/column.ts';
import { checks } from '../../../../shared/registry.ts';
import { ParamForm } from '../../../forms/param-form.tsx';
import { Combobox } from '../../../ui/combobox.tsx';
import { NamedIcon } from '../../../ui/named-icon.tsx';
import { NumberField } from '../../../ui/number-field.tsx';
import { Select } from '../../../ui/select.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { idOf, kindOptions, type RuleDraft, withKind } from './rule-draft.ts';
import styles from './rule-form.module.css';

const kinds = kindOptions.map(({ icon, ...kind }) => ({ ...kind, icon: <NamedIcon name={icon} /> }));

interface RuleFormProps {
  readonly table: string;
  readonly draft: RuleDraft;
  readonly onChange: (draft: RuleDraft) => void;
  readonly taken: readonly string[];
  readonly columnsOf: (table: unknown) => readonly Column[];
  readonly idFault: string | undefined;
}

/** Kind, parameters, limits and name of a rule. */
export function RuleForm(props: RuleFormProps) {
  const { table, draft, onChange, columnsOf } = props;
  const definition = checks.get(draft.kind);
  const shape = definition?.params ?? {};
  const other = Object.entries(shape).find(([, { is }]) => is === 'table')?.[0];
  const inputs = [columnsOf(table), other === undefined ? [] : columnsOf(draft.params[other])];
  return (
    <div className={styles['form']}>
      <Combobox
        label="Kind"
        help={definition?.help ?? 'This version does not know this kind.'}
        value={draft.kind}
        options={kinds}
        onChange={(kind) => onChange(withKind(draft, kind, columnsOf(table)))}
      />
      <ParamForm
        key={draft.kind}
        shape={shape}
        values={draft.params}
        inputs={inputs}
        onChange={(params) => onChange({ ...draft, params })}
      />
      <TextField
        label="Only for rows where"
        help="An SQL condition. Empty: all rows."
        mono
        placeholder="status = 'paid'"
        value={draft.where}
        onChange={(where) => onChange({ ...draft, where })}
      />
      {!definition?.metric && !definition?.differences && <Limits draft={draft} onChange={onChange} />}
      <Naming {...props} />
    </div>
  );
}

const limitUnits = [
  { value: 'percent', label: '% of rows' },
  { value: 'rows', label: 'rows' },
] as const;

function Limits({ draft, onChange }: Pick<RuleFormProps, 'draft' | 'onChange'>) {
  const { warnAbove, failAbove, limitsIn } = draft;
  const most = limitsIn === 'rows' ? {} : { max: 100 };
  return (
    <div className={styles['three']}>
      <NumberField
        label="Warn above"
        help="Empty: never warns."
        min={0}
        {...most}
        value={warnAbove}
        onChange={(next) => onChange({ ...draft, warnAbove: next })}
      />
      <NumberField
        label="Fail above"
        help={limitsIn === 'rows' ? '0: one bad row fails.' : '0: one bad row fails. 100: never fails.'}
        min={0}
        {...most}
        value={failAbove}
        onChange={(next) => onChange({ ...draft, failAbove: next })}
      />
      <Select
        label="Limits in"
        value={limitsIn}
        options={limitUnits}
        onChange={(next) => onChange({ ...draft, limitsIn: next })}
      />
    </div>
  );
}

function Naming({ draft, onChange, taken, idFault }: RuleFormProps) {
  return (
    <div className={styles['naming']}>
      <TextField
        label="Id"
        help="What findings and files call it."
        mono
        error={idFault}
        value={draft.id ?? idOf(draft, taken)}
        onChange={(id) => onChange({ ...draft, id })}
      />
      <TextField
        label="Why"
        help="For people: what it is good for. May be empty."
        value={draft.description}
        onChange={(description) => onChange({ ...draft, description })}
      />
      <NumberField
        label="Time limit"
        help="Seconds. Empty: 120."
        min={1}
        value={draft.timeLimit}
        onChange={(timeLimit) => onChange({ ...draft, timeLimit })}
      />
      <TextField
        label="Owner"
        help="Who is asked about it. May be empty."
        value={draft.owner}
        onChange={(owner) => onChange({ ...draft, owner })}
      />
      <TextField
        label="Notes"
        help="Known cases and decisions. May be empty."
        value={draft.notes}
        onChange={(notes) => onChange({ ...draft, notes })}
      />
    </div>
  );
}
