import {
  AlignHorizontalSpaceBetween,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalSpaceBetween,
  ClipboardPaste,
  Copy,
  FastForward,
  FoldHorizontal,
  Group,
  type LucideIcon,
  Play,
  Plus,
  Redo2,
  Scissors,
  Search,
  SquareDashedMousePointer,
  StepForward,
  Trash2,
  Undo2,
  Ungroup,
  WandSparkles,
} from 'lucide-react';
import { type Command, defineCommand } from '../../../palette/command.ts';
import { type CanvasActions, seenCanvas } from '../document/canvases.ts';

type Verb = Exclude<keyof CanvasActions, 'hasFocus'>;

interface Action {
  readonly id: string;
  readonly title: string;
  readonly icon: LucideIcon;
  readonly verb: Verb;
  readonly shortcut?: string;
  /** Only while the keys go to the canvas: elsewhere the key means something else. */
  readonly focused?: boolean;
}

const actions: readonly Action[] = [
  { id: 'pipelines.run', title: 'Run', icon: Play, verb: 'run', shortcut: 'Mod+Enter' },
  {
    id: 'pipelines.runTo',
    title: 'Run to here',
    icon: StepForward,
    verb: 'runToSelected',
    shortcut: 'Mod+Shift+Enter',
  },
  { id: 'pipelines.runFrom', title: 'Run from here', icon: FastForward, verb: 'runFromSelected' },
  { id: 'pipelines.addStep', title: 'Add a step', icon: Plus, verb: 'chooseStep', shortcut: 'A' },
  {
    id: 'pipelines.arrange',
    title: 'Arrange steps',
    icon: WandSparkles,
    verb: 'arrange',
    shortcut: 'Shift+A',
  },
  {
    id: 'pipelines.findStep',
    title: 'Find a step…',
    icon: Search,
    verb: 'findStep',
    shortcut: 'Mod+F',
    focused: true,
  },
  { id: 'pipelines.alignLeft', title: 'Align steps left', icon: AlignStartVertical, verb: 'alignLeft' },
  { id: 'pipelines.alignTop', title: 'Align steps at the top', icon: AlignStartHorizontal, verb: 'alignTop' },
  {
    id: 'pipelines.spaceAcross',
    title: 'Space steps evenly across',
    icon: AlignHorizontalSpaceBetween,
    verb: 'spaceAcross',
  },
  {
    id: 'pipelines.spaceDown',
    title: 'Space steps evenly down',
    icon: AlignVerticalSpaceBetween,
    verb: 'spaceDown',
  },
  { id: 'pipelines.undo', title: 'Undo', icon: Undo2, verb: 'undo', shortcut: 'Mod+Z', focused: true },
  { id: 'pipelines.redo', title: 'Redo', icon: Redo2, verb: 'redo', shortcut: 'Mod+Shift+Z', focused: true },
  { id: 'pipelines.copy', title: 'Copy steps', icon: Copy, verb: 'copy', shortcut: 'Mod+C', focused: true },
  { id: 'pipelines.cut', title: 'Cut steps', icon: Scissors, verb: 'cut', shortcut: 'Mod+X', focused: true },
  {
    id: 'pipelines.paste',
    title: 'Paste steps',
    icon: ClipboardPaste,
    verb: 'paste',
    shortcut: 'Mod+V',
    focused: true,
  },
  {
    id: 'pipelines.selectAll',
    title: 'Select all steps',
    icon: SquareDashedMousePointer,
    verb: 'selectAll',
    shortcut: 'Mod+A',
    focused: true,
  },
  {
    id: 'pipelines.group',
    title: 'Group steps',
    icon: Group,
    verb: 'group',
    shortcut: 'Mod+G',
    focused: true,
  },
  {
    id: 'pipelines.ungroup',
    title: 'Ungroup steps',
    icon: Ungroup,
    verb: 'ungroup',
    shortcut: 'Mod+Shift+G',
    focused: true,
  },
  { id: 'pipelines.fold', title: 'Fold or unfold the group', icon: FoldHorizontal, verb: 'fold' },
  { id: 'pipelines.removeSteps', title: 'Remove steps', icon: Trash2, verb: 'remove' },
];

/** What can be done on the canvas that is seen. */
export default (): readonly Command[] =>
  actions.map(({ id, title, icon, verb, shortcut, focused }) =>
    defineCommand({
      id,
      title,
      icon,
      group: 'Pipelines',
      ...(shortcut ? { shortcut } : {}),
      enabled: () => {
        const canvas = seenCanvas();
        return canvas?.[verb] !== undefined && (!focused || canvas.hasFocus());
      },
      run: () => seenCanvas()?.[verb]?.(),
    }),
  );
