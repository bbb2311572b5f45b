import { useEffect, useLayoutEffect, useRef } from 'react';
import { useLook } from '../styles/theme.ts';
import './completion.ts';
import './explain-words.ts';
import './format-sql.ts';
import { createEditor, type SqlCodeEditor } from './create-editor.ts';
import { paintEditors } from './editor-theme.ts';
import { markProblem } from './mark-problem.ts';
import styles from './sql-editor.module.css';
import type { SqlEditorProps } from './sql-editor.tsx';
import { watchFaults } from './watch-faults.ts';

/** The editor itself, loaded when the first one is needed. */
export default function SqlEditorView(props: SqlEditorProps) {
  const { value, problem, readOnly = false } = props;
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<SqlCodeEditor | undefined>(undefined);
  const latest = useRef(props);
  const echoes = useRef<string[]>([]);
  const given = useRef(value);
  useLayoutEffect(() => {
    latest.current = {
      ...props,
      onChange: (text) => {
        echoes.current.push(text);
        props.onChange?.(text);
      },
    };
  });
  useTheme();
  useLayoutEffect(() => {
    if (!place.current) return;
    const made = createEditor(place.current, latest);
    editor.current = made;
    const { look = 'page', readOnly: fixed } = latest.current;
    const unwatch = look === 'page' && !fixed ? watchFaults(made.code) : undefined;
    return () => {
      unwatch?.();
      editor.current = undefined;
      made.dispose();
    };
  }, []);
  useEffect(() => {
    // What it was made with is there already: a letter that was typed before this ran must not be undone by it.
    if (given.current === value) return;
    given.current = value;
    if (isEcho(echoes.current, value) || !editor.current) return;
    if (editor.current.code.getValue() !== value) editor.current.replace(value);
  }, [value]);
  useEffect(() => {
    editor.current?.code.updateOptions({ readOnly, domReadOnly: readOnly });
  }, [readOnly]);
  useEffect(() => {
    if (editor.current) markProblem(editor.current.code, problem);
  }, [problem]);
  return <div ref={place} className={styles['place']} />;
}

/** True for a text that was typed here a moment ago and comes back: what was typed since must not be undone by it. */
function isEcho(echoes: string[], value: string): boolean {
  const at = echoes.indexOf(value);
  echoes.splice(0, at < 0 ? echoes.length : at + 1);
  return at >= 0;
}

function useTheme() {
  const scheme = useLook((look) => look.scheme);
  const accent = useLook((look) => look.accent);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the accent is read from the computed tokens
  useLayoutEffect(() => paintEditors(scheme), [scheme, accent]);
}
