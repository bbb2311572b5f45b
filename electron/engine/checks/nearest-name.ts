import { type Column, userColumns } from '../../../shared/column.ts';
import { editDistance } from '../../../shared/edit-distance.ts';

/** The column that a name most likely stands for now. */
export const nearestName = (name: string, columns: readonly Column[]): string | undefined =>
  nearestWord(
    name,
    userColumns(columns).map((column) => column.name),
  );

/** The word that another most likely stands for: the same letters and digits, one within the other, or a few letters away. */
export function nearestWord(name: string, words: readonly string[]): string | undefined {
  const bare = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const wanted = bare(name);
  const near = words.map((word) => {
    const other = bare(word);
    const within = other.includes(wanted) || wanted.includes(other);
    const most = Math.max(1, Math.floor(wanted.length / 3));
    const distance =
      other === wanted
        ? 0
        : within && Math.min(other.length, wanted.length) > 2
          ? 1
          : editDistance(other, wanted, most);
    return { word, distance, most };
  });
  const [best, second] = near
    .filter(({ distance, most }) => distance <= most)
    .toSorted((a, b) => a.distance - b.distance);
  return best && best.distance < (second?.distance ?? Number.POSITIVE_INFINITY) ? best.word : undefined;
}
