import { mostInName } from './contract/search.ts';

/** The name of a table's collection where none is given: the table's where it may be a collection's, else one made of it. */
export function collectionName(table: string): string {
  const name = table.replace(/\W+/g, '_').slice(0, mostInName);
  if (/^[A-Za-z_]/.test(name)) return name;
  return `_${name}`.slice(0, mostInName);
}

/** What the task that fills a collection is called; a table may have several. */
export const embeddingTitle = (collection: string): string => `Embedding ${collection}`;
