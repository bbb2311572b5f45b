import { Bookmark, Trash2 } from 'lucide-react';
import type { Collection, SavedSearchFile } from '../../../shared/contract/search.ts';
import { ProblemError } from '../../../shared/problem.ts';
import { engine } from '../../engine.ts';
import { confirm, prompt } from '../../ui/ask.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import { toast, toastProblem } from '../../ui/toast.tsx';
import { useEngine } from '../../use-engine.ts';
import { keptFilters } from './kept-filters.ts';
import { askedOf, asksSomething, type Question, questionOf } from './question.ts';

/** Keeps what is asked as a text file, and asks again what was kept. */
export function SavedSearches(props: {
  readonly collection: Collection;
  readonly question: Question;
  readonly onAsk: (question: Question) => void;
}) {
  const { collection, question, onAsk } = props;
  const { data = [] } = useEngine('search', 'savedSearches', {});
  const here = data.filter(({ search }) => search === undefined || search.collection === collection.name);
  const open = ({ name, search, problem }: SavedSearchFile): MenuItem => ({
    label: name,
    run: () => {
      if (search) onAsk(withoutLost(questionOf(search), collection.metadataColumns));
      else if (problem) toastProblem(new ProblemError(problem), `${name} cannot be read`);
    },
  });
  const remove = ({ name }: SavedSearchFile): MenuItem => ({
    label: `Remove ${name}…`,
    icon: Trash2,
    danger: true,
    run: () => void removeSearch(name),
  });
  const save: MenuItem = {
    label: 'Save this search…',
    icon: Bookmark,
    disabled: !asksSomething(question),
    run: () => void saveSearch(collection.name, question),
  };
  const items = here.length === 0 ? [save] : [...here.map(open), 'line' as const, save, ...here.map(remove)];
  return <Menu trigger={<IconButton label="Saved searches" icon={Bookmark} />} items={items} />;
}

/** A filter by what the collection has not kept would find nothing; that it is left out is told. */
function withoutLost(question: Question, keys: readonly string[]): Question {
  const { kept, lost } = keptFilters(question.filter, keys);
  if (lost.length > 0)
    toast({
      tone: 'warn',
      title: `Opened without its filter by ${lost.join(', ')}`,
      detail: 'The collection has no such metadata any more.',
    });
  return { ...question, filter: kept };
}

async function saveSearch(collection: string, question: Question): Promise<void> {
  const name = await prompt({
    title: 'Save this search',
    says: 'The question, its mode, filters and examples are kept as a text file in searches/; one of this name is written over.',
    label: 'Name',
    initial: question.text.trim().slice(0, 60),
    action: 'Save',
  });
  if (name === null) return;
  const { limit: _, ...asked } = askedOf(collection, question);
  try {
    await engine.search.saveSearch({ name: name.trim(), search: { version: 1, ...asked, collection } });
    toast({ tone: 'ok', title: `Saved: ${name.trim()}`, detail: `searches/${name.trim()}.yaml` });
  } catch (thrown) {
    toastProblem(thrown, 'Not saved');
  }
}

async function removeSearch(name: string): Promise<void> {
  const yes = await confirm({ title: `Remove the search ${name}?`, action: 'Remove', danger: true });
  if (yes !== true) return;
  await engine.search.removeSearch({ name }).catch((thrown) => toastProblem(thrown, 'Not removed'));
}
