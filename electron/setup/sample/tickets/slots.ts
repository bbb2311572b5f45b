import { at, day, hour } from '../calendar.ts';
import { money } from '../money.ts';
import type { Random } from '../random.ts';
import type { Customer, Order, Product } from '../rows.ts';
import { goodsWords, softGoods } from './goods-words.ts';
import { ordinals } from './voice.ts';
import { words } from './words.ts';

/** What a ticket is about. */
export interface Matter {
  readonly customer: Customer;
  readonly createdAt: number;
  readonly order?: Order;
  readonly product: Product;
  readonly nouns: readonly string[];
}

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** A day in one of the ways people write it. */
function dayWords(random: Random, moment: number): string {
  const when = new Date(moment);
  const date = when.getUTCDate();
  const month = months[when.getUTCMonth()] ?? '';
  const ending =
    date % 10 === 1 && date !== 11
      ? 'st'
      : date % 10 === 2 && date !== 12
        ? 'nd'
        : date % 10 === 3 && date !== 13
          ? 'rd'
          : 'th';
  return random.pick([
    `${date} ${month}`,
    `${month} ${date}${ending}`,
    `the ${date}${ending} of ${month}`,
    `${month.slice(0, 3)} ${date}`,
    `${String(date).padStart(2, '0')}/${String(when.getUTCMonth() + 1).padStart(2, '0')}`,
  ]);
}

/** Slots that are drawn anew each time; all others keep their word within one ticket. */
const fresh = new Set([
  ...[
    'date',
    'deadline',
    'clock',
    'few',
    'minutes',
    'weekday',
    'thing',
    'percent',
    'year',
    'flaw',
    'fault',
    'month',
  ],
  ...['town', 'place', 'feature', 'cm', 'ordinal'],
]);

function drawn(random: Random, matter: Matter): Readonly<Record<string, () => string>> {
  const { createdAt, order, product, customer, nouns } = matter;
  const since = order ? Math.min(20, (createdAt - order.orderedAt) / day) : 20;
  const month = (back: number) => months[(new Date(createdAt).getUTCMonth() + 12 - back) % 12] ?? '';
  return {
    order: () => String(order?.orderId ?? ''),
    amount: () => (random.chance(0.7) ? `€${money(order?.total ?? 0)}` : `${money(order?.total ?? 0)} euros`),
    product: () => product.name.replace(/[^\p{L}\p{P} ]/gu, '').trim(),
    noun: () => product.noun,
    thing: () => random.pick(nouns.filter((noun) => noun !== product.noun)),
    city: () => customer.city,
    bought: () => dayWords(random, order?.orderedAt ?? createdAt - 20 * day),
    date: () => dayWords(random, createdAt - random.next() * since * day),
    deadline: () => dayWords(random, createdAt + random.int(3, 21) * day),
    month: () => month(random.int(0, 3)),
    days: () => String(since > 4 && since < 20 ? Math.round(since) : random.int(6, 24)),
    clock: () => {
      const time = at('2024-01-01T06:00:00') + random.int(0, 64) * (hour / 4);
      const text = new Date(time).toISOString().slice(11, 16);
      return random.chance(0.3) ? `half past ${random.int(1, 11)}` : text;
    },
    code: () => random.pick(['E', 'ERR-', 'A', '0x', '']) + String(random.int(100, 9999)),
    ordinal: () => random.pick(ordinals),
  };
}

function wordsFor(product: Product): Readonly<Record<string, readonly string[]>> {
  const electric = product.category === 'electronics' ? goodsWords.electric : {};
  return { ...words, ...goodsWords.hard, ...electric };
}

/** Fills slots for one ticket. */
export function slotFiller(random: Random, matter: Matter): (slot: string) => string {
  const special = drawn(random, matter);
  const lists = wordsFor(matter.product);
  const kept = new Map<string, string>();
  const draw = (name: string): string => {
    const other = /^(colour|size)2$/.exec(name)?.[1];
    if (other) return random.pick((lists[other] ?? []).filter((word) => word !== kept.get(other)));
    const list = lists[name];
    if (special[name]) return special[name]();
    if (!list) throw new Error(`No words for {${name}}.`);
    return random.pick(list);
  };
  return (name) => {
    const word = kept.get(name) ?? draw(name);
    if (!fresh.has(name)) kept.set(name, word);
    return word;
  };
}

export const isSoft = (product: Product) => softGoods.has(product.noun);
