import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import './styles/tokens.css';
import './styles/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { listenForEngine } from './engine.ts';
import { followEngineTasks } from './engine-tasks.ts';
import { registerCommands } from './palette/all-commands.ts';
import { foundCommands } from './palette/found-commands.ts';
import { foundRooms } from './rooms/found-rooms.ts';
import { registerRooms } from './rooms/registry.ts';
import { startLook } from './styles/theme.ts';
import { keepCacheTrue, readAhead } from './use-engine.ts';
import { askForLayout } from './workspace/keep-layout.ts';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root.');

registerRooms(foundRooms);
registerCommands(foundCommands());
startLook();
listenForEngine();
followEngineTasks();
keepCacheTrue();
readAhead();
askForLayout();
createRoot(root).render(<App />);
