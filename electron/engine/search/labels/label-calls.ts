import type { Room } from '../../../../shared/contract/index.ts';
import { ident, sql } from '../../../../shared/sql.ts';
import type { Database } from '../../database/database.ts';
import { chosenCollection } from '../collections/collections.ts';
import { writing } from '../collections/write-column.ts';
import { noteLearnt } from './learnt-column.ts';
import { outliers, writeNearness } from './outliers.ts';
import { predictLabels } from './predict.ts';

/** The calls that carry labels from some rows to all, and that tell what is unlike the rest. */
export const labelCalls = (
  database: Database,
  changed: () => void,
): Pick<Room<'search'>, 'predictLabels' | 'writePredicted' | 'outliers' | 'writeNearness'> => ({
  async predictLabels({ collection, ...question }, { signal }) {
    const record = await chosenCollection(database, collection);
    return (await predictLabels(database, record, question, signal)).told;
  },
  async writePredicted({ collection, into, replace, ...question }, { signal }) {
    const record = await chosenCollection(database, collection);
    const { rows, labels } = await predictLabels(database, record, question, signal);
    const { table } = record;
    const labelled = JSON.stringify(rows.map((row, at) => ({ row, label: labels[at] })));
    const written = await writing(
      database,
      { table, column: into, type: 'text', replace },
      async (session, target) => {
        await noteLearnt(session, record, into, [question.column]);
        return session.run(sql`
        update ${ident('public', table)} as t set ${target} = l.label
        from jsonb_to_recordset(${labelled}::jsonb) as l(row bigint, label text)
        where l.row = t._row and t.${target} is distinct from l.label`);
      },
    );
    changed();
    return written;
  },
  async outliers({ collection, ...asked }, { signal }) {
    return outliers(database, await chosenCollection(database, collection), asked, signal);
  },
  async writeNearness({ collection, into, replace, nearest }, { signal }) {
    const record = await chosenCollection(database, collection);
    const written = await writeNearness(database, record, { column: into, replace, nearest }, signal);
    changed();
    return written;
  },
});
