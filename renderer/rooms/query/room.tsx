import { ChartColumn, FileCode2 } from 'lucide-react';
import { lazy } from 'react';
import { defineRoom } from '../define-room.ts';
import { QueryStatus } from './query-status.tsx';

export default defineRoom({
  kind: 'query',
  title: 'Queries',
  icon: FileCode2,
  within: 'tables',
  tabs: {
    query: {
      icon: FileCode2,
      Component: lazy(() => import('./query-view.tsx')),
      panel: [
        { id: 'preview', title: 'Preview', Component: lazy(() => import('./preview-page.tsx')) },
        { id: 'history', title: 'History', Component: lazy(() => import('./history-page.tsx')) },
      ],
      Inspector: lazy(() => import('./cell-inspector.tsx')),
      Status: QueryStatus,
    },
    chart: { icon: ChartColumn, Component: lazy(() => import('./chart-view.tsx')) },
  },
});
