import { Combobox as Base } from '@base-ui/react/combobox';
import { ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import field from './labelled.module.css';
import { Label, type Labelled } from './labelled.tsx';
import { OptionLine, OptionsPopup } from './options-popup.tsx';
import popup from './popup.module.css';
import select from './select.module.css';

/** A value of a combobox. */
export interface ComboboxOption {
  readonly value: string;
  readonly label: string;
  readonly aside?: string;
  readonly icon?: ReactNode;
  /** Options of one group stand together under its name. */
  readonly group?: string;
}

interface OptionGroup {
  readonly value: string;
  readonly items: readonly ComboboxOption[];
}

/** Options by group, in the order in which groups come. */
function groupsOf(options: readonly ComboboxOption[]): readonly OptionGroup[] {
  const names = [...new Set(options.map(({ group }) => group ?? ''))];
  return names.map((value) => ({
    value,
    items: options.filter(({ group }) => (group ?? '') === value),
  }));
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
          items={options.some(({ group }) => group !== undefined) ? groupsOf(options) : options}
          value={chosen}
          disabled={disabled ?? false}
          autoHighlight
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
          <Choices
            label={label}
            none={none ?? 'Nothing to choose from.'}
            grouped={options.some(({ group }) => group !== undefined)}
          />
        </Base.Root>
      )}
    </Label>
  );
}

function Choices(props: { readonly label: string; readonly none: string; readonly grouped: boolean }) {
  const { label, none, grouped } = props;
  return (
    <OptionsPopup parts={Base} label={label}>
      <Base.Input className={popup['search']} placeholder="Search…" aria-label={`Search ${label}`} />
      <Base.Empty className={popup['empty']}>{none}</Base.Empty>
      {grouped ? (
        <Base.List>
          {(group: OptionGroup) => (
            <Base.Group key={group.value} items={group.items}>
              <Base.GroupLabel className={popup['group']}>{group.value}</Base.GroupLabel>
              <Base.Collection>{choice}</Base.Collection>
            </Base.Group>
          )}
        </Base.List>
      ) : (
        <Base.List>{choice}</Base.List>
      )}
    </OptionsPopup>
  );
}

const choice = (option: ComboboxOption) => (
  <Base.Item key={option.value} value={option} className={popup['item']}>
    <OptionLine
      parts={Base}
      icon={option.icon}
      words={<span className={popup['words']}>{option.label}</span>}
      aside={option.aside}
    />
  </Base.Item>
);
