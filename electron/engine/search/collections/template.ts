import { problem } from '../../../../shared/problem.ts';
import { join, type Sql, sql } from '../../../../shared/sql.ts';

type Piece = { readonly words: string } | { readonly column: string };

const piece = /(?<double>\{\{|\}\})|\{(?<column>[^{}]+)\}|(?<stray>[{}])|(?<words>[^{}]+)/gu;

/** A template in pieces: `{subject}: {body}`; a doubled brace is a brace. */
export function templatePieces(template: string): Piece[] {
  return [...template.matchAll(piece)].map(({ groups = {} }): Piece => {
    if (groups['column'] !== undefined) return { column: groups['column'].trim() };
    if (groups['stray'] === undefined) return { words: groups['double']?.charAt(0) ?? groups['words'] ?? '' };
    throw problem('bad_input', `The template has a brace that belongs to no column: ${template}`, {
      hint: 'Write columns as {name}, and a brace itself twice.',
      at: { param: 'template' },
    });
  });
}

/** The columns that a template names, each once. */
export const templateColumns = (template: string): string[] => [
  ...new Set(templatePieces(template).flatMap((one) => ('column' in one ? [one.column] : []))),
];

/** A template as an expression; a null is nothing in it. */
export const templateText = (template: string, column: (name: string) => Sql): Sql =>
  sql`concat(${join(
    templatePieces(template).map((one) =>
      'column' in one ? sql`${column(one.column)}::text` : sql`${one.words}::text`,
    ),
  )})`;
