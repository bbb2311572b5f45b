import { parseTree } from './read-relations.ts';

/** Parts of PostgreSQL's parse tree of which is told, column by column, what a row follows from. */
const plainParts: ReadonlySet<string> = new Set(
  [
    ['SelectStmt', 'ResTarget', 'RangeVar', 'JoinExpr', 'SortBy', 'WindowDef', 'List'],
    ['ColumnRef', 'A_Star', 'A_Const', 'String', 'Integer', 'Float', 'Boolean', 'TypeName'],
    ['A_Expr', 'BoolExpr', 'NullTest', 'BooleanTest', 'CaseExpr', 'CaseWhen', 'CoalesceExpr', 'MinMaxExpr'],
    ['FuncCall', 'NamedArgExpr', 'TypeCast', 'CollateClause', 'A_ArrayExpr', 'A_Indirection', 'A_Indices'],
    ['SQLValueFunction', 'GroupingFunc', 'GroupingSet'],
  ].flat(),
);

/** Members by which a SELECT is several, or a column has a name that no column of a table has. */
const several: ReadonlySet<string> = new Set([
  ...['withClause', 'valuesLists', 'usingClause', 'isNatural', 'join_using_alias', 'colnames'],
]);

/**
 * True for an expression or a SELECT of one level over tables as they are. What is written otherwise (SELECTs within,
 * WITH, UNION, functions that make rows) is not pruned column by column: there anything may decide over rows.
 */
export function isPlain(written: string): boolean {
  const tree = parseTree(written) ?? parseTree(`select ${written}`);
  return tree !== undefined && plainly(tree);
}

const plainly = (node: unknown): boolean =>
  typeof node !== 'object' ||
  node === null ||
  Object.entries(node).every(
    ([key, inner]) =>
      !several.has(key) &&
      !(key === 'op' && inner !== 'SETOP_NONE') &&
      (!/^[A-Z]/.test(key) || plainParts.has(key)) &&
      plainly(inner),
  );
