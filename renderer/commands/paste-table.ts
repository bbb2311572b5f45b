import { ClipboardPaste } from 'lucide-react';
import { bridge } from '../bridge.ts';
import { engine } from '../engine.ts';
import { importFiles } from '../frame/file-drop.tsx';
import { defineCommand } from '../palette/command.ts';
import { toast } from '../ui/toast.tsx';

const rooms = ['start', 'tables', 'import'];

/** True while keys are typed into a field, where pasting means something else. */
const typing = () => document.activeElement?.matches('input, textarea, [contenteditable]') ?? false;

const run = async () => {
  const text = await bridge.pasteText();
  if (text.trim() === '')
    return toast({
      title: 'The clipboard holds no text.',
      detail: 'Copy cells of a spreadsheet, CSV or JSON first.',
    });
  const { path } = await engine.files.paste({ text });
  await importFiles([path]);
};

/** Takes what is on the clipboard to the import room: cells of a spreadsheet, CSV, JSON. */
export default function pasteCommands() {
  const command = { title: 'Paste as a new table', group: 'New', icon: ClipboardPaste, run };
  return [
    defineCommand({ ...command, id: 'import.paste' }),
    defineCommand({
      ...command,
      id: 'import.pasteHere',
      hidden: true,
      shortcut: 'Mod+V',
      enabled: ({ tab }) => !typing() && (tab === undefined || rooms.includes(tab.kind)),
    }),
  ];
}
