import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import styles from './choice.module.css';
import type { Option } from './select.tsx';

/** One of two to four values, all seen at once, side by side. */
export function Choice<Value extends string>(props: {
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly options: readonly Option<Value>[];
  readonly disabled?: boolean;
}) {
  const { label, value, onChange, options, disabled } = props;
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      disabled={disabled ?? false}
      onValueChange={(next) => onChange(next as Value)}
      className={styles['group']}
    >
      {options.map((option) => (
        <Radio.Root
          key={option.value}
          value={option.value}
          aria-label={option.label}
          className={styles['one']}
        >
          {option.label}
        </Radio.Root>
      ))}
    </RadioGroup>
  );
}
