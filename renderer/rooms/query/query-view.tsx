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
import { usePinned, usePlans, useWriting } from './outcome.ts';
import { usePreviewed } from './preview-page.tsx';
import { pieceToRun, wholeText } from './query-text.ts';
import { QueryToolbar } from './query-toolbar.tsx';
import styles from './query-view.module.css';
import { Results } from './results.tsx';
import { offerQuery } from './runners.ts';
import { useQueryFile } from './use-query-file.ts';
import { useRunning } from './use-running.ts';
import { ValuesDialog } from './values-dialog.tsx';

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

type Editor = { current: EditorHandle | undefined };

function Query({ file }: { readonly file: ReturnType<typeof useQueryFile> }) {
  const { title } = useTab();
  const [sizes, setSizes] = useTabState<Sizes>('sizes', half);
  const [pinned] = usePinned();
  const [plans] = usePlans();
  const editor: Editor = useRef<EditorHandle | undefined>(undefined);
  const running = useRunning(title);
  const { outcome } = running;
  useCommands(file, editor, running);
  const problem = outcome.status === 'failed' ? outcome.problem : undefined;
  const reveal = () => {
    if (problem?.at?.position !== undefined) editor.current?.reveal(problem.at.position - 1);
  };
  const results = (
    <Results
      outcome={outcome}
      kept={pinned.length > 0 || plans.length > 0}
      onCancel={running.cancel}
      onReveal={reveal}
    />
  );
  return (
    <>
      <Splitter
        label="editor and results"
        direction="column"
        sizes={sizes}
        onSizes={setSizes}
        parts={[
          { id: 'editor', content: <Text file={file} editor={editor} running={running} />, min: 15 },
          { id: 'results', content: results, min: 10 },
        ]}
      />
      <ValuesDialog />
    </>
  );
}

function Text(props: {
  readonly file: ReturnType<typeof useQueryFile>;
  readonly editor: Editor;
  readonly running: ReturnType<typeof useRunning>;
}) {
  const { file, editor, running } = props;
  const { key, title } = useTab();
  const [, setPreviewed] = usePreviewed();
  const { outcome } = running;
  return (
    <div className={styles['part']}>
      <QueryToolbar running={outcome.status === 'running'} onCancel={running.cancel} />
      <OutsideChangeNotice file={`queries/${key}.sql`} change={file.outside} />
      <div className={styles['fill']}>
        <SqlEditor
          label={`SQL of ${title}`}
          value={file.text}
          onChange={file.setText}
          placeholder="select … — Ctrl+Enter runs the statement under the cursor"
          problem={outcome.status === 'failed' ? outcome.problem : undefined}
          onRest={setPreviewed}
          onReady={(handle) => {
            editor.current = handle;
            handle.focus();
          }}
        />
      </div>
    </div>
  );
}

/** Lets the commands reach this query. */
function useCommands(
  file: ReturnType<typeof useQueryFile>,
  editor: Editor,
  { run, explain, outcome }: ReturnType<typeof useRunning>,
) {
  const { id } = useTab();
  const { text, setText, saveAs } = file;
  const [, setWriting] = useWriting();
  const busy = outcome.status === 'running';
  useEffect(() => {
    const statement = () => pieceToRun(text, editor.current?.selection() ?? { from: 0, to: 0 });
    return offerQuery(id, {
      run: (what) => {
        if (!busy) void run(what === 'all' ? wholeText(text) : statement());
      },
      explain: (analyze) => {
        if (!busy) void explain(statement(), analyze);
      },
      insert: (more) => {
        const before = text.trimEnd();
        setText(before === '' ? more : `${before}${before.endsWith(';') ? '' : ';'}\n\n${more}`);
        editor.current?.focus();
      },
      toggleWriting: () => setWriting((writing) => !writing),
      saveAs,
      format: () => editor.current?.format(),
    });
  }, [id, text, setText, setWriting, saveAs, run, explain, busy, editor]);
}
