import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { bridge } from './bridge.ts';
import { Frame } from './frame/frame.tsx';
import { OpeningPage, RefusedPage } from './frame/opening.tsx';
import { rememberPanes } from './frame/panes.ts';
import { runCommandById } from './palette/all-commands.ts';
import { listenForKeys } from './palette/keyboard.ts';
import { Palette } from './palette/palette.tsx';
import { ShortcutSheet } from './palette/shortcut-sheet.tsx';
import { allRooms } from './rooms/registry.ts';
import { Questions } from './ui/ask.tsx';
import { ToastCorner } from './ui/toast.tsx';
import { TooltipProvider } from './ui/tooltip.tsx';
import { queryClient, useEngine } from './use-engine.ts';
import { restoreLayout } from './workspace/keep-layout.ts';

let restored: Promise<void> | undefined;

function Workspace() {
  const { data, problem } = useEngine('workspace', 'info', {});
  const [ready, setReady] = useState(false);
  const open = data !== undefined;
  useEffect(() => {
    if (!open) return;
    restored ??= restoreLayout();
    void restored.then(() => setReady(true));
  }, [open]);
  useEffect(() => {
    if (data) document.title = `${data.name} — Assay`;
  }, [data]);
  if (problem && !ready) return <RefusedPage problem={problem} />;
  if (!ready) return <OpeningPage />;
  return (
    <>
      <Frame />
      {allRooms().map(({ kind, Over }) => Over && <Over key={kind} />)}
      <Palette />
      <ShortcutSheet />
    </>
  );
}

function useCommandSources() {
  useEffect(() => {
    listenForKeys();
    rememberPanes();
    bridge.onCommand((id) => void runCommandById(id));
  }, []);
}

/** The app: the workspace, or why it cannot be opened. */
export function App() {
  useCommandSources();
  return (
    <QueryClientProvider client={queryClient}>
      <TooltipProvider delay={500}>
        <Workspace />
        <Questions />
        <ToastCorner />
      </TooltipProvider>
    </QueryClientProvider>
  );
}
