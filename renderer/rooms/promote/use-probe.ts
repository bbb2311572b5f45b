import type { Probe } from '../../../shared/contract/promote.ts';
import { engine } from '../../engine.ts';
import { useTask } from '../../tasks.ts';
import { useTabMemory } from '../../workspace/tab-state.ts';

/** What was found on a target when it was last looked at, until something else is shown. */
export function useProbe(target: string, secret: { readonly password?: string }) {
  const [probe, setProbe] = useTabMemory<Probe | null>(`probe of ${target}`, null);
  const probing = useTask();
  const look = async () => {
    const found = await probing.start(`Probing ${target}`, (options) =>
      engine.promote.probe({ target, ...secret }, options),
    );
    if (found) setProbe(found);
  };
  return { probe, probing, makeProbe: () => void look(), forgetProbe: () => setProbe(null) };
}
