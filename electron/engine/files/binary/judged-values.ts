import { cellWriter } from './binary-cells.ts';
import type { BinaryPiece } from './binary-piece.ts';

const lengths: Readonly<Record<string, number>> = { smallint: 2, integer: 4, bigint: 8 };
const yes = /^(t|true|y|yes|on|1)$/i;

/** Writes a value that was found to fit, however PostgreSQL may spell it; false where that is left to PostgreSQL. */
export function writeJudged(type: string, value: string, to: BinaryPiece): boolean {
  const length = lengths[type];
  if (length !== undefined) return writeWhole(BigInt(value.replace('+', '')), length, to);
  if (type === 'boolean') {
    to.int32(1);
    to.bytes[to.size++] = yes.test(value) ? 1 : 0;
    return true;
  }
  const text = type.startsWith('time ') ? value.replace(/^\d:/, '0$&') : value.replace(/^\+/, '');
  const bytes = Buffer.from(text);
  const before = to.size;
  if ((cellWriter(type)?.(bytes, 0, bytes.length, to) ?? -1) >= 0) return true;
  to.size = before;
  if (type.startsWith('numeric')) return writeNumeric(text, to);
  return type === 'double precision' && writeDouble(Number(text), to);
}

function writeWhole(value: bigint, length: number, to: BinaryPiece): boolean {
  to.int32(length);
  if (length === 8) to.bigint(value);
  else if (length === 4) to.int32(Number(value));
  else to.int16(Number(value));
  return true;
}

function writeDouble(value: number, to: BinaryPiece): boolean {
  if (!Number.isFinite(value) || (value !== 0 && Math.abs(value) < 1e-300)) return false;
  to.int32(8);
  to.double(value);
  return true;
}

/** Any number of digits, as numeric_send() writes them: base-10000 digits on both sides of the point. */
function writeNumeric(text: string, to: BinaryPiece): boolean {
  const [, sign, whole = '', decimals = ''] = /^(-?)0*(\d*)\.?(\d*)$/.exec(text) ?? [];
  if (sign === undefined || whole.length > 1000 || decimals.length > 1000) return false;
  const before = whole.padStart(Math.ceil(whole.length / 4) * 4, '0');
  const after = decimals.padEnd(Math.ceil(decimals.length / 4) * 4, '0');
  const groups = (before + after).match(/.{4}/g) ?? [];
  to.reserve(12 + 2 * groups.length);
  to.int32(8 + 2 * groups.length);
  to.int16(groups.length);
  to.int16(before.length / 4 - 1);
  to.int16(sign === '-' ? 0x4000 : 0);
  to.int16(decimals.length);
  for (const group of groups) to.int16(Number(group));
  return true;
}
