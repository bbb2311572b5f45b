import { useEffect } from 'react';
import type { Target } from '../../../shared/contract/workspace.ts';
import { bridge } from '../../bridge.ts';
import { toast } from '../../ui/toast.tsx';
import { useTabMemory } from '../../workspace/tab-state.ts';
import { targetPlace } from './target-words.ts';

/** A target's password: typed for this session, or kept by the system's keychain and nowhere else. */
export function usePassword(target: Target) {
  const place = targetPlace(target);
  const [value, set] = useTabMemory(`password of ${target.name} at ${place}`, '');
  const [kept, setKept] = useTabMemory<boolean | null>(`password kept of ${target.name} at ${place}`, null);
  useEffect(() => {
    if (target.kind !== 'postgres' || kept !== null) return;
    void bridge.secretOf(place).then((secret) => {
      setKept(secret !== null);
      if (secret !== null) set(secret);
    });
  }, [target.kind, place, kept, set, setKept]);
  const keep = async (yes: boolean) => {
    const refused = await bridge.keepSecret(place, yes ? value : null);
    if (refused !== null) toast({ title: 'The password is not kept', detail: refused, tone: 'warn' });
    setKept(yes && refused === null);
  };
  return {
    value,
    kept: kept === true,
    /** Another password than the kept one is not that one any more. */
    set: (typed: string) => {
      set(typed);
      if (kept) void keep(false);
    },
    keep: (yes: boolean) => void keep(yes),
  };
}
