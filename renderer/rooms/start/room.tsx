import { House } from 'lucide-react';
import { defineRoom } from '../define-room.ts';
import { StartView } from './start-view.tsx';

export default defineRoom({
  kind: 'start',
  title: 'Start',
  icon: House,
  tabs: { start: { icon: House, Component: StartView } },
});
