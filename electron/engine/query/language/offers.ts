import type { Offer } from '../../../../shared/contract/query-language.ts';
import { conditionsOffered, joinsOffered, sharedColumns } from './join-offers.ts';
import { afterOperand, afterRelation, clauseWords, expressionWords, startWords } from './keywords.ts';
import { type KnownCatalog, relationNamed, written } from './known-catalog.ts';
import { columnsOf, columnsOffered, functionsOffered, relationsOffered } from './name-offers.ts';
import { columnsOf as queryColumns } from './output-columns.ts';
import { type Place, qualifiers } from './place.ts';
import { namesIn } from './relations.ts';
import { listed } from './select-list.ts';
import { isSign, isWord, type Node } from './sql-tree.ts';
import { excludedColumns, statementColumns } from './statement-columns.ts';

/** Everything that may stand at a place, the likeliest first; `begun` where letters of it are there already. */
export function offersAt(text: string, place: Place, begun: boolean): readonly Offer[] {
  const { before, scope, clause, groups, cte } = place;
  const { catalog } = scope;
  const path = qualifiers(before);
  const excluded = path.length === 1 && path[0] === 'excluded' ? excludedColumns(place) : undefined;
  if (excluded)
    return ungiven(
      excluded.filter(({ name }) => name !== '_row'),
      [],
      place,
    );
  if (path.length > 0) return qualified(path, place);
  if (isSign(before.at(-1), '.')) return [];
  const named = statementColumns(place);
  if (named) return ungiven(named, [], place);
  if (cte?.body)
    return ungiven(queryColumns(cte.body, scope), cte.columns ? namesIn(cte.columns) : [], place);
  if (expectsType(place)) return catalog.types.map((label) => ({ label, kind: 'type' }));
  if (isWord(before.at(-1), 'as') && clause !== 'with') return [];
  if (clause === 'start') return before.length === 0 ? words(startWords) : allWords(catalog, begun);
  if (groups.length === 0 && reads.has(clause)) return relationPlace(place, begun);
  if (clause === 'insert' && groups.length === 1) return targetColumns(place);
  if (clause === 'conflict' && groups.length === 1) return targetColumns(place);
  if (clause === 'using') return sharedColumns(place);
  if (clause === 'set' && groups.length === 0 && startsAssignment(before)) return targetColumns(place);
  return expressionPlace(text, place, begun);
}

const reads = new Set(['from', 'join', 'update', 'insert', 'merge']);
const words = (list: readonly string[]): Offer[] => list.map((label) => ({ label, kind: 'keyword' }));

const allWords = ({ keywords }: KnownCatalog, begun: boolean): Offer[] => (begun ? words(keywords) : []);

/** After `orders.` the columns of that alias; after `public.` what the schema holds. */
function qualified(path: readonly string[], { scope, clause }: Place): readonly Offer[] {
  const { catalog } = scope;
  const owner = path.at(-1) ?? '';
  const known = path.length > 1 ? relationNamed(catalog, path.at(-2), owner) : undefined;
  for (let at: typeof scope | undefined = scope; at && !known; at = at.outer) {
    const relation = at.relations.find(({ alias }) => alias === owner);
    if (relation && !(reads.has(clause) && catalog.relations.some(({ schema }) => schema === owner)))
      return columnsOf(relation, catalog);
  }
  if (known) return known.columns.map(({ name, type }) => columnOffer(catalog, name, type));
  return catalog.relations
    .filter(({ schema }) => schema === owner)
    .map(({ name, kind, columns }) => ({
      label: name,
      insert: written(catalog, name),
      kind,
      detail: `${columns.length} columns`,
    }));
}

const columnOffer = (catalog: KnownCatalog, name: string, type: string): Offer => ({
  label: name,
  insert: written(catalog, name),
  kind: 'column',
  detail: type,
});

const ungiven = (
  columns: readonly { name: string; type: string }[],
  given: readonly string[],
  { scope }: Place,
): readonly Offer[] =>
  columns
    .filter(({ name }) => !given.includes(name))
    .map(({ name, type }) => columnOffer(scope.catalog, name, type));

function targetColumns({ scope, groups, before, clause }: Place): readonly Offer[] {
  const [target] = scope.relations;
  const [group] = groups;
  const given = group
    ? namesIn(group)
    : before.flatMap((node, at) => (isSign(before[at + 1], '=') && node.is === 'leaf' ? [node.name] : []));
  if (!target) return [];
  const columns = target.columns.filter(({ name }) => name !== '_row' || clause === 'conflict');
  return ungiven(columns, given, { scope } as Place);
}

const startsAssignment = (before: readonly Node[]) => before.length === 0 || isSign(before.at(-1), ',');

const expectsType = ({ before, call }: Place) =>
  (isSign(before.at(-1), ':') && isSign(before.at(-2), ':')) ||
  (isWord(before.at(-1), 'as') && call?.name === 'cast');

function relationPlace(place: Place, begun: boolean): readonly Offer[] {
  const { before, scope, clause } = place;
  const last = before.at(-1);
  const fresh = before.length === 0 || isSign(last, ',') || isWord(last, 'lateral', 'only');
  if (!fresh) {
    if (clause === 'insert') return words(['values', 'select', 'default values', 'overriding system value']);
    if (clause === 'update') return words(['set', 'as']);
    return [...words(afterRelation(clause)), ...allWords(scope.catalog, begun)];
  }
  if (clause === 'join') return [...joinsOffered(place), ...relationsOffered(place)];
  return relationsOffered(place);
}

function expressionPlace(text: string, place: Place, begun: boolean): readonly Offer[] {
  const { before, clause, scope } = place;
  const rest = allWords(scope.catalog, begun);
  if (afterOperand(before)) return [...words(clauseWords(clause)), ...rest];
  const first = clause === 'on' && before.length === 0 ? conditionsOffered(place) : [];
  return [
    ...first,
    ...listed(text, place),
    ...columnsOffered(place),
    ...functionsOffered(place, begun),
    ...words(expressionWords),
    ...rest,
  ];
}
