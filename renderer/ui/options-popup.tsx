import { Check } from 'lucide-react';
import type { ElementType, ReactNode } from 'react';
import popup from './popup.module.css';

/** What a select and a combobox have of their own under the same names. */
interface Parts {
  readonly Portal: ElementType;
  readonly Positioner: ElementType;
  readonly Popup: ElementType;
}

/** The pop-up of a field with options, built of the field's own parts. */
export function OptionsPopup(props: {
  readonly parts: Parts;
  readonly label?: string;
  readonly children: ReactNode;
  /** For the parts' positioner. */
  readonly place?: object;
}) {
  const { parts, label, children, place } = props;
  return (
    <parts.Portal>
      <parts.Positioner className={popup['place']} sideOffset={4} {...place}>
        <parts.Popup className={popup['popup']} aria-label={label}>
          {children}
        </parts.Popup>
      </parts.Positioner>
    </parts.Portal>
  );
}

/** What stands in one option: its words, a faint word beside them, and a tick where it is the chosen one. */
export function OptionLine(props: {
  readonly parts: { readonly ItemIndicator: ElementType };
  readonly icon?: ReactNode;
  readonly words: ReactNode;
  readonly aside?: string | undefined;
}) {
  const { parts, icon, words, aside } = props;
  return (
    <>
      {icon}
      {words}
      {aside && <span className={popup['aside']}>{aside}</span>}
      <span className={popup['check']}>
        <parts.ItemIndicator>
          <Check aria-hidden />
        </parts.ItemIndicator>
      </span>
    </>
  );
}
