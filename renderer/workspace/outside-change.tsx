import { useEffect } from 'react';
import { problem } from '../../shared/problem.ts';
import { confirm } from '../ui/ask.tsx';
import { Notice } from '../ui/notice.tsx';
import { useTabState } from './tab-state.ts';

/** What somebody else did to the file of an edited tab, and the ways on. */
export interface OutsideChange {
  /** True while the file is no longer what the changes of this tab were made on. */
  readonly changed: boolean;
  readonly takeTheirs: () => void;
  readonly keepMine: () => void;
}

const unknown: string | null = null;

/** Watches whether the file of this tab changed under unsaved work; a tab whose work is none just shows the file anew. */
export function useOutsideChange<T>(
  saved: T | undefined,
  draft: T | null,
  setDraft: (draft: null) => void,
): OutsideChange {
  const [base, setBase] = useTabState<string | null>('base', unknown);
  const theirs = saved === undefined ? null : JSON.stringify(saved);
  const mine = draft === null ? null : JSON.stringify(draft);
  const moved = mine !== null && base !== null && theirs !== null && theirs !== base;
  const reload = moved && (mine === base || mine === theirs);
  useEffect(() => {
    if (mine === null) setBase(null);
    else if (base === null && theirs !== null) setBase(theirs);
    else if (reload) setDraft(null);
  }, [mine, base, theirs, reload, setBase, setDraft]);
  return { changed: moved && !reload, takeTheirs: () => setDraft(null), keepMine: () => setBase(theirs) };
}

/** Asks before unsaved work is written over what somebody else wrote; a no ends the saving. */
export async function askToOverwrite(file: string): Promise<void> {
  const how = await confirm({
    title: `Write over ${file}?`,
    says: 'It was changed outside since you began to edit it. Saving puts your version in its place.',
    action: 'Write over it',
    danger: true,
  });
  if (how !== true) throw problem('cancelled', `${file} was left as it is.`);
}

/** Says that the file changed outside, and lets the person choose. */
export function OutsideChangeNotice(props: { readonly file: string; readonly change: OutsideChange }) {
  const { file, change } = props;
  if (!change.changed) return null;
  return (
    <Notice
      tone="warn"
      action={{ label: 'Load the file', run: change.takeTheirs }}
      other={{ label: 'Keep my changes', run: change.keepMine }}
    >
      {file} was changed outside while you were editing it.
    </Notice>
  );
}
