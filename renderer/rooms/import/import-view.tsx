import { useEffect } from 'react';
import { engine } from '../../engine.ts';
import { runCommandById } from '../../palette/all-commands.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { type Sizes, Splitter } from '../../ui/splitter.tsx';
import { toastProblem } from '../../ui/toast.tsx';
import { useEngine } from '../../use-engine.ts';
import { useTab, useTabState } from '../../workspace/tab-state.ts';
import { changeTab } from '../../workspace/tabs.ts';
import { FileList, ImportSign } from './file-list.tsx';
import { FileRoom } from './file-room.tsx';
import { type FilePlan, useOutcomes, usePlans } from './plan.ts';

const none: readonly string[] = [];
const initialSizes: Sizes = { files: 20, file: 80 };

const pathsOf = (data: unknown): readonly string[] =>
  (data as { readonly paths?: readonly string[] } | null)?.paths ?? none;

interface Again {
  readonly table: string;
  readonly recipe: string;
}

const againOf = (data: unknown) => (data as { readonly again?: Again } | null)?.again;

/** The plan of a file that is imported again: what its recipe says. */
async function planAgain({ table, recipe }: Again): Promise<FilePlan> {
  const { source: _source, ...choices } = await engine.import.recipe({ recipe });
  return { ...choices, table, mode: 'replace', recipe };
}

/** The files a tab was opened with, collected over time. */
function useFiles() {
  const { id, data } = useTab();
  const [files, setFiles] = useTabState('files', none);
  const [current, setCurrent] = useTabState<string | null>('current', null);
  const [, setOutcomes] = useOutcomes();
  const [, setPlans] = usePlans();
  useEffect(() => {
    const given = pathsOf(data);
    if (given.length === 0) return;
    const show = () => {
      setFiles((known) => [...known, ...given.filter((path) => !known.includes(path))]);
      setOutcomes((all) => Object.fromEntries(Object.entries(all).filter(([path]) => !given.includes(path))));
      setCurrent(given[0] ?? null);
    };
    changeTab(id, { data: null });
    const [path] = given;
    const again = againOf(data);
    if (!again || !path) return show();
    // Not shown before its plan is there: that would take the place of what was typed meanwhile.
    void planAgain(again)
      .then((plan) => setPlans((all) => ({ ...all, [path]: plan })), toastProblem)
      .then(show);
  }, [id, data, setFiles, setCurrent, setOutcomes, setPlans]);
  return { files, setFiles, current, setCurrent };
}

/** From files to tables: choose, look, correct, load. */
export default function ImportView() {
  const { files, setFiles, current, setCurrent } = useFiles();
  const [sizes, setSizes] = useTabState<Sizes>('sizes', initialSizes);
  const found = useEngine('files', 'list', {}, { also: ['import'] });
  const others = (found.data ?? []).filter(({ path }) => !files.includes(path));
  const shown = current ?? files[0] ?? others[0]?.path;
  if (shown === undefined) {
    const action = {
      label: 'Choose files…',
      run: () => void runCommandById('import.choose'),
      shortcut: 'Mod+I',
    };
    return (
      <EmptyState icon={ImportSign} says="Drop files or folders here, or choose them." action={action} />
    );
  }
  const list = (
    <FileList
      chosen={files}
      others={others}
      current={shown}
      onOpen={setCurrent}
      onRemove={(path) => {
        setFiles((known) => known.filter((other) => other !== path));
        if (path === current) setCurrent(null);
      }}
    />
  );
  return (
    <Splitter
      label="files and file"
      direction="row"
      sizes={sizes}
      onSizes={setSizes}
      parts={[
        { id: 'files', content: list, size: 220, min: '150px' },
        { id: 'file', content: <FileRoom key={shown} path={shown} />, min: 40 },
      ]}
    />
  );
}
