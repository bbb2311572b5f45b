const aliases: Readonly<Record<string, string>> = {
  int: 'integer',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  float4: 'real',
  float8: 'double precision',
  float: 'double precision',
  decimal: 'numeric',
  bool: 'boolean',
  string: 'text',
  varchar: 'character varying',
  char: 'character',
  timestamp: 'timestamp without time zone',
  datetime: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
  time: 'time without time zone',
  timetz: 'time with time zone',
};

/** A type as PostgreSQL's format_type spells it, from the ways people write it: `varchar(20)`, `INT8`, `timestamptz(3)`. */
export function canonicalType(written: string): string {
  const plain = written
    .trim()
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/\s*([(),])\s*/g, '$1');
  const found = /^([a-z0-9_]+)(\([\d,-]+\))?((?:\[\])*)$/.exec(plain);
  const [, name = '', precision = '', array = ''] = found ?? [];
  const full = aliases[name];
  if (!full) return plain;
  const [head = '', ...rest] = full.split(' ');
  const spelled = /^time/.test(full) ? [`${head}${precision}`, ...rest].join(' ') : `${full}${precision}`;
  return `${spelled}${array}`;
}
