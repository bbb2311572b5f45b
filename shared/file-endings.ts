/** What names of files end with, by format: told from the content in the end, but where one looks for files and offers them. */
export const formatEndings = {
  delimited: ['csv', 'tsv', 'tab', 'txt', 'psv', 'dat'],
  json: ['json', 'jsonl', 'ndjson', 'geojson'],
  parquet: ['parquet', 'pq'],
  arrow: ['arrow', 'arrows', 'ipc', 'feather'],
  excel: ['xlsx', 'xlsm'],
} as const;

/** What names of packed files end with, by packing. */
export const packingEndings = {
  gzip: ['gz', 'gzip'],
  zstd: ['zst', 'zstd'],
  zip: ['zip'],
} as const;

/** Endings of files that can be imported, packed or not. */
export const dataEndings: readonly string[] = [formatEndings, packingEndings].flatMap((endings) =>
  Object.values(endings).flat(),
);

const formats = Object.values(formatEndings).flat().join('|');
const single = [...packingEndings.gzip, ...packingEndings.zstd].join('|');
const importable = new RegExp(`\\.(${formats})(\\.(${single}))?$|\\.(${packingEndings.zip.join('|')})$`, 'i');
const endings = new RegExp(`(?!^)(\\.(${formats}))?(\\.(${single}|${packingEndings.zip.join('|')}))?$`, 'i');

/** True for names of files that hold data, as far as a name tells. */
export const isImportable = (name: string): boolean => importable.test(name);

/** A file's name without what tells its format and packing. */
export const withoutEndings = (name: string): string => name.replace(endings, '');
