import { parseTree } from './read-relations.ts';

/**
 * The columns that a SELECT from one relation names or computes itself, each with its expression; those that come by a
 * star are not among them. Nothing where the SELECT does more than that.
 */
export function ownTargets(written: string): ReadonlyMap<string, string> | undefined {
  const tree = parseTree(written) as { stmts?: { stmt?: { SelectStmt?: Select } }[] } | undefined;
  const select = tree?.stmts?.[0]?.stmt?.SelectStmt;
  if (!select) return undefined;
  const { targetList = [], fromClause = [], op = 'SETOP_NONE', ...rest } = select;
  const more = Object.keys(rest).filter((name) => name !== 'limitOption');
  const [only, ...others] = fromClause;
  if (op !== 'SETOP_NONE' || more.length > 0 || others.length > 0 || !only || !('RangeVar' in only))
    return undefined;
  const found = new Map<string, string>();
  for (const { ResTarget } of targetList) {
    const { name, val } = ResTarget ?? {};
    const field = val?.ColumnRef?.fields?.at(-1);
    if (field && 'A_Star' in field) continue;
    const plain = field?.String?.sval;
    const column = name ?? plain;
    if (column === undefined) return undefined;
    found.set(column, plain === undefined ? JSON.stringify(val, withoutPlaces) : `column ${plain}`);
  }
  return found;
}

interface Select {
  readonly op?: string;
  readonly targetList?: readonly {
    readonly ResTarget?: { readonly name?: string; readonly val?: Expression };
  }[];
  readonly fromClause?: readonly object[];
}

interface Expression {
  readonly ColumnRef?: { readonly fields?: readonly { readonly String?: { readonly sval?: string } }[] };
}

/** Where an expression stands in the text does not count. */
const withoutPlaces = (name: string, value: unknown): unknown =>
  /^(location|rexpr_list_(start|end))$/.test(name) ? undefined : value;
