import { Orbit, Search } from 'lucide-react';
import { lazy } from 'react';
import { openTab } from '../../workspace/tabs.ts';
import { defineRoom } from '../define-room.ts';
import { CollectionStatus } from './collection-status.tsx';
import { PausedEmbeddings } from './paused-embeddings.tsx';

export default defineRoom({
  kind: 'search',
  title: 'Search',
  icon: Search,
  place: 4,
  home: () => openTab({ kind: 'search', key: 'search', title: 'Search' }),
  Over: PausedEmbeddings,
  tabs: {
    search: { icon: Search, Component: lazy(() => import('./collections-view.tsx')) },
    collection: {
      icon: Orbit,
      title: (tab) => tab.key,
      Component: lazy(() => import('./collection-view.tsx')),
      Status: CollectionStatus,
    },
  },
});
