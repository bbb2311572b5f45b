import { FileCode2 } from 'lucide-react';
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
      Status: QueryStatus,
    },
  },
});
