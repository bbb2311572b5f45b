import type { PromotionMode, Target } from '../../../../shared/contract/workspace.ts';
import { problem } from '../../../../shared/problem.ts';
import { sql } from '../../../../shared/sql.ts';
import type { Database } from '../../database/database.ts';
import type { SourceTable } from '../load/copy-pieces.ts';
import type { NewKey } from './keys-of-rules.ts';
import type { MadeThere } from './made-there.ts';
import type { Partition } from './partition.ts';
import type { Reference } from './references-of-rules.ts';
import type { OwnIndex } from './table-indexes.ts';

/** A view is made of what is promoted with it, and a materialized one filled from that. */
export type FormThere = 'table' | 'view' | 'materialized view';

/** A table, a collection or a view that is to be promoted. */
export interface PromotedObject extends SourceTable {
  /** The schema on the target. */
  readonly to: string;
  readonly kind: 'table' | 'collection' | 'view';
  /** What it is there. */
  readonly form: FormThere;
  /** Goes up with every change here. */
  readonly version: string;
  /** How its rows meet those that are there, and by which columns one is told from another. */
  readonly mode: PromotionMode;
  readonly by: readonly string[];
  /** The table that it is, or for a collection the one that it is made from. */
  readonly source: string;
  /** Why it cannot go and is left out, if that is so. */
  readonly stays: string | undefined;
  /** How it is made there, where its rows are not sent. */
  readonly made: MadeThere | undefined;
  /** What the indexes of a collection are made of, which go along; those of a table are the target's own. */
  readonly indexes: readonly string[];
  /** Keys that it gets where it is made there for the first time. */
  readonly newKeys: readonly NewKey[];
  /** Indexes of a table here, which it gets there likewise. */
  readonly ownIndexes: readonly OwnIndex[];
  /** How it is divided there, where it is. */
  readonly partition: Partition | undefined;
  /** Foreign keys that it gets likewise. */
  readonly refers: readonly Reference[];
  /** Columns that are masked or stay here: what is asked of them is answered here alone. */
  readonly hidden: readonly string[];
  /** What a masked column holds instead of a text; missing where none is masked. */
  readonly mask?: (text: string) => string;
  /** Masked columns of which the table that stands there holds values as they are, in rows that may stay. */
  readonly plainThere?: readonly PlainThere[];
  /** Columns of which no values are shown where both sides differ, because they are private or may hold what is. */
  readonly shy?: readonly string[];
  /** Private columns of which nobody has said whether they go. */
  readonly undecided: readonly string[];
}

/** A column that holds values on the target as they are, and is masked from now on. */
export interface PlainThere {
  readonly name: string;
  /** Whether it was masked when it was promoted, so that only what others wrote since is plain. */
  readonly wasMasked: boolean;
}

/** What goes as it is, with nothing of its own beside its columns, and replaces what is there. */
export const bare = {
  mode: 'replace',
  by: [],
  indexes: [],
  newKeys: [],
  ownIndexes: [],
  refers: [],
  partition: undefined,
  hidden: [],
  undecided: [],
} as const satisfies Partial<PromotedObject>;

/** The schema that an environment has on its server; its own where it says none. */
export const schemaOn = (schema: string | undefined, kind: PromotedObject['kind']): string => {
  if (kind !== 'collection') return schema ?? 'public';
  return schema === undefined ? 'collections' : `${schema}_collections`;
};

/** What a target says of the objects that go there. */
export type GoingSettings = Pick<Target, 'schema' | 'tables' | 'queries' | 'kind'>;

/** Whether one is among what the other is made from there. */
export const makes = (one: PromotedObject, other: PromotedObject): boolean =>
  other.made?.reads.includes(`${one.schema}.${one.name}`) === true;

/** Tables below a view in which rows stay that are not here: it shows those, too. */
export function mixedBelow(object: PromotedObject, objects: readonly PromotedObject[]): readonly string[] {
  if (object.form === 'table') return [];
  const below = objects.filter((one) => one !== object && makes(one, object));
  return [
    ...new Set(below.flatMap((one) => (one.mode === 'replace' ? mixedBelow(one, objects) : [one.name]))),
  ];
}

/** Each after what it is made from there. */
export function inMakingOrder(objects: readonly PromotedObject[]): readonly PromotedObject[] {
  const ordered = new Set<PromotedObject>();
  const add = (object: PromotedObject) => {
    for (const other of objects)
      if (other !== object && makes(other, object) && !ordered.has(other)) add(other);
    ordered.add(object);
  };
  objects.forEach(add);
  return [...ordered];
}

/** Refuses what was changed since it was chosen: rows of two states were sent then. */
export async function refuseChanged(database: Database, objects: readonly PromotedObject[]): Promise<void> {
  const now = await database.query<{ key: string; version: string }>(sql`
    select 'table ' || name as key, version::text as version from assay.tables
    union all select 'collection ' || name, updated_at::text from assay.collections`);
  const versions = new Map(now.map(({ key, version }) => [key, version]));
  const changed = objects.find(
    ({ kind, name, version }) => kind !== 'view' && versions.get(`${kind} ${name}`) !== version,
  );
  if (!changed) return;
  throw problem(
    'bad_input',
    `${changed.name} was changed here while it was promoted: nothing was swapped in.`,
    {
      hint: 'Promote again.',
      at: { table: changed.name },
    },
  );
}
