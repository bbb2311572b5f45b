import { useEffect, useRef, useState } from 'react';

/** Puts the keyboard in the first field of the entry `data-entry` that was just added. */
export function useAddedFocus() {
  const list = useRef<HTMLFieldSetElement>(null);
  const [added, setAdded] = useState(-1);
  useEffect(() => {
    if (added < 0) return;
    list.current
      ?.querySelector<HTMLElement>(`:scope > [data-entry="${added}"] :is(input, textarea, [role=combobox])`)
      ?.focus();
    setAdded(-1);
  }, [added]);
  return { list, setAdded };
}
