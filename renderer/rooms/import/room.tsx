import { FileMinus2, FileUp } from 'lucide-react';
import { lazy } from 'react';
import { openTab } from '../../workspace/tabs.ts';
import { defineRoom } from '../define-room.ts';

export default defineRoom({
  kind: 'import',
  title: 'Import',
  icon: FileUp,
  within: 'tables',
  home: () => openTab({ kind: 'import', key: 'import', title: 'Import' }),
  tabs: {
    import: { icon: FileUp, Component: lazy(() => import('./import-view.tsx')) },
    rejects: {
      icon: FileMinus2,
      title: (tab) => `${tab.key}: rejects`,
      Component: lazy(() => import('./rejects-view.tsx')),
    },
  },
});
