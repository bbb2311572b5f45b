import { ArrowUpFromLine } from 'lucide-react';
import { lazy } from 'react';
import { openTab } from '../../workspace/tabs.ts';
import { defineRoom } from '../define-room.ts';
import { TellInterrupted } from './tell-interrupted.tsx';

/** Promote: targets, the plan as a diff, and receipts with their evidence. */
export default defineRoom({
  kind: 'promote',
  title: 'Promote',
  icon: ArrowUpFromLine,
  place: 5,
  home: () => openTab({ kind: 'promote', key: 'promote', title: 'Promote' }),
  Over: TellInterrupted,
  tabs: {
    promote: {
      icon: ArrowUpFromLine,
      Component: lazy(() => import('./promote-view.tsx')),
    },
  },
});
