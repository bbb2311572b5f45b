import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import './styles/tokens.css';
import './styles/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { listenForEngine } from './engine.ts';
import { startLook } from './styles/theme.ts';
import { keepCacheTrue } from './use-engine.ts';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root.');

startLook();
listenForEngine();
keepCacheTrue();
createRoot(root).render(<App />);
