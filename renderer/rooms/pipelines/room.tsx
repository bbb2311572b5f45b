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
      Component: lazy(() => import('./canvas/pipeline-view.tsx')),
      panel: [
        { id: 'preview', title: 'Preview', Component: lazy(() => import('./pages/preview-page.tsx')) },
        { id: 'columns', title: 'Columns', Component: lazy(() => import('./pages/columns-page.tsx')) },
        { id: 'sql', title: 'SQL', Component: lazy(() => import('./pages/sql-page.tsx')) },
        { id: 'lineage', title: 'Lineage', Component: lazy(() => import('./pages/lineage-page.tsx')) },
        { id: 'tests', title: 'Tests', Component: lazy(() => import('./pages/tests-page.tsx')) },
        { id: 'run', title: 'Last run', Component: lazy(() => import('./pages/run-page.tsx')) },
      ],
      Inspector: lazy(() => import('./inspector/step-inspector.tsx')),
      Status: PipelineStatus,
    },
  },
});
