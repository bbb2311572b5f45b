import { useEffect } from 'react';
import { Notice } from '../../../ui/notice.tsx';
import { toastProblem } from '../../../ui/toast.tsx';
import { useModels } from '../model-choice.ts';
import { askForKey } from './agreement.tsx';
import { isFar, lacksKey, restoreKey } from './endpoint-key.ts';

/** Gives the engine the key of a collection's model from the keychain; says so where there is none. */
export function KeyNotice({ model: id }: { readonly model: string }) {
  const { usable } = useModels();
  const model = usable.find((one) => one.id === id);
  const far = isFar(model) && model.endpoint.allowed && lacksKey(model) ? model : undefined;
  useEffect(() => {
    if (far) void restoreKey(far).catch(toastProblem);
  }, [far]);
  if (!far) return null;
  const run = () => void askForKey(far).catch(toastProblem);
  return (
    <Notice tone="warn" action={{ label: 'Give the key…', run }}>
      Questions go to {far.endpoint.origin}, whose key is not here. Until then, search by words or by an
      example row.
    </Notice>
  );
}
