import { useCallback } from 'react';
import { engine } from '../../engine.ts';
import { prompt } from '../../ui/ask.tsx';
import { useEngine } from '../../use-engine.ts';
import { askToOverwrite, useOutsideChange } from '../../workspace/outside-change.tsx';
import { useTab, useTabState, useUnsaved } from '../../workspace/tab-state.ts';
import { changeTab, rekeyTab, setTabState, tabId } from '../../workspace/tabs.ts';
import { isNewQuery } from './new-query.ts';

const unchanged: string | null = null;

/** The text of a tab's query, saved or not, and how to save it. */
export function useQueryFile() {
  const { id, key, data } = useTab();
  const isNew = isNewQuery(data);
  const files = useEngine('query', 'list', {});
  const file = isNew ? undefined : files.data?.find(({ name }) => name === key);
  const [edited, setEdited] = useTabState<string | null>('text', unchanged);
  const saved = isNew ? data.text : file?.text;
  const text = edited ?? saved ?? '';
  const unsaved = edited !== null && edited !== (isNew ? '' : saved);

  const outside = useOutsideChange(isNew ? undefined : saved, edited, setEdited);
  const { changed } = outside;

  const saveAs = useCallback(async () => {
    const name = await askName(isNew ? '' : key, files.data?.map((other) => other.name) ?? []);
    if (!name) return;
    await engine.query.save({ name, text });
    setTabState(id, 'text', null);
    if (name !== key) rekeyTab({ kind: 'query', key }, { key: name, title: name });
    changeTab(tabId({ kind: 'query', key: name }), { data: null });
  }, [id, key, isNew, text, files.data]);

  const save = useCallback(async () => {
    if (isNew) return saveAs();
    if (changed) await askToOverwrite(`queries/${key}.sql`);
    await engine.query.save({ name: key, text });
    setTabState(id, 'text', null);
  }, [id, key, isNew, text, saveAs, changed]);

  useUnsaved(unsaved, save);
  const missing = !isNew && files.data !== undefined && file === undefined && edited === null;
  return {
    text,
    outside,
    setText: setEdited,
    saveAs,
    isNew,
    missing,
    problem: files.problem,
    ready: isNew || files.data !== undefined,
  };
}

function askName(initial: string, taken: readonly string[]): Promise<string | null> {
  return prompt({
    title: 'Save query',
    says: 'It becomes a text file in the folder queries.',
    label: 'Name',
    initial,
    action: 'Save',
    validate: (name) => {
      if (/[/\\:*?"<>|]|^\.|\.$/.test(name)) return 'Use letters, digits, spaces, - and _.';
      const clash = taken.some((other) => other.toLowerCase() === name.toLowerCase() && other !== initial);
      return clash ? `There is a query "${name}" already.` : undefined;
    },
  });
}
