import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import { cx } from './cx.ts';
import field from './labelled.module.css';
import { Label, type Labelled } from './labelled.tsx';
import popup from './popup.module.css';
import styles from './select.module.css';

/** One of the values offered. */
export interface Option<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
  /** A faint word beside it. */
  readonly aside?: string;
}

/** One of a few values, none of which needs searching for; `Combobox` is for many. */
export function Select<Value extends string>(
  props: Labelled & {
    readonly value: Value | null;
    readonly onChange: (value: Value) => void;
    readonly options: readonly Option<Value>[];
    readonly placeholder?: string | undefined;
    readonly disabled?: boolean;
  },
) {
  const { label, hideLabel, help, error, value, onChange, options, placeholder, disabled } = props;
  return (
    <Label {...{ label, hideLabel, help, error }}>
      {(ids) => (
        <Base.Root
          items={options}
          value={value}
          disabled={disabled ?? false}
          onValueChange={(next) => next !== null && onChange(next)}
        >
          <Base.Trigger {...ids} aria-label={label} className={cx(field['control'], styles['trigger'])}>
            <Base.Value className={popup['words']} placeholder={placeholder ?? 'Choose…'} />
            <ChevronDown aria-hidden />
          </Base.Trigger>
          <Options options={options} />
        </Base.Root>
      )}
    </Label>
  );
}

function Options({ options }: { readonly options: readonly Option[] }) {
  return (
    <Base.Portal>
      <Base.Positioner className={popup['place']} sideOffset={4} alignItemWithTrigger={false}>
        <Base.Popup className={popup['popup']}>
          <Base.List>
            {options.map(({ value, label, aside }) => (
              <Base.Item key={value} value={value} className={popup['item']}>
                <Base.ItemText className={popup['words']}>{label}</Base.ItemText>
                {aside && <span className={popup['aside']}>{aside}</span>}
                <span className={popup['check']}>
                  <Base.ItemIndicator>
                    <Check aria-hidden />
                  </Base.ItemIndicator>
                </span>
              </Base.Item>
            ))}
          </Base.List>
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  );
}
