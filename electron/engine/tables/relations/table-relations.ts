import { canBeRelated, typeFamily, userColumns } from '../../../../shared/column.ts';
import type { Relations } from '../../../../shared/contract/relations.ts';
import { toProblem } from '../../../../shared/problem.ts';
import { ident, sql } from '../../../../shared/sql.ts';
import { columnsOfView, filtersKey, sameInCopy, type View } from '../../../../shared/view/view.ts';
import type { CallContext } from '../../../../shared/wire.ts';
import type { Copies, Looked } from '../../columns/copies.ts';
import type { CopiedColumn, Copy } from '../../columns/copy.ts';
import type { Columnar } from '../../columns/duck-files.ts';
import type { Database, Session } from '../../database/database.ts';
import { columnsNamed, type KnownTable } from '../../database/known-table.ts';
import { askedOfCopy, askedOfPostgres, textsOf } from '../profile/asked.ts';
import type { Asked } from '../profile/profile-column.ts';
import { copiedFirst, countRows, type Scope } from '../profile/profile-table.ts';
import { copyReading, postgresReading, type Reading } from '../profile/readings.ts';
import { numericText } from './numeric-text.ts';
import { broughtForward, type Related, relate } from './relate.ts';

const mostKept = 8;

/** What columns have to do with one another; kept until the table changes. */
export class TableRelations {
  readonly #database: Database;
  readonly #copies: Copies;
  readonly #kept = new Map<string, Relations>();

  constructor(database: Database, copies: Copies) {
    this.#database = database;
    this.#copies = copies;
  }

  async of(
    { table: name, columns: wanted, filters, about }: Scope & { readonly about?: string | undefined },
    context: CallContext,
  ): Promise<Relations> {
    const title = `Comparing the columns of ${name}`;
    const looked = await this.#copies.lookOrCopy(name, copiedFirst, context.signal, (done, total) =>
      context.progress({ title: `Copying ${name} to compare its columns`, done, total, unit: 'rows' }),
    );
    const { table } = looked;
    const view: View = { sort: [], filters: [...filters] };
    columnsOfView(name, table.columns, view);
    const asked = wanted ? columnsNamed(table, wanted) : userColumns(table.columns);
    const columns = broughtForward(asked, about);
    const front = columns === asked ? null : about;
    const key = JSON.stringify([name, table.state, wanted, front, filtersKey(filters)]);
    const kept = this.#kept.get(key);
    if (kept) return kept;
    context.progress({ title, done: 0, unit: 'rows' });
    const narrowed = { ...looked, table: { ...table, columns } };
    const rows = await countRows(this.#database, this.#copies, looked, view);
    const found = await this.#relate(narrowed, view, rows, title, context.signal);
    this.#kept.set(key, found);
    for (const old of this.#kept.keys()) {
      if (this.#kept.size <= mostKept) break;
      this.#kept.delete(old);
    }
    return found;
  }

  /** From the copy where it has every column and gives PostgreSQL's own rows; else in one turn of PostgreSQL. */
  async #relate(
    { table, copy }: Looked,
    view: View,
    rows: number,
    title: string,
    signal: AbortSignal,
  ): Promise<Relations> {
    const whole = copy && table.columns.every(({ name }) => isToldInCopy(copy.columns.get(name)));
    if (whole && sameInCopy(view, (name) => copy.columns.get(name))) {
      try {
        return await this.#copies.files.use(signal, (columnar) =>
          relate(relatedInCopy(columnar, table, copy, view, rows), signal),
        );
      } catch (thrown) {
        if (toProblem(thrown).code === 'cancelled') throw thrown;
        await this.#copies.failed(copy, thrown);
      }
    }
    return this.#database.transaction({ title, priority: 'background', signal, reads: true }, (session) =>
      relate(relatedInPostgres(session, table, view, rows), signal),
    );
  }
}

/** A table to be related in itself, asked of its copy. */
export function relatedInCopy(
  columnar: Columnar,
  { name, columns }: KnownTable,
  copy: Copy,
  view: View,
  rows: number,
): Related {
  const asked: Asked = askedOfCopy(copy, view, async (statement) => textsOf(await columnar.rows(statement)));
  const copied = columns.flatMap((column) => copy.columns.get(column.name) ?? []);
  return {
    table: name,
    rows,
    asked,
    readings: copied.filter(({ type }) => canBeRelated(type)).map(relatedReading),
    nulls: {
      asked,
      columns: copied
        .filter(({ nulls }) => nulls > 0)
        .map((one) => ({ name: one.name, value: ident(one.cells) })),
    },
  };
}

/** True where a copy says of a column what PostgreSQL says: which values are equal, and where they are on a line. */
const isToldInCopy = (column: CopiedColumn | undefined): boolean =>
  column !== undefined &&
  (column.key !== null || typeFamily(column.type) === 'decimal' || !canBeRelated(column.type));

/** A column of a copy; numerics that its decimals have no place for are read from their text. */
const relatedReading = (column: CopiedColumn): Reading =>
  column.key === null && typeFamily(column.type) === 'decimal' ? numericText(column) : copyReading(column);

/** The same, asked of PostgreSQL. */
export function relatedInPostgres(session: Session, table: KnownTable, view: View, rows: number): Related {
  const asked = askedOfPostgres(session, table, view);
  return {
    table: table.name,
    rows,
    asked,
    readings: table.columns.filter(({ type }) => canBeRelated(type)).map(postgresReading),
    nulls: { asked, columns: table.columns.map(({ name }) => ({ name, value: sql`${ident(name)}` })) },
  };
}
