import { createWriteStream } from 'node:fs';
import { mkdir, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../.work/bench/', import.meta.url));
const header = 'id,order_ref,customer,email,city,amount,quantity,paid,ordered_on,created_at\n';

/** The file's columns as PostgreSQL should have them. */
export const orderColumns =
  'id integer, order_ref text, customer text, email text, city text, amount numeric(18,2), quantity integer, paid boolean, ordered_on date, created_at timestamp';

const cities = ['Lisbon', 'Köln', 'Zürich', 'New York', 'São Paulo', 'Tokyo', 'Wien', 'Oslo'];
const two = (number: number) => String(number).padStart(2, '0');

/** A CSV of ten columns and about 127 bytes a row, always the same; made once and kept in an ignored folder. */
export const orderFile = (rows: number): Promise<string> => kept(`orders-${rows}.csv`, rows, plainly);

/** The same orders as a German office writes them, and one of a hundred does not fit. */
export const officeFile = (rows: number): Promise<string> => kept(`office-${rows}.csv`, rows, officially);

async function kept(name: string, rows: number, write: Write): Promise<string> {
  const path = join(folder, name);
  if (await stat(path).catch(() => undefined)) return path;
  await mkdir(dirname(path), { recursive: true });
  await pipeline(Readable.from(pieces(rows, write)), createWriteStream(`${path}.new`));
  await rename(`${path}.new`, path);
  return path;
}

function* pieces(rows: number, write: Write): Generator<string> {
  const random = congruent(42);
  yield write === plainly ? header : header.replaceAll(',', ';');
  for (let from = 1; from <= rows; from += 5000) {
    const count = Math.min(5000, rows - from + 1);
    yield Array.from({ length: count }, (_, at) => write(order(from + at, random))).join('');
  }
}

/** Numbers from 0 to 1 by a linear congruence. */
function congruent(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

interface Order {
  readonly id: number;
  readonly reference: string;
  readonly who: readonly [string, string, string];
  readonly amount: string;
  readonly quantity: number;
  readonly paid: boolean;
  readonly day: string;
  readonly time: string;
}

function order(id: number, random: (below: number) => number): Order {
  const customer = random(90_000);
  const day = `202${random(5)}-${two(1 + random(12))}-${two(1 + random(28))}`;
  const time = `${two(random(24))}:${two(random(60))}:${two(random(60))}`;
  const amount = (random(1_000_000) / 100).toFixed(2);
  const reference = `ORD-${(id * 7919) % 10_000_019}-${customer.toString(36)}`;
  const city = cities[random(8)] as string;
  const who = [`"Customer ${customer}, Inc."`, `customer.${customer}@example.com`, city] as const;
  return { id, reference, who, amount, quantity: 1 + random(40), paid: random(2) === 1, day, time };
}

type Write = (order: Order) => string;

function plainly({ id, reference, who, amount, quantity, paid, day, time }: Order): string {
  return `${id},${reference},${who.join(',')},${amount},${quantity},${paid},${day},${day} ${time}\n`;
}

function officially({ id, reference, who, amount, quantity, paid, day, time }: Order): string {
  const [year, month, date] = day.split('-');
  const written = `${date}/${month}/${year}`;
  const money = amount.replace('.', ',').replace(/^(\d)(\d{3})/, '$1.$2');
  const sum = id % 200 === 7 ? 'on request' : money;
  const rest = id % 200 === 107 ? '' : `;${written} ${time}`;
  return `${id};${reference};${who.join(';')};${sum};${quantity};${paid ? 'ja' : 'nein'};${written}${rest}\n`;
}
