import { cellKind, isValue, valued } from './cell-kind.ts';

/** Whether a row names the columns: above zero it does, and how sure that is. */
export interface HeaderVote {
  readonly balance: number;
  readonly confidence: number;
  readonly evidence: string;
}

type Row = readonly string[];

const naming =
  /^(_?id|.*[_ -]?(id|key|code|no|nr|name|date|time|type|status|price|amount|total|count|qty|quantity|city|country|state|address|street|zip|email|phone|url|title|text|comment|note|description|category|year|month|day|value|gender|age|sex|unit|currency|lat|lon|start|end|created|updated)s?|datum|preis|menge|ort|land|nom|prénom|ville|pays|fecha|nombre|ciudad|precio)$/i;

/**
 * Asks each column whether the first row is of one kind with the rows below it. Where it stands again below, it is a
 * header that was repeated if the others speak for that clearly.
 */
export function judgeHeader(first: Row, body: readonly Row[]): HeaderVote {
  const others = body.filter((row) => !isSame(row, first));
  const once = others.length < body.length ? judgeColumns(first, others) : undefined;
  return once && others.length > 0 && once.balance > 0.3 ? once : judgeColumns(first, body);
}

/** True for rows with the same cells, but for spaces around them. */
export const isSame = (row: Row, first: Row) =>
  row.length === first.length && row.every((cell, at) => cell.trim() === first[at]?.trim());

function judgeColumns(first: Row, body: readonly Row[]): HeaderVote {
  const named = first.filter((cell) => cell.trim() !== '');
  if (named.length === 0) return vote(-1, 'its cells are empty');
  if (first.length === 1 && isText(first[0] ?? '', body))
    return vote(-0.4, `“${short(first[0]?.trim() ?? '')}” is a text of several words, as in a file of lines`);
  if (body.length === 0) return judgeAlone(named);
  const years = isSeries(first);
  const columns = first.map((cell, at) =>
    years && isNumber(cell)
      ? { weight: 0.4, says: `“${named.filter(isNumber).join(', ')}” go on one by one` }
      : judgeColumn(
          cell,
          body.map((row) => row[at] ?? ''),
        ),
  );
  const decisive = columns.filter(({ weight }) => weight !== 0);
  const balance = columns.reduce((sum, { weight }) => sum + weight, 0);
  const twice = named.length - new Set(named.map((cell) => cell.trim().toLowerCase())).size;
  const sum = balance - twice * 0.3 + named.filter((cell) => naming.test(cell.trim())).length * 0.4;
  const strongest = decisive.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))[0];
  if (!strongest)
    return vote(sum >= 0 ? Math.max(sum, 0.2) : sum, 'its cells could be names or values alike');
  return vote(sum, strongest.says);
}

const words = (cell: string) => cell.trim().split(/\s+/).length;

/** In a file of one column, a first line of several words, over others that are not values. */
const isText = (cell: string, body: readonly Row[]): boolean =>
  words(cell) > 2 &&
  !isValue(cell) &&
  !naming.test(cell.trim()) &&
  !body.some(([below = '']) => below.trim() !== '' && isValue(below));

const isNumber = (cell: string) => /^\d{1,4}$/.test(cell.trim());

/** Years, or numbers behind a word that names a column, each one more than the one before: they name columns. */
function isSeries(first: Row): boolean {
  const numbers = first.filter(isNumber).map(Number);
  const [word = ''] = first;
  const goesOn = numbers.every((value, at) => at === 0 || value === (numbers[at - 1] as number) + 1);
  if (numbers.length < 2 || !goesOn || isNumber(word)) return false;
  if (first.some((cell) => !isNumber(cell) && isValue(cell))) return false;
  return numbers.every((value) => isYear(String(value))) || naming.test(word.trim());
}

function judgeAlone(named: Row): HeaderVote {
  const values = named.filter(isValue);
  if (values.length === 0) return vote(1, 'no cell of it reads like a value');
  return vote(-1, `${values.length} of its cells read like values`);
}

const vote = (balance: number, evidence: string): HeaderVote => ({
  balance,
  confidence: Math.round(Math.min(0.99, 0.5 + Math.min(1, Math.abs(balance)) * 0.49) * 100) / 100,
  evidence,
});

interface Judgement {
  readonly weight: number;
  readonly says: string;
}

const silent: Judgement = { weight: 0, says: '' };

function judgeColumn(cell: string, below: Row): Judgement {
  const text = cell.trim();
  const filled = below.map((value) => value.trim()).filter((value) => value !== '');
  if (text === '' || filled.length === 0) return silent;
  const kinds = filled.map((value) => cellKind(value, true));
  const own = cellKind(text, true);
  for (const kind of valued) {
    if (kinds.filter((found) => found === kind).length < filled.length * 0.8) continue;
    if (own === kind)
      return {
        weight: isYear(text) ? -0.3 : -1.2,
        says: `“${short(text)}” is a ${kind} like those below it`,
      };
    return valued.includes(own)
      ? silent
      : { weight: 1, says: `“${short(text)}” stands over a column of ${kind}s` };
  }
  if (valued.includes(own))
    return { weight: isYear(text) ? 0.2 : -0.7, says: `“${short(text)}” reads like a value` };
  return judgeWords(text, filled);
}

function judgeWords(text: string, filled: Row): Judgement {
  if (filled.includes(text)) return { weight: -0.8, says: `“${short(text)}” occurs again below` };
  const shapes = new Set(filled.map(shapeOf));
  const [shape = ''] = shapes;
  if (filled.length > 2 && shapes.size === 1 && /[-0_./]/.test(shape)) {
    const same = shapeOf(text) === shape;
    return {
      weight: same ? -0.7 : 0.7,
      says: `“${short(text)}” is ${same ? '' : 'not '}written like what is below it`,
    };
  }
  const lengths = filled.map(({ length }) => length);
  const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  if (mean > 30 && text.length < mean / 2)
    return { weight: 0.5, says: `“${short(text)}” is short over a column of long texts` };
  if (/[.!?]$/.test(text) || text.length > 60)
    return { weight: -0.4, says: `“${short(text)}” reads like a sentence` };
  const cased = /^[A-Z][A-Z0-9_ ]+$/.test(text) || /^[a-z][a-z0-9]*(_[a-z0-9]+)+$/.test(text);
  const alike = filled.filter(
    (value) => /^[A-Z][A-Z0-9_ ]+$/.test(value) || /^[a-z][a-z0-9]*(_[a-z0-9]+)+$/.test(value),
  );
  if (cased && alike.length < filled.length / 4)
    return { weight: 0.4, says: `“${short(text)}” is written like a name of a column` };
  return silent;
}

/** A number that names a year. */
export const isYear = (cell: string): boolean => /^(19|20)\d\d$/.test(cell.trim());
const short = (text: string) => (text.length > 30 ? `${text.slice(0, 30)}…` : text);

/** A cell's characters by class: `MG-8769` is `A-0`. */
const shapeOf = (text: string) =>
  text
    .replace(/\p{Lu}+/gu, 'A')
    .replace(/\p{L}+/gu, 'a')
    .replace(/\d+/g, '0');
