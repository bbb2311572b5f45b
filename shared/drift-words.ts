import type { Drift } from './contract/promote.ts';
import { count, counted } from './number-words.ts';

/** What was changed on a target since, in words: by rows where only some of them would be lost. */
export function driftInWords({ columns, rowsThen, rowsNow, rows }: Drift): string {
  if (!rows) return `${columns.join(', ')}; ${counted(rowsThen, 'row')} then, ${count(rowsNow)} now`;
  const { changed, removed, sure } = rows;
  const was = changed === 1 ? 'was' : 'were';
  const written = sure ? `${was} changed there` : 'may have been changed there';
  return [
    ...(changed > 0 ? [`${counted(changed, 'row')} that would be replaced ${written}`] : []),
    ...(removed > 0
      ? [`${counted(removed, 'row')} that would come back ${removed === 1 ? 'was' : 'were'} removed there`]
      : []),
  ].join(', ');
}

/** A row of them, as it is there and as it would be. */
export function driftExamples({ rows }: Drift): readonly string[] {
  return (rows?.examples ?? []).map(({ here, there, columns }) => {
    const named = Object.entries(there ?? here ?? {}).filter(([name]) => !columns.includes(name));
    const [first] = named;
    const value = (row: typeof here, name: string) => row?.[name]?.slice(0, 60) ?? 'null';
    const differ = columns.map((name) => `${name}: ${value(there, name)} there, ${value(here, name)} here`);
    return `${first ? `${first[0]} ${first[1] ?? 'null'}: ` : ''}${here === null ? 'only there' : differ.join('; ')}`;
  });
}
