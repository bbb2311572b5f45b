import type { RefObject } from 'react';
import { takeAppKeys } from './app-keys.ts';
import type { EditorHandle } from './editor-handle.ts';
import { monaco } from './monaco.ts';
import type { SqlEditorProps } from './sql-editor.tsx';
import { sqlLanguage } from './sql-language.ts';

/** A made editor. */
export interface SqlCodeEditor {
  readonly code: monaco.editor.IStandaloneCodeEditor;
  /** Takes another text, in a way that can be undone; the cursor stays where it is. */
  replace(text: string): void;
  dispose(): void;
}

const shared: monaco.editor.IStandaloneEditorConstructionOptions = {
  language: sqlLanguage,
  theme: 'assay',
  automaticLayout: true,
  fontFamily: "'JetBrains Mono Variable', ui-monospace, monospace",
  fontSize: 12.5,
  fontLigatures: false,
  lineHeight: 20,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  renderLineHighlight: 'line',
  renderLineHighlightOnlyWhenFocus: true,
  overviewRulerLanes: 0,
  hideCursorInOverviewRuler: true,
  tabSize: 2,
  fixedOverflowWidgets: true,
  contextmenu: false,
  links: false,
  unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: true },
  wordBasedSuggestions: 'off',
  occurrencesHighlight: 'off',
  bracketPairColorization: { enabled: false },
  padding: { top: 8, bottom: 8 },
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
  accessibilitySupport: 'on',
  suggest: {
    showStatusBar: false,
    preview: false,
    localityBonus: false,
    showWords: false,
    insertMode: 'replace',
  },
  suggestSelection: 'first',
  quickSuggestionsDelay: 40,
  parameterHints: { enabled: true, cycle: true },
};

const asField: monaco.editor.IStandaloneEditorConstructionOptions = {
  lineNumbers: 'off',
  folding: false,
  glyphMargin: false,
  lineDecorationsWidth: 6,
  lineNumbersMinChars: 0,
  renderLineHighlight: 'none',
  wordWrap: 'on',
  tabFocusMode: true,
  padding: { top: 5, bottom: 5 },
  scrollbar: { verticalScrollbarSize: 8, alwaysConsumeMouseWheel: false, useShadows: false },
};

const asPage: monaco.editor.IStandaloneEditorConstructionOptions = {
  lineNumbersMinChars: 3,
  lineDecorationsWidth: 8,
};

/** Makes an editor in `place`; what it tells goes to the latest props. */
export function createEditor(place: HTMLElement, latest: RefObject<SqlEditorProps>): SqlCodeEditor {
  const { label, value, look = 'page', placeholder, readOnly = false } = latest.current;
  const code = monaco.editor.create(place, {
    ...shared,
    ...(look === 'field' ? asField : asPage),
    value,
    ariaLabel: label,
    readOnly,
    ...(placeholder ? { placeholder } : {}),
  });
  let replacing = false;
  code.onDidChangeModelContent(() => {
    if (!replacing) latest.current.onChange?.(code.getValue());
  });
  if (look === 'field') growWithText(code, place);
  tellRest(code, latest);
  const onKey = (event: KeyboardEvent) => {
    if (takeAppKeys(event)) code.trigger('keyboard', 'hideSuggestWidget', undefined);
  };
  place.addEventListener('keydown', onKey, { capture: true });
  latest.current.onReady?.(handleOf(code));
  return {
    code,
    replace: (text) => {
      replacing = true;
      const model = code.getModel();
      const selections = code.getSelections();
      model?.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
      if (selections) code.setSelections(selections);
      replacing = false;
    },
    dispose: () => {
      place.removeEventListener('keydown', onKey, { capture: true });
      code.getModel()?.dispose();
      code.dispose();
    },
  };
}

const restMs = 400;

function tellRest(code: monaco.editor.IStandaloneCodeEditor, latest: RefObject<SqlEditorProps>): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const position = code.getPosition();
      const model = code.getModel();
      if (model && position)
        latest.current.onRest?.({ text: model.getValue(), at: model.getOffsetAt(position) });
    }, restMs);
  };
  code.onDidChangeCursorPosition(soon);
  code.onDidChangeModelContent(soon);
  code.onDidDispose(() => clearTimeout(timer));
}

const highest = 320;

function growWithText(code: monaco.editor.IStandaloneCodeEditor, place: HTMLElement): void {
  const grow = () => {
    place.style.height = `${Math.max(60, Math.min(highest, code.getContentHeight()))}px`;
    code.layout();
  };
  code.onDidContentSizeChange(grow);
  grow();
}

function handleOf(code: monaco.editor.IStandaloneCodeEditor): EditorHandle {
  const offset = (position: monaco.IPosition) => code.getModel()?.getOffsetAt(position) ?? 0;
  return {
    selection: () => {
      const selection = code.getSelection();
      if (!selection) return { from: 0, to: 0 };
      return { from: offset(selection.getStartPosition()), to: offset(selection.getEndPosition()) };
    },
    focus: () => code.focus(),
    format: () => void code.getAction('editor.action.formatDocument')?.run(),
    reveal: (at) => {
      const position = code.getModel()?.getPositionAt(at);
      if (!position) return;
      code.setPosition(position);
      code.revealPositionInCenterIfOutsideViewport(position);
      code.focus();
    },
  };
}
