import { deciding, nowhere, type Reach, together } from './reach.ts';

/** Columns of a relation in order, each with how it came about. */
export type Columns = readonly (readonly [name: string, reach: Reach])[];

/** A relation that stands in FROM. */
export interface Relation {
  readonly alias: string;
  readonly columns: Columns;
  /** How those columns came about whose names are not known, as of a function that names its own. */
  readonly others?: Reach;
  /** Names that a star leaves out, because a join has put them together. */
  readonly joined?: readonly string[];
}

/** The columns of a relation that a star stands for. */
export const starred = ({ columns, joined = [] }: Relation): Columns =>
  columns.filter(([name]) => !joined.includes(name));

/** A node of PostgreSQL's syntax tree. */
export type Tree = Readonly<Record<string, unknown>>;

/** What names mean at a place of a query. */
export interface Scope {
  readonly relations: Relation[];
  readonly named: Map<string, Columns>;
  readonly outer: Scope | undefined;
  /** Columns of a table, a view or a step; nothing where it is not known. */
  readonly known: (schema: string | undefined, name: string) => Columns | undefined;
  /** Reads a whole SELECT within this scope. */
  readonly select: (tree: Tree, outer: Scope | undefined, base: Scope) => Columns;
}

/** A scope within another, which sees what the outer one has. */
export const within = (base: Scope, outer: Scope | undefined = base): Scope => ({
  ...base,
  relations: [],
  named: new Map(base.named),
  outer,
});

/** The columns of a relation by name: of WITH first, then of what is known outside. */
export function columnsNamed(scope: Scope, schema: string | undefined, name: string): Columns {
  const named = schema === undefined ? scope.named.get(name) : undefined;
  return named ?? scope.known(schema, name) ?? [];
}

/** What a name in an expression reaches; a relation's own name stands for its whole row. */
export function resolve(scope: Scope, path: readonly string[]): Reach {
  const column = path.at(-1) ?? '';
  const alias = path.at(-2);
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    const relations = alias === undefined ? at.relations : at.relations.filter((one) => one.alias === alias);
    const found = relations.flatMap(({ columns }) => columns.filter(([name]) => name === column));
    if (found.length > 0) return together(found.map(([, reach]) => reach));
    const others = (alias === undefined ? at.relations : relations).flatMap((one) => one.others ?? []);
    if (others.length > 0 && !isRelation(at, column, alias)) return together(others);
    const whole = alias === undefined ? at.relations.find((one) => one.alias === column) : undefined;
    if (whole) return together(whole.columns.map(([, reach]) => reach));
  }
  return nowhere;
}

const isRelation = (scope: Scope, name: string, alias: string | undefined): boolean =>
  alias === undefined && scope.relations.some((one) => one.alias === name);

/** Adds to every column what decided over its row. */
export const decidedBy = (columns: Columns, reaches: readonly Reach[]): Columns => {
  const decided = deciding(together(reaches));
  return decided.influence.size === 0
    ? columns
    : columns.map(([name, reach]) => [name, together([reach, decided])] as const);
};
