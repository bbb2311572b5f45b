import { sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { documentsOf } from './collection-table.ts';
import { exactValue } from './exact-metadata.ts';

const mostValues = 50;

export interface MetadataValues {
  readonly key: string;
  readonly values: readonly { readonly value: unknown; readonly count: number }[];
}

/** Each metadata key with its most frequent values. */
export const metadataValues = (session: Session, collection: string) =>
  session.query<MetadataValues>(sql`
    select key, jsonb_agg(jsonb_build_object('value', ${exactValue(sql`value`)}, 'count', n) order by n desc, value) as values
    from (
      select key, value, count(*) as n, row_number() over (partition by key order by count(*) desc, value) as place
      from ${documentsOf(collection)}, jsonb_each(metadata) group by key, value
    ) as counted where place <= ${mostValues} group by key order by key`);
