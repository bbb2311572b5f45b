import { Select as Base } from '@base-ui/react/select';
import { ChevronDown } from 'lucide-react';
import { cx } from './cx.ts';
import field from './labelled.module.css';
import { Label, type Labelled } from './labelled.tsx';
import { OptionLine, OptionsPopup } from './options-popup.tsx';
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
    <OptionsPopup parts={Base} place={{ alignItemWithTrigger: false }}>
      <Base.List>
        {options.map(({ value, label, aside }) => (
          <Base.Item key={value} value={value} className={popup['item']}>
            <OptionLine
              parts={Base}
              words={<Base.ItemText className={popup['words']}>{label}</Base.ItemText>}
              aside={aside}
            />
          </Base.Item>
        ))}
      </Base.List>
    </OptionsPopup>
  );
}
