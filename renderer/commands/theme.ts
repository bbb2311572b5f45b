import { Monitor, Moon, Sun } from 'lucide-react';
import { defineCommand } from '../palette/command.ts';
import { setLook, useLook } from '../styles/theme.ts';

const themes = [
  { theme: 'light', title: 'Use light theme', icon: Sun },
  { theme: 'dark', title: 'Use dark theme', icon: Moon },
  { theme: 'system', title: "Use the system's theme", icon: Monitor },
] as const;

/** Chooses each theme. */
export default () =>
  themes.map(({ theme, title, icon }) =>
    defineCommand({
      id: `look.${theme}`,
      title,
      group: 'View',
      icon,
      enabled: () => useLook.getState().theme !== theme,
      run: () => setLook({ theme }),
    }),
  );
