import { Settings } from 'lucide-react';
import { openSettings } from '../frame/activity-bar.tsx';
import { defineCommand } from '../palette/command.ts';

/** Opens the settings. */
export default defineCommand({
  id: 'frame.settings',
  title: 'Open settings',
  group: 'General',
  icon: Settings,
  shortcut: 'Mod+,',
  run: openSettings,
});
