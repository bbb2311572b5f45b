import { useEffect, useRef } from 'react';
import type { EditorHandle } from '../../editor/editor-handle.ts';
import { SqlEditor } from '../../editor/sql-editor.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemView } from '../../ui/problem-view.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { type Sizes, Splitter } from '../../ui/splitter.tsx';
import { OutsideChangeNotice } from '../../workspace/outside-change.tsx';
import { useTab, useTabState } from '../../workspace/tab-state.ts';
import { dropTab } from '../../workspace/tabs.ts';
import { pieceToRun, wholeText } from './query-text.ts';
import { QueryToolbar } from './query-toolbar.tsx';
import styles from './query-view.module.css';
import { Results } from './results.tsx';
import { offerQuery } from './runners.ts';
import { useQueryFile } from './use-query-file.ts';
import { useRunning } from './use-running.ts';

const half: Sizes = { editor: 42, results: 58 };

/** SQL above, what it gives below. */
export default function QueryView() {
  const { id, key } = useTab();
  const file = useQueryFile();
  if (file.problem) return <ProblemView problem={file.problem} />;
  if (!file.ready) return <Skeleton />;
  if (file.missing) {
    const action = { label: 'Close the tab', run: () => dropTab(id) };
    return <EmptyState says={`The file queries/${key}.sql is not there any more.`} action={action} />;
  }
  return <Query file={file} />;
}

function Query({ file }: { readonly file: ReturnType<typeof useQueryFile> }) {
  const { key, title } = useTab();
  const [sizes, setSizes] = useTabState<Sizes>('sizes', half);
  const editor = useRef<EditorHandle | undefined>(undefined);
  const running = useRunning(title);
  const { outcome } = running;
  useCommands(file, editor, running);
  const problem = outcome.status === 'failed' ? outcome.problem : undefined;
  const reveal = () => {
    if (problem?.at?.position !== undefined) editor.current?.reveal(problem.at.position - 1);
  };
  const sql = (
    <div className={styles['part']}>
      <QueryToolbar running={outcome.status === 'running'} onCancel={running.cancel} />
      <OutsideChangeNotice file={`queries/${key}.sql`} change={file.outside} />
      <div className={styles['fill']}>
        <SqlEditor
          label={`SQL of ${title}`}
          value={file.text}
          onChange={file.setText}
          placeholder="select … — Ctrl+Enter runs the statement under the cursor"
          problem={problem}
          onReady={(handle) => {
            editor.current = handle;
            handle.focus();
          }}
        />
      </div>
    </div>
  );
  return (
    <Splitter
      label="editor and results"
      direction="column"
      sizes={sizes}
      onSizes={setSizes}
      parts={[
        { id: 'editor', content: sql, min: 15 },
        {
          id: 'results',
          content: <Results outcome={outcome} onCancel={running.cancel} onReveal={reveal} />,
          min: 10,
        },
      ]}
    />
  );
}

/** Lets the commands reach this query: run, run all, save under another name. */
function useCommands(
  file: ReturnType<typeof useQueryFile>,
  editor: { readonly current: EditorHandle | undefined },
  { run, outcome }: ReturnType<typeof useRunning>,
) {
  const { id } = useTab();
  const { text, saveAs } = file;
  const busy = outcome.status === 'running';
  useEffect(
    () =>
      offerQuery(id, {
        run: (what) => {
          if (busy) return;
          const selection = editor.current?.selection() ?? { from: 0, to: 0 };
          void run(what === 'all' ? wholeText(text) : pieceToRun(text, selection));
        },
        saveAs,
        format: () => editor.current?.format(),
      }),
    [id, text, saveAs, run, busy, editor],
  );
}
