import { type Html, html } from '../../../shared/html.ts';

/** A time to the minute. */
export const moment = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;

/** The place of a section in the page. */
export const anchor = (kind: string, name: string): string => `${kind}-${encodeURIComponent(name)}`;

/** A link to a section. */
export const linkTo = (kind: string, name: string, text = name): Html =>
  html`<a href="#${anchor(kind, name)}">${text}</a>`;

/** Words in a row, a comma between. */
export const listed = (items: readonly Html[]): Html[] =>
  items.map((item, at) => (at === 0 ? item : html`, ${item}`));
