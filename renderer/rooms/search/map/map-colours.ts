import { useMemo } from 'react';
import { chartLook } from '../../../charts/chart-look.ts';
import { useLook } from '../../../styles/theme.ts';

const grey = { light: '#c3c8d0', dark: '#4a4f58' };

/** The colours of a map's legend in the window's look: grey, then those of charts. */
export function useMapColours(): readonly string[] {
  const scheme = useLook((look) => look.scheme);
  return useMemo(() => [grey[scheme], ...chartLook().names], [scheme]);
}
