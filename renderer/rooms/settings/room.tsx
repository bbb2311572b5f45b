import { Settings } from 'lucide-react';
import { defineRoom } from '../define-room.ts';
import { SettingsView } from './settings-view.tsx';

export default defineRoom({
  kind: 'settings',
  title: 'Settings',
  icon: Settings,
  tabs: { settings: { icon: Settings, Component: SettingsView } },
});
