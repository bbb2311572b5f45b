import { Table2 } from 'lucide-react';
import { focusGrid, hasGrid, stepPane } from '../frame/panes.ts';
import { defineCommand } from '../palette/command.ts';

/** Takes the focus through the parts of the window, and straight to the rows. */
export default () => [
  defineCommand({
    id: 'frame.nextPane',
    title: 'Go to next part of the window',
    group: 'View',
    shortcut: 'F6',
    hidden: true,
    run: () => stepPane(1),
  }),
  defineCommand({
    id: 'frame.previousPane',
    title: 'Go to previous part of the window',
    group: 'View',
    shortcut: 'Shift+F6',
    hidden: true,
    run: () => stepPane(-1),
  }),
  defineCommand({
    id: 'frame.grid',
    title: 'Go to the rows',
    group: 'View',
    icon: Table2,
    shortcut: 'Mod+Alt+G',
    enabled: hasGrid,
    run: focusGrid,
  }),
];
