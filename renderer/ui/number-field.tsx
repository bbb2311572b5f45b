import { NumberField as Base } from '@base-ui/react/number-field';
import { cx } from './cx.ts';
import styles from './labelled.module.css';
import { Label, type Labelled } from './labelled.tsx';

/** A number, or null where none is set; arrows step it. */
export function NumberField(
  props: Labelled & {
    readonly value: number | null;
    readonly onChange: (value: number | null) => void;
    readonly min?: number;
    readonly max?: number;
    readonly step?: number;
    readonly placeholder?: string | undefined;
    readonly disabled?: boolean;
  },
) {
  const { label, hideLabel, help, error, value, onChange, placeholder, ...limits } = props;
  return (
    <Label {...{ label, hideLabel, help, error }}>
      {({ id, ...ids }) => (
        <Base.Root
          {...limits}
          id={id}
          value={value}
          onValueChange={(next) => onChange(next)}
          locale="en"
          format={{ useGrouping: false, maximumFractionDigits: 15 }}
        >
          <Base.Input
            {...ids}
            placeholder={placeholder}
            className={cx(styles['control'], styles['number'])}
          />
        </Base.Root>
      )}
    </Label>
  );
}
