import { Combobox as Base } from '@base-ui/react/combobox';
import { Check, ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import field from './labelled.module.css';
import { Label, type Labelled } from './labelled.tsx';
import popup from './popup.module.css';
import select from './select.module.css';

/** A value of a combobox. */
export interface ComboboxOption {
  readonly value: string;
  readonly label: string;
  readonly aside?: string;
  readonly icon?: ReactNode;
}

/** One of many values, searched by typing. A value that is not offered is shown as it is. */
export function Combobox(
  props: Labelled & {
    readonly value: string | null;
    readonly onChange: (value: string) => void;
    readonly options: readonly ComboboxOption[];
    readonly placeholder?: string | undefined;
    readonly disabled?: boolean;
    /** Said when there is nothing to choose from. */
    readonly none?: string;
  },
) {
  const { label, hideLabel, help, error, value, onChange, options, placeholder, disabled, none } = props;
  const chosen = options.find((option) => option.value === value) ?? (value ? { value, label: value } : null);
  return (
    <Label {...{ label, hideLabel, help, error }}>
      {(ids) => (
        <Base.Root
          items={options}
          value={chosen}
          disabled={disabled ?? false}
          isItemEqualToValue={(one, other) => one.value === other.value}
          onValueChange={(next) => next && onChange(next.value)}
        >
          <Base.Trigger {...ids} aria-label={label} className={cx(field['control'], select['trigger'])}>
            {chosen && 'icon' in chosen && chosen.icon}
            <span className={popup['words']} data-placeholder={chosen ? undefined : ''}>
              {chosen?.label ?? placeholder ?? 'Choose…'}
            </span>
            <ChevronsUpDown aria-hidden />
          </Base.Trigger>
          <Choices label={label} none={none ?? 'Nothing to choose from.'} />
        </Base.Root>
      )}
    </Label>
  );
}

function Choices({ label, none }: { readonly label: string; readonly none: string }) {
  return (
    <Base.Portal>
      <Base.Positioner className={popup['place']} sideOffset={4}>
        <Base.Popup className={popup['popup']} aria-label={label}>
          <Base.Input className={popup['search']} placeholder="Search…" aria-label={`Search ${label}`} />
          <Base.Empty className={popup['empty']}>{none}</Base.Empty>
          <Base.List>
            {(option: ComboboxOption) => (
              <Base.Item key={option.value} value={option} className={popup['item']}>
                {option.icon}
                <span className={popup['words']}>{option.label}</span>
                {option.aside && <span className={popup['aside']}>{option.aside}</span>}
                <span className={popup['check']}>
                  <Base.ItemIndicator>
                    <Check aria-hidden />
                  </Base.ItemIndicator>
                </span>
              </Base.Item>
            )}
          </Base.List>
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  );
}
