import { sql } from '../../../../shared/sql.ts';
import type { TargetSession } from '../connection/target-session.ts';
import { undoneSchema } from '../load/unswap.ts';
import type { PromotedObject } from '../objects/objects.ts';
import { keptSchema, ledgerThere } from './ledger.ts';

/** Where a version of a table is, and which of its columns were masked when it was promoted. */
interface VersionThere {
  readonly schema: string | undefined;
  readonly masked: readonly string[];
}

/** The version that stands, and where those before it are; `noted` says whether any was ever promoted. */
export async function versionsOf(
  session: TargetSession,
  { kind, to, name }: Pick<PromotedObject, 'kind' | 'to' | 'name'>,
): Promise<{
  readonly noted: boolean;
  readonly current: VersionThere & { readonly schema: undefined };
  readonly kept: readonly (VersionThere & { readonly schema: string })[];
}> {
  const rows = (await ledgerThere(session))
    ? await session.query<NotedVersion>(sql`
    select c.promotion, p.status = 'standing' as stands, c.replaced and c.kept as kept,
      coalesce((select t -> 'masked' from jsonb_array_elements(p.receipt -> 'tables') as t
        where t ->> 'table' = ${name} and t ->> 'kind' = ${kind} limit 1), '[]') as masked
    from assay_promotions.change c join assay_promotions.promotion p on p.id = c.promotion
    where c.schema_name = ${to} and c.table_name = ${name} and c.kind = ${kind} order by p.at desc`)
    : [];
  const place = { kind: kind as 'table' | 'collection' };
  const stood = (from: number) => rows.slice(from).find(({ stands }) => stands)?.masked ?? [];
  return {
    noted: rows.length > 0,
    current: { schema: undefined, masked: stood(0) },
    kept: rows.flatMap(({ promotion, stands, kept, masked }, at) => {
      if (!stands) return [{ schema: undoneSchema(promotion, place), masked }];
      return kept ? [{ schema: keptSchema(promotion, place), masked: stood(at + 1) }] : [];
    }),
  };
}

interface NotedVersion {
  readonly promotion: string;
  readonly stands: boolean;
  readonly kept: boolean;
  readonly masked: readonly string[];
}
