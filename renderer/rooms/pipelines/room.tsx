import { Workflow } from 'lucide-react';
import { lazy } from 'react';
import { openTab } from '../../workspace/tabs.ts';
import { defineRoom } from '../define-room.ts';
import { PipelineStatus } from './pipeline-status.tsx';

export default defineRoom({
  kind: 'pipelines',
  title: 'Pipelines',
  icon: Workflow,
  place: 2,
  home: () => openTab({ kind: 'pipelines', key: 'pipelines', title: 'Pipelines' }),
  tabs: {
    pipelines: { icon: Workflow, Component: lazy(() => import('./pipelines-view.tsx')) },
    pipeline: {
      icon: Workflow,
      title: (tab) => tab.key,
      Component: lazy(() => import('./pipeline-view.tsx')),
      panel: [
        { id: 'preview', title: 'Preview', Component: lazy(() => import('./preview-page.tsx')) },
        { id: 'columns', title: 'Columns', Component: lazy(() => import('./columns-page.tsx')) },
        { id: 'sql', title: 'SQL', Component: lazy(() => import('./sql-page.tsx')) },
        { id: 'lineage', title: 'Lineage', Component: lazy(() => import('./lineage-page.tsx')) },
        { id: 'tests', title: 'Tests', Component: lazy(() => import('./tests-page.tsx')) },
        { id: 'run', title: 'Last run', Component: lazy(() => import('./run-page.tsx')) },
      ],
      Inspector: lazy(() => import('./step-inspector.tsx')),
      Status: PipelineStatus,
    },
  },
});
