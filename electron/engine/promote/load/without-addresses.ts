import { rowColumn } from '../../../../shared/column.ts';
import { parseTree } from '../../query/parser.ts';

interface Found {
  readonly location: number;
  /** Stands by itself in the list of a SELECT that has others. */
  readonly spare: boolean;
}

/**
 * A view's SELECT, as PostgreSQL writes it, without the row addresses of this workspace where it only passes them on:
 * `select *` does, and promoted tables have none. The parser must be loaded.
 */
export function withoutAddresses(definition: string): string {
  let bytes = Buffer.from(definition);
  const spare = addressesIn(definition).filter((found) => found.spare);
  for (const { location } of spare.sort((a, b) => b.location - a.location)) {
    const after = bytes.subarray(location).toString();
    const own = new RegExp(`^[^,]*?${rowColumn}"?( AS "?${rowColumn}"?)?`).exec(after)?.[0] ?? '';
    const comma = /^\s*,\s*/.exec(after.slice(own.length))?.[0];
    const before = bytes.subarray(0, location).toString();
    const left = comma === undefined ? before.replace(/,\s*$/, '') : before;
    bytes = Buffer.from(left + after.slice(own.length + (comma?.length ?? 0)));
  }
  return bytes.toString();
}

/** Why a SELECT cannot be without them, if it cannot; `rowsOf` is a table whose rows it takes as they are. */
export const refusal = (written: string, rowsOf: string | undefined): string | undefined =>
  rowsOf !== undefined
    ? `it takes whole rows of ${rowsOf.replace(/^public\./, '')}, in which ${rowColumn} is, the row address of this workspace, which no promoted table has`
    : addressesIn(written).length > 0
      ? `it uses ${rowColumn}, the row address of this workspace, which no promoted table has`
      : undefined;

/** The tables, by the names that a SELECT gives them, of which it takes a row as one value: PostgreSQL writes `t.*` only for that. */
export function wholeRowsIn(written: string): readonly string[] {
  const places = new Map<string, string>();
  const whole: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [kind, inner] of Object.entries(node)) {
      if (kind === 'RangeVar') {
        const { schemaname = '', relname = '', alias } = inner as Relation;
        places.set(alias?.aliasname ?? relname, `${schemaname}.${relname}`);
      }
      const { fields = [] } = kind === 'ColumnRef' ? (inner as Starred) : {};
      const of = fields.at(-1)?.A_Star ? fields.at(-2)?.String?.sval : undefined;
      if (of !== undefined) whole.push(of);
      visit(inner);
    }
  };
  visit(parseTree(written));
  return whole.flatMap((name) => places.get(name) ?? []);
}

function addressesIn(written: string): Found[] {
  const found = new Map<number, Found>();
  const visit = (node: unknown, spare: boolean): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [kind, inner] of Object.entries(node)) {
      if (kind === 'ColumnRef') note(inner as Named, spare);
      else if (kind === 'targetList') for (const target of inner as Target[]) visitTarget(target, inner);
      else visit(inner, false);
    }
  };
  const visitTarget = ({ ResTarget: target }: Target, list: readonly unknown[]) => {
    const plain = target?.name === undefined || target.name === rowColumn;
    visit(target?.val, plain && list.length > 1);
  };
  const note = ({ fields, location = 0 }: Named, spare: boolean) => {
    if (fields?.at(-1)?.String?.sval === rowColumn) found.set(location, { location, spare });
  };
  visit(parseTree(written), false);
  return [...found.values()];
}

interface Named {
  readonly fields?: readonly { readonly String?: { readonly sval?: string } }[];
  readonly location?: number;
}

interface Starred {
  readonly fields?: readonly { readonly A_Star?: unknown; readonly String?: { readonly sval?: string } }[];
}

interface Relation {
  readonly schemaname?: string;
  readonly relname?: string;
  readonly alias?: { readonly aliasname?: string };
}

interface Target {
  readonly ResTarget?: { readonly name?: string; readonly val?: unknown };
}
