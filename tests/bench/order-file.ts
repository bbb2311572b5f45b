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
export async function orderFile(rows: number): Promise<string> {
  const path = join(folder, `orders-${rows}.csv`);
  if (await stat(path).catch(() => undefined)) return path;
  await mkdir(dirname(path), { recursive: true });
  await pipeline(Readable.from(pieces(rows)), createWriteStream(`${path}.new`));
  await rename(`${path}.new`, path);
  return path;
}

function* pieces(rows: number): Generator<string> {
  const random = congruent(42);
  yield header;
  for (let from = 1; from <= rows; from += 5000) {
    const count = Math.min(5000, rows - from + 1);
    yield Array.from({ length: count }, (_, at) => order(from + at, random)).join('');
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

function order(id: number, random: (below: number) => number): string {
  const customer = random(90_000);
  const day = `202${random(5)}-${two(1 + random(12))}-${two(1 + random(28))}`;
  const time = `${two(random(24))}:${two(random(60))}:${two(random(60))}`;
  const amount = (random(1_000_000) / 100).toFixed(2);
  const reference = `ORD-${(id * 7919) % 10_000_019}-${customer.toString(36)}`;
  const who = `"Customer ${customer}, Inc.",customer.${customer}@example.com,${cities[random(8)]}`;
  return `${id},${reference},${who},${amount},${1 + random(40)},${random(2) === 1},${day},${day} ${time}\n`;
}
