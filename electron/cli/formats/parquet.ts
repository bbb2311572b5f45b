import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csvText } from '../../../shared/csv-text.ts';
import type { DecodedPage } from '../../../shared/decode-page.ts';
import { parquetFromCsv } from '../../engine/files/duck/parquet-file.ts';
import { saysInfinite } from '../../engine/tables/export/without-infinities.ts';
import type { Written } from './written.ts';

/** Rows as a Parquet file with the types they have in PostgreSQL, and what is to be said of it; what Parquet has no type for is text. */
export async function parquetBytes(page: DecodedPage): Promise<Written> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-parquet-'));
  const [from, to] = [join(folder, 'rows.csv'), join(folder, 'rows.parquet')];
  try {
    await writeFile(from, csvText(page, true));
    const infinite = await parquetFromCsv(from, to, page.columns);
    return { content: await readFile(to), notes: saysInfinite(infinite, 'Parquet') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
