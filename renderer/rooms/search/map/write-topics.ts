import type { Collection } from '../../../../shared/contract/search.ts';
import { engine } from '../../../engine.ts';
import { prompt } from '../../../ui/ask.tsx';
import { placeOf, type Question } from '../question.ts';
import { writeColumn } from '../write-column.ts';

/** Asks for a column and writes the topic of every row into it. */
export async function writeTopics(collection: string, table: string): Promise<void> {
  const column = await prompt({
    title: 'Write topics',
    says: `Each row of ${table} gets the name of its topic; rows between topics get null.`,
    label: 'Column',
    initial: 'topic',
    action: 'Write',
  });
  if (column === null) return;
  await writeColumn(table, column, (replace) => engine.search.writeTopics({ collection, column, replace }));
}

/** Asks for a column and a label, and writes the label for the rows of a drawn region or a topic. */
export async function labelDocuments({ name, table }: Collection, question: Question): Promise<void> {
  const column = await prompt({
    title: 'Label these documents',
    says: `The label is written into a column of ${table}; other rows keep what they have.`,
    label: 'Column',
    initial: 'label',
    action: 'Next',
  });
  if (column === null) return;
  const label = await prompt({ title: `Label for ${column}`, label: 'Label', action: 'Write' });
  if (label === null) return;
  const place = placeOf(name, question);
  const write = (replace: boolean) => engine.search.labelDocuments({ ...place, column, label, replace });
  await writeColumn(table, column, write, label);
}
