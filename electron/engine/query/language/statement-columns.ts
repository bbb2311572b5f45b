import type { Column } from '../../../../shared/column.ts';
import { relationNamed } from './known-catalog.ts';
import type { Place } from './place.ts';
import { namesIn, relationsOf } from './relations.ts';
import { type Group, isName, isSign, isWord, type Node } from './sql-tree.ts';

/** Columns of a table that a statement names otherwise than by FROM, and that are not given yet; nothing at other places. */
export function statementColumns(place: Place): readonly Column[] | undefined {
  return alteredColumns(place) ?? copiedColumns(place);
}

/** The row that was to be inserted, as ON CONFLICT names it. */
export function excludedColumns({ branch, scope }: Place): readonly Column[] | undefined {
  if (!branch.some(({ kind }) => kind === 'conflict')) return undefined;
  return relationsOf(
    branch.filter(({ kind }) => kind === 'insert'),
    scope,
  )[0]?.columns;
}

/** After `alter table t drop column`, also with IF EXISTS, and after its like. */
function alteredColumns({ branch, before, clause, scope }: Place): readonly Column[] | undefined {
  const isAlter = isWord(branch[0]?.nodes[0], 'alter') && clause === 'from';
  const ends = isWord(before.at(-1), 'exists') ? before.slice(0, -2) : before;
  if (!isAlter || !isWord(ends.at(-1), 'column') || !isWord(ends.at(-2), 'drop', 'alter', 'rename'))
    return undefined;
  const named = before.filter((node) => !isWord(node, 'if', 'exists', 'only'));
  return withoutAddress(relationAt(named, scope.catalog));
}

/** In the brackets of `copy t (…)`. */
function copiedColumns({ before, clause, at, scope }: Place): readonly Column[] | undefined {
  if (clause !== 'start' || !isWord(before[0], 'copy')) return undefined;
  const list = before.at(-1);
  if (list?.is !== 'group' || before.some((node) => isWord(node, 'from', 'to'))) return undefined;
  if (list.closed && at >= list.stop) return undefined;
  const given = namesBefore(list, at);
  return withoutAddress(relationAt(before.slice(1), scope.catalog))?.filter(
    ({ name }) => !given.includes(name),
  );
}

/** What is being written is no name that was given. */
const namesBefore = (list: Group, at: number): readonly string[] =>
  namesIn({ ...list, nodes: list.nodes.filter(({ stop }) => stop < at) });

function relationAt(nodes: readonly Node[], catalog: Place['scope']['catalog']) {
  const [first, dot, second] = nodes;
  if (!isName(first)) return undefined;
  const isQualified = isSign(dot, '.') && isName(second);
  return isQualified
    ? relationNamed(catalog, first.name, second.name)
    : relationNamed(catalog, undefined, first.name);
}

const withoutAddress = (relation: { readonly columns: readonly Column[] } | undefined) =>
  relation?.columns.filter(({ name }) => name !== '_row');
