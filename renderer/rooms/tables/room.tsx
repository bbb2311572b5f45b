import { GitCompareArrows, ScanEye, Table2 } from 'lucide-react';
import { lazy } from 'react';
import { openTab } from '../../workspace/tabs.ts';
import { defineRoom } from '../define-room.ts';
import { TableStatus } from './table-status.tsx';

const columnsPage = { id: 'columns', title: 'Columns', Component: lazy(() => import('./columns-page.tsx')) };
const relationsPage = {
  id: 'relations',
  title: 'Between columns',
  Component: lazy(() => import('./relations-page.tsx')),
};

export default defineRoom({
  kind: 'tables',
  title: 'Tables',
  icon: Table2,
  place: 1,
  home: () => openTab({ kind: 'tables', key: 'tables', title: 'Tables' }),
  tabs: {
    tables: { icon: Table2, Component: lazy(() => import('./tables-view.tsx')) },
    comparison: {
      icon: GitCompareArrows,
      title: (tab) => `${tab.key} compared`,
      Component: lazy(() => import('./compare-view.tsx')),
    },
    view: {
      icon: ScanEye,
      title: (tab) => tab.key,
      Component: lazy(() => import('./table-view.tsx')),
      panel: [columnsPage, relationsPage],
      Inspector: lazy(() => import('./column-inspector.tsx')),
      Status: TableStatus,
    },
    table: {
      icon: Table2,
      title: (tab) => tab.key,
      Component: lazy(() => import('./table-view.tsx')),
      panel: [
        { id: 'rejects', title: 'Rejects', Component: lazy(() => import('./rejects-page.tsx')) },
        columnsPage,
        relationsPage,
      ],
      Inspector: lazy(() => import('./column-inspector.tsx')),
      Status: TableStatus,
    },
  },
});
