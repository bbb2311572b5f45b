import { tokenColor } from '../styles/token-color.ts';
import { monaco } from './monaco.ts';

const name = 'assay';

/** Computes the editor's colours from the tokens as they are now, and shows them. */
export function paintEditors(scheme: 'light' | 'dark'): void {
  monaco.editor.defineTheme(name, {
    base: scheme === 'dark' ? 'vs-dark' : 'vs',
    inherit: true,
    rules: rulesOf(),
    colors: colorsOf(),
  });
  monaco.editor.setTheme(name);
}

/** The base themes colour some tokens of SQL by their full name, so both names are given. */
function rulesOf(): monaco.editor.ITokenThemeRule[] {
  const of = (token: `--${string}`) => tokenColor(token).slice(1);
  const looks: readonly [string, `--${string}`][] = [
    ['keyword', '--accent'],
    ['operator', '--muted'],
    ['delimiter', '--muted'],
    ['string', '--ok'],
    ['number', '--warn'],
    ['predefined', '--info'],
    ['comment', '--faint'],
  ];
  return [
    { token: '', foreground: of('--text') },
    ...looks.flatMap(([token, color]) =>
      [token, `${token}.sql`].map((name) => ({
        token: name,
        foreground: of(color),
        ...(token === 'comment' ? { fontStyle: 'italic' } : {}),
      })),
    ),
  ];
}

function colorsOf(): Record<string, string> {
  const accent = tokenColor('--accent');
  const background = tokenColor('--bg');
  const raised = tokenColor('--raised');
  const line = tokenColor('--line');
  return {
    'editor.background': background,
    'editor.foreground': tokenColor('--text'),
    'editor.lineHighlightBackground': tokenColor('--surface'),
    'editor.lineHighlightBorder': '#00000000',
    'editor.selectionBackground': `${accent}40`,
    'editor.inactiveSelectionBackground': `${accent}22`,
    'editor.wordHighlightBackground': `${accent}1c`,
    'editorCursor.foreground': accent,
    'editorLineNumber.foreground': tokenColor('--faint'),
    'editorLineNumber.activeForeground': tokenColor('--text'),
    'editorIndentGuide.background1': tokenColor('--line-faint'),
    'editorError.foreground': tokenColor('--bad'),
    'editorWidget.background': raised,
    'editorWidget.border': line,
    'editorHoverWidget.background': raised,
    'editorHoverWidget.border': line,
    'editorSuggestWidget.background': raised,
    'editorSuggestWidget.border': line,
    'editorSuggestWidget.foreground': tokenColor('--text'),
    'editorSuggestWidget.selectedBackground': `${accent}2e`,
    'editorSuggestWidget.selectedForeground': tokenColor('--text'),
    'editorSuggestWidget.highlightForeground': accent,
    'editorSuggestWidget.focusHighlightForeground': accent,
    'input.background': background,
    'input.border': tokenColor('--control-line'),
    focusBorder: accent,
    'scrollbarSlider.background': `${tokenColor('--text')}24`,
    'scrollbarSlider.hoverBackground': `${tokenColor('--text')}3a`,
    'editorOverviewRuler.border': '#00000000',
  };
}
