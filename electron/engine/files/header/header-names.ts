import { areLabels, areObjects } from './header-labels.ts';
import { namesIndex } from './header-levels.ts';
import { isSame } from './judge-header.ts';

type Names = readonly string[];

/** A line between the names and the rows: dashes, and what crosses them. */
export const isRuler = (row: Names): boolean =>
  row.some((cell) => cell.trim() !== '') && row.every((cell) => /^[\s:]*([-=+]{2}[-=+|:\s]*)?$/.test(cell));

/** The names of columns from the lines of a header: those of several lines one below the other. */
export function joinNames(header: readonly Names[], width: number): string[] {
  const lone = header.filter((names, at) => !header.slice(0, at).some((before) => isSame(names, before)));
  const named = withoutLabels(lone.filter((names) => !isRuler(names)));
  const lines = header.length > 1 && named.length > 0 ? named : header;
  const index = lines.length > 2 && namesIndex(lines.at(-1), width) ? lines.at(-1) : undefined;
  const below = lines.at(-1)?.map((name) => name.trim()) ?? [];
  const alike = new Set(below).size < below.length;
  const spread = lines.map((names, at) => (alike && at < lines.length - 1 ? spreadGroups(names) : names));
  return Array.from({ length: width }, (_, at) => {
    const parts = spread.map((names) => names[at] ?? '');
    if (lines.length === 1) return parts[0] as string;
    const own = index?.[at]?.trim();
    return own || parts.filter((name) => name.trim() !== '').join(' ');
  });
}

/** What says in sentences, or by ids, what the names mean is no part of them. */
function withoutLabels(lines: readonly Names[]): readonly Names[] {
  const [first] = lines;
  if (!first) return lines;
  if (lines.some(areObjects)) return [first];
  return lines.filter((names, at) => at === 0 || !areLabels(names, first));
}

/** A word over a group of columns stands in the first of them only. */
function spreadGroups(names: Names): Names {
  let group = '';
  return names.map((name) => {
    if (name.trim() !== '') group = name;
    return group;
  });
}
