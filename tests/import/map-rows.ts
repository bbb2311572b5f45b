/** The rows of the fixtures maps.feather and maps.parquet, as PostgreSQL writes them. */
export const mapRows = [
  [
    '[{"key": "k", "value": 1}, {"key": "k", "value": 2}]',
    '[[{"key": "k", "value": 1}, {"key": "k", "value": 2}]]',
    '{"2024-01-31": 1}',
    '{"1.50": 1}',
  ],
  [null, null, null, null],
  ['{}', '[]', '{}', '{}'],
  ['{"a": 1, "b": null}', '[{"a": 1}]', '{"0001-01-01": 2}', '{}'],
];
