import { activeTab } from '../../../workspace/tabs.ts';

/** What commands can do with the canvas of a pipeline's tab. */
export interface CanvasActions {
  readonly undo: (() => void) | undefined;
  readonly redo: (() => void) | undefined;
  readonly copy: (() => void) | undefined;
  readonly cut: (() => void) | undefined;
  readonly paste: (() => void) | undefined;
  readonly remove: (() => void) | undefined;
  readonly selectAll: () => void;
  readonly group: (() => void) | undefined;
  readonly ungroup: (() => void) | undefined;
  readonly fold: (() => void) | undefined;
  readonly arrange: () => void;
  readonly alignLeft: (() => void) | undefined;
  readonly alignTop: (() => void) | undefined;
  readonly spaceAcross: (() => void) | undefined;
  readonly spaceDown: (() => void) | undefined;
  readonly findStep: (() => void) | undefined;
  readonly chooseStep: () => void;
  readonly run: (() => void) | undefined;
  readonly runToSelected: (() => void) | undefined;
  readonly runFromSelected: (() => void) | undefined;
  /** True while the keys go to the canvas and not to a form or a grid. */
  readonly hasFocus: () => boolean;
}

const canvases = new Map<string, CanvasActions>();

/** Says what the canvas of a tab can do now; returns how to say that it is gone. */
export function holdCanvas(tab: string, actions: CanvasActions): () => void {
  canvases.set(tab, actions);
  return () => {
    if (canvases.get(tab) === actions) canvases.delete(tab);
  };
}

/** The canvas that is seen, if one is. */
export const seenCanvas = (): CanvasActions | undefined => canvases.get(activeTab()?.id ?? '');
