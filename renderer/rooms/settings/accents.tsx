import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import { Check } from 'lucide-react';
import type { Look } from '../../styles/theme.ts';
import styles from './settings-view.module.css';

/** The accents as swatches, each with its name. */
export function Accents(props: {
  readonly value: Look['accent'];
  readonly all: readonly Look['accent'][];
  readonly onChange: (accent: Look['accent']) => void;
}) {
  return (
    <RadioGroup
      aria-label="Accent"
      value={props.value}
      onValueChange={(next) => props.onChange(next as Look['accent'])}
      className={styles['accents']}
    >
      {props.all.map((accent) => (
        <Radio.Root
          key={accent}
          value={accent}
          aria-label={accent}
          title={accent}
          data-swatch={accent}
          className={styles['swatch']}
        >
          <Radio.Indicator>
            <Check aria-hidden />
          </Radio.Indicator>
        </Radio.Root>
      ))}
    </RadioGroup>
  );
}
