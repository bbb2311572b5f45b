import { Rows3 } from 'lucide-react';
import { defineCommand } from '../palette/command.ts';
import { setLook, useLook } from '../styles/theme.ts';

/** Changes between comfortable and dense rows. */
export default defineCommand({
  id: 'look.density',
  title: 'Change density of rows',
  group: 'View',
  icon: Rows3,
  run: () => setLook({ density: useLook.getState().density === 'dense' ? 'comfortable' : 'dense' }),
});
