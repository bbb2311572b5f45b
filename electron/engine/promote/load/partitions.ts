import { clause, ident, join, nothing, type Sql, sql, toText, typeName } from '../../../../shared/sql.ts';
import type { PromotedObject } from '../objects/objects.ts';
import { stagingSchema } from '../target/ledger.ts';
import { keyOf, type Place, type TargetState } from '../target/target-state.ts';

/** The empty staging table of an object, whole; its columns sort and compare as those of the table that it replaces. */
export function createTable(object: PromotedObject, { existing }: TargetState, staging: string): Sql {
  const { columns = [], unlogged = false } = existing.get(keyOf(object))?.carried ?? {};
  const list = object.columns.map((column) => {
    const was = columns.find(({ name }) => name === column.name);
    const collation =
      was?.collation && (was.type === column.type || isText(column.type)) ? was.collation : null;
    return sql`${ident(column.name)} ${typeName(column.type)}${collation === null ? nothing : sql` collate ${clause(collation)}`}`;
  });
  const kind = unlogged && !object.partition ? sql`unlogged table` : sql`table`;
  return sql`create ${kind} ${ident(stagingSchema(staging, object), object.name)} (${join(list)})`;
}

const isText = (type: string) => /^(text|character)\b/.test(type);

/** How columns are stored and analyzed: what was set for the old ones, where they are of the same type. */
function columnSettings(object: PromotedObject, { existing }: TargetState, staging: string): Sql[] {
  const { columns = [] } = existing.get(keyOf(object))?.carried ?? {};
  return columns.flatMap(({ name, type, settings }) =>
    object.columns.some((column) => column.name === name && column.type === type)
      ? settings.map(
          (setting) =>
            sql`alter table ${ident(stagingSchema(staging, object), object.name)} alter column ${ident(name)} ${clause(setting)}`,
        )
      : [],
  );
}

/** An empty table as it will be: with its partitions, where it has some; nobody but its owner reads them by themselves. */
export function partitionsOf(object: PromotedObject, state: TargetState, staging: string): Sql[] {
  const { partition, name } = object;
  const { openedTo } = state;
  const whole = createTable(object, state, staging);
  const settings = columnSettings(object, state, staging);
  if (!partition) return [whole, ...settings];
  const schema = stagingSchema(staging, object);
  const parts = partition.parts.flatMap(({ name: part, bounds }) => {
    const place = ident(schema, part);
    const range = bounds ? sql`for values from (${bounds.from}) to (${bounds.to})` : sql`default`;
    return [
      sql`create table ${place} partition of ${ident(schema, name)} ${range}`,
      ...openedTo.map((role) => sql`revoke all on ${place} from ${role === '' ? sql`public` : ident(role)}`),
    ];
  });
  return [sql`${whole} partition by range (${ident(partition.by)})`, ...parts, ...settings];
}

/** Moves the partitions of a table that lie beside it; those elsewhere stay where they are, and hang on it all the same. */
export const movedPartitions = (table: Place, schema: string): Sql =>
  onPartitions(table, sql`set schema ${ident(schema)}`);

/** Gives them to the owner of the table. */
export const ownedPartitions = (table: Place, owner: string): Sql =>
  onPartitions(table, sql`owner to ${ident(owner)}`);

/** Settings of how rows are stored: the table as a whole takes none. */
export const storedPartitions = (table: Place, options: readonly Sql[]): Sql =>
  onPartitions(table, sql`set (${join(options)})`);

function onPartitions({ to, name }: Place, action: Sql): Sql {
  const body = sql`declare part text;
begin
  for part in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_namespace n on n.oid = c.relnamespace
    where i.inhparent = format('%I.%I', ${to}::text, ${name}::text)::regclass and n.nspname = ${to} and c.relispartition order by 1
  loop
    execute format('alter table %I.%I ', ${to}::text, part) || ${toText(action)};
  end loop;
end`;
  return sql`do ${toText(body)}`;
}
