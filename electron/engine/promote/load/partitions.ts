import { ident, join, type Sql, sql, toText, typeName } from '../../../../shared/sql.ts';
import type { PromotedObject } from '../objects/objects.ts';
import { stagingSchema } from '../target/ledger.ts';
import type { Place, TargetState } from '../target/target-state.ts';

/** The empty staging table of an object, whole. */
export function createTable(object: PromotedObject, staging: string): Sql {
  const list = object.columns.map((column) => sql`${ident(column.name)} ${typeName(column.type)}`);
  return sql`create table ${ident(stagingSchema(staging, object), object.name)} (${join(list)})`;
}

/** An empty table as it will be: with its partitions, where it has some; nobody but its owner reads them by themselves. */
export function partitionsOf(object: PromotedObject, { openedTo }: TargetState, staging: string): Sql[] {
  const { partition, name } = object;
  const whole = createTable(object, staging);
  if (!partition) return [whole];
  const schema = stagingSchema(staging, object);
  const parts = partition.parts.flatMap(({ name: part, bounds }) => {
    const place = ident(schema, part);
    const range = bounds ? sql`for values from (${bounds.from}) to (${bounds.to})` : sql`default`;
    return [
      sql`create table ${place} partition of ${ident(schema, name)} ${range}`,
      ...openedTo.map((role) => sql`revoke all on ${place} from ${role === '' ? sql`public` : ident(role)}`),
    ];
  });
  return [sql`${whole} partition by range (${ident(partition.by)})`, ...parts];
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
