import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { type Document, isMap, isScalar, isSeq, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { problem, toProblem } from '../../../shared/problem.ts';
import { contractFiles, writeContract } from '../workspace/contract-files.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { writeWhole } from '../workspace/write-whole.ts';
import { pipelineFiles } from './dependents.ts';
import {
  entriesOfTable,
  type Place,
  placesInPipeline,
  referencesInRules,
  tableInReference,
  tableOfRecipe,
} from './named-in-files.ts';

/** A table or view that has another name now. */
export interface Renaming {
  readonly from: string;
  readonly to: string;
}

/** Changes a document where it names what was renamed, and tells whether it did. */
type Follow = (document: Document, moved: readonly Renaming[]) => boolean;

/**
 * Has files call tables and views as they are called now, wherever one is named by itself; all at once, so that two may
 * swap names. A file that cannot be written is told when the others are done.
 */
export async function renameInFiles(workspace: Workspace, moved: readonly Renaming[]): Promise<void> {
  if (moved.length === 0) return;
  const failed: { readonly file: string; readonly why: string }[] = [];
  for (const { file, follow } of await filesThatName(workspace)) {
    await renameInFile(file, follow, moved).catch((thrown: unknown) =>
      failed.push({ file: relative(workspace.path(), file), why: toProblem(thrown).message }),
    );
  }
  const [first] = failed;
  if (!first) return;
  const now = moved.map(({ from, to }) => `"${from}" is called "${to}" now`).join(', ');
  throw problem('bad_input', `${now}, but ${first.file} has the old name still. ${first.why}`, {
    hint: `Write the new name there. ${untilThen(first.file)}`,
    at: { file: first.file },
  });
}

const untilThen = (file: string) =>
  file.startsWith('imports')
    ? 'Until then an import by it makes a table of the old name, of which nothing is private.'
    : 'Until then columns that it calls private stay so, and its rules are not run.';

async function filesThatName(workspace: Workspace) {
  const of = (files: readonly string[], follow: Follow) => files.map((file) => ({ file, follow }));
  return [
    ...of(await contractFiles(workspace.path('checks')), at(namedInContract)),
    ...of(await pipelineFiles(workspace.path('pipelines')), at(placesInPipeline)),
    ...of(await pipelineFiles(workspace.path('pipeline-tests')), renameKeys(givenTables)),
    ...of(await contractFiles(workspace.path('imports')), at(tableOfRecipe)),
    ...of([workspace.path('assay.yaml')], renameKeys(tableSettings)),
  ];
}

async function renameInFile(file: string, follow: Follow, moved: readonly Renaming[]): Promise<void> {
  const text = await readFile(file, 'utf8');
  const document = parseDocument(text);
  if (document.errors.length === 0 && follow(document, moved)) await write(file, document, text);
}

/** `assay.yaml` keeps the lines that it has. */
const write = (file: string, document: Document, before: string): Promise<void> =>
  file.endsWith('assay.yaml') ? writeWhole(file, document.toString()) : writeContract(file, document, before);

const namedInContract = (content: unknown, table: string): readonly Place[] => [
  ...entriesOfTable(content, table),
  ...referencesInRules(content, table),
];

/** Names that are values; a schema before one stays, and so does the column of a reference. */
const at =
  (find: (content: unknown, table: string) => readonly Place[]): Follow =>
  (document, moved) => {
    const content: unknown = document.toJS();
    const found = moved.flatMap(({ from, to }) =>
      find(content, from).map((place) => {
        const written = String(document.getIn(place));
        const inReference = place.includes('relationships') ? tableInReference(written, from) : undefined;
        const start = inReference ?? written.length - from.length;
        return { place, now: written.slice(0, start) + to + written.slice(start + from.length) };
      }),
    );
    for (const { place, now } of found) document.setIn(place, now);
    return found.length > 0;
  };

/** Names that are keys; what stands under a new one already was of a table that is gone. */
const renameKeys =
  (maps: (document: Document) => readonly unknown[]): Follow =>
  (document, moved) =>
    maps(document)
      .filter((map) => isMap(map))
      .map((map) => renameKeysOf(map, moved))
      .includes(true);

function renameKeysOf(map: YAMLMap, moved: readonly Renaming[]): boolean {
  const named = moved.filter(({ from }) => map.has(from));
  if (named.length === 0) return false;
  const keyOf = ({ key }: Pair) => String(isScalar(key) ? key.value : key);
  const moves = (key: string) => named.find(({ from }) => from === key)?.to;
  const isTaken = (key: string) => named.some(({ to }) => to === key) && moves(key) === undefined;
  map.items = map.items.filter((pair) => !isTaken(keyOf(pair)));
  for (const { key } of map.items) {
    const to = isScalar(key) ? moves(String(key.value)) : undefined;
    if (isScalar(key) && to !== undefined) key.value = to;
  }
  return true;
}

const inEach = (list: unknown, name: string): readonly unknown[] =>
  isSeq(list) ? list.items.map((item) => isMap(item) && item.get(name)) : [];

/** Tests of pipelines give rows of tables by name. */
const givenTables = (document: Document) => inEach(document.get('tests'), 'given');

/** How a table goes to each target, and when its rules run, is kept under its name. */
const tableSettings = (document: Document) => [
  ...inEach(document.get('targets'), 'tables'),
  document.getIn(['checks', 'tables']),
];
