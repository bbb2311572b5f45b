import type { Column } from '../../../shared/column.ts';
import { checks } from '../../../shared/registry.ts';
import { ParamForm } from '../../forms/param-form.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { idOf, kindOptions, type RuleDraft, withKind } from './rule-draft.ts';
import styles from './rule-form.module.css';

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
      <Select
        label="Kind"
        help={definition?.help ?? 'This version does not know this kind.'}
        value={draft.kind}
        options={kindOptions}
        onChange={(kind) => onChange(withKind(draft, kind, columnsOf(table)))}
      />
      <ParamForm
        key={draft.kind}
        shape={shape}
        values={draft.params}
        inputs={inputs}
        onChange={(params) => onChange({ ...draft, params })}
      />
      <Limits draft={draft} onChange={onChange} />
      <Naming {...props} />
    </div>
  );
}

function Limits({ draft, onChange }: Pick<RuleFormProps, 'draft' | 'onChange'>) {
  const { warnAbove, failAbove } = draft;
  return (
    <div className={styles['pair']}>
      <NumberField
        label="Warn above, % of rows"
        help="Empty: never warns."
        min={0}
        max={100}
        value={warnAbove}
        onChange={(next) => onChange({ ...draft, warnAbove: next })}
      />
      <NumberField
        label="Fail above, % of rows"
        help="0: one bad row fails. 100: never fails."
        min={0}
        max={100}
        value={failAbove}
        onChange={(next) => onChange({ ...draft, failAbove: next })}
      />
    </div>
  );
}

function Naming({ draft, onChange, taken, idFault }: RuleFormProps) {
  return (
    <div className={styles['pair']}>
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
    </div>
  );
}
