import { type KeyboardEvent, type Ref, useEffect, useId, useMemo, useState } from 'react';
import { useExplorer } from '../explorer/use-explorer.ts';
import { focusOpened } from '../frame/panes.ts';
import { Kbd } from '../ui/kbd.tsx';
import { type Entry, type EntryGroup, paletteGroups } from './entries.ts';
import { showOverlay } from './overlay.ts';
import styles from './palette.module.css';
import { ranked } from './rank.ts';

const mostOfGroup = 40;
const page = 8;

function choose(entry: Entry | undefined) {
  if (!entry) return;
  showOverlay(null, entry.goes);
  entry.run();
  if (entry.goes) focusOpened();
}

/** What is listed: by group while nothing is typed, else what fits, best first. */
function useFound(typed: string): readonly EntryGroup[] {
  const explorer = useExplorer();
  const groups = useMemo(() => paletteGroups(explorer), [explorer]);
  return useMemo(() => {
    if (!typed.trim())
      return groups.map((group) => ({ ...group, entries: group.entries.slice(0, mostOfGroup) }));
    const all = groups.flatMap(({ entries }) => entries);
    return [{ title: '', entries: ranked(all, typed) }];
  }, [groups, typed]);
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };

/** Where a key leads in a list of `length`; single steps go around the ends. */
function nextPlace(key: string, at: number, length: number): number | undefined {
  const by = steps[key];
  if (by === undefined || length === 0) return undefined;
  return Math.abs(by) === 1 ? (at + by + length) % length : Math.max(0, Math.min(length - 1, at + by));
}

function Line(props: {
  readonly entry: Entry;
  readonly id: string;
  readonly chosen: boolean;
  readonly aside: boolean;
}) {
  const { entry, id, chosen, aside } = props;
  const { title, icon: Icon, shortcut } = entry;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus
    <div
      role="option"
      id={id}
      aria-selected={chosen}
      className={styles['entry']}
      onClick={() => choose(entry)}
    >
      <span className={styles['icon']}>{Icon && <Icon aria-hidden />}</span>
      <span className={styles['title']}>{title}</span>
      {aside && entry.aside && <span className={styles['aside']}>{entry.aside}</span>}
      {shortcut && <Kbd keys={shortcut} />}
    </div>
  );
}

function List(props: {
  readonly id: string;
  readonly groups: readonly EntryGroup[];
  readonly chosen: Entry | undefined;
  readonly idOf: (entry: Entry) => string;
}) {
  return (
    <div role="listbox" id={props.id} aria-label="Commands and objects" className={styles['list']}>
      {props.groups.map(({ title, entries }) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset
        <div key={title} role="group" aria-label={title || 'Found'}>
          {title && (
            <p aria-hidden className={styles['heading']}>
              {title}
            </p>
          )}
          {entries.map((entry) => (
            <Line
              key={entry.id}
              entry={entry}
              id={props.idOf(entry)}
              chosen={entry === props.chosen}
              aside={title === '' || title === 'Actions'}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

/** The palette's field and its list. */
export function PaletteSearch({ input }: { readonly input: Ref<HTMLInputElement> }) {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const groups = useFound(typed);
  const entries = groups.flatMap((group) => group.entries);
  const chosen = entries[Math.min(at, entries.length - 1)];
  const idOf = (entry: Entry) => `${id} ${entry.id}`.replace(/\s/g, '_');
  const chosenId = chosen && idOf(chosen);

  useEffect(() => {
    if (chosenId) document.getElementById(chosenId)?.scrollIntoView({ block: 'nearest' });
  }, [chosenId]);

  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextPlace(event.key, at, entries.length);
    if (event.nativeEvent.isComposing || (next === undefined && event.key !== 'Enter')) return;
    event.preventDefault();
    if (next === undefined) choose(chosen);
    else setAt(next);
  };

  return (
    <>
      <input
        ref={input}
        role="combobox"
        aria-label="Commands and objects"
        aria-expanded
        aria-controls={`${id}list`}
        aria-activedescendant={chosenId}
        autoComplete="off"
        spellCheck={false}
        placeholder="Do something, or go to a table, pipeline, query…"
        className={styles['input']}
        value={typed}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
      />
      <List id={`${id}list`} groups={groups} chosen={chosen} idOf={idOf} />
      {entries.length === 0 && <p className={styles['none']}>Nothing is called that.</p>}
    </>
  );
}
