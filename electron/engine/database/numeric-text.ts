const digitGroup = 10_000;

/**
 * PostgreSQL's binary numeric as text: base-10000 digits, weight of the first, sign, and digits after the point.
 * Source: numeric_send() in PostgreSQL's src/backend/utils/adt/numeric.c.
 */
export function numericText(view: DataView, at: number): string {
  const count = view.getUint16(at);
  const weight = view.getInt16(at + 2);
  const sign = view.getUint16(at + 4);
  const scale = view.getUint16(at + 6);
  if (sign === 0xc000) return 'NaN';
  if (sign === 0xd000) return 'Infinity';
  if (sign === 0xf000) return '-Infinity';
  const group = (place: number) => (place >= 0 && place < count ? view.getUint16(at + 8 + place * 2) : 0);
  let text = sign === 0x4000 ? '-' : '';
  text += whole(weight, group);
  if (scale > 0) text += `.${fraction(weight, scale, group)}`;
  return text;
}

function whole(weight: number, group: (place: number) => number): string {
  if (weight < 0) return '0';
  let text = String(group(0));
  for (let place = 1; place <= weight; place++) text += padded(group(place));
  return text;
}

function fraction(weight: number, scale: number, group: (place: number) => number): string {
  let text = '';
  for (let place = weight + 1; text.length < scale; place++) text += padded(group(place));
  return text.slice(0, scale);
}

const padded = (value: number) => String(value + digitGroup).slice(1);
