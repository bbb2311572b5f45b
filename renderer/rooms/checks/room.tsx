import { Gauge, Lightbulb, ListChecks, SpellCheck } from 'lucide-react';
import { lazy } from 'react';
import { defineRoom } from '../define-room.ts';
import { ChecksStatus } from './overview/checks-status.tsx';
import { openOverview } from './rules/open-checks.ts';
import { RuleDialogHost } from './rules/rule-dialog-host.tsx';

export default defineRoom({
  kind: 'checks',
  title: 'Checks',
  icon: ListChecks,
  place: 3,
  home: openOverview,
  Over: RuleDialogHost,
  tabs: {
    'all-checks': { icon: ListChecks, Component: lazy(() => import('./overview/overview.tsx')) },
    repairs: { icon: SpellCheck, Component: lazy(() => import('./repairs/repairs-view.tsx')) },
    scores: { icon: Gauge, Component: lazy(() => import('./overview/scores-view.tsx')) },
    suggestions: { icon: Lightbulb, Component: lazy(() => import('./repairs/suggestions-view.tsx')) },
    checks: {
      icon: ListChecks,
      title: (tab) => `${tab.key} checks`,
      Component: lazy(() => import('./overview/table-checks.tsx')),
      Status: ChecksStatus,
    },
  },
});
