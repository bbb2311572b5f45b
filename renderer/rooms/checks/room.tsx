import { Gauge, Lightbulb, ListChecks, SpellCheck } from 'lucide-react';
import { lazy } from 'react';
import { defineRoom } from '../define-room.ts';
import { ChecksStatus } from './checks-status.tsx';
import { openOverview } from './open-checks.ts';
import { RuleDialogHost } from './rule-dialog-host.tsx';

export default defineRoom({
  kind: 'checks',
  title: 'Checks',
  icon: ListChecks,
  place: 3,
  home: openOverview,
  Over: RuleDialogHost,
  tabs: {
    'all-checks': { icon: ListChecks, Component: lazy(() => import('./overview.tsx')) },
    repairs: { icon: SpellCheck, Component: lazy(() => import('./repairs-view.tsx')) },
    scores: { icon: Gauge, Component: lazy(() => import('./scores-view.tsx')) },
    suggestions: { icon: Lightbulb, Component: lazy(() => import('./suggestions-view.tsx')) },
    checks: {
      icon: ListChecks,
      title: (tab) => `${tab.key} checks`,
      Component: lazy(() => import('./table-checks.tsx')),
      Status: ChecksStatus,
    },
  },
});
