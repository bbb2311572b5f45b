import { at, busyMoment, closed, isoText } from '../calendar.ts';
import type { CsvTable } from '../csv.ts';
import type { Random } from '../random.ts';
import type { Customer, Product, ProductEvent } from '../rows.ts';

const home = 'https://shop.example';
/** Ids from here on are visitors without an account. */
const firstVisitor = 500_001;
const watchedFrom = at('2025-10-01T00:00:00');

/** Where visits come from: source, referrer, share. */
const doors: readonly (readonly [readonly [string, string | null], number])[] = [
  [['direct', null], 31],
  [['organic', 'https://www.google.com/'], 27],
  [['organic', 'https://duckduckgo.com/'], 4],
  [['paid_search', 'https://www.google.com/'], 12],
  [['newsletter', 'https://mail.shop.example/weekly'], 11],
  [['social', 'https://www.instagram.com/'], 9],
  [['affiliate', 'https://slow-living.example/best-gifts'], 6],
];

interface Visitor {
  readonly userId: number;
  readonly plan: string;
}

interface Page {
  readonly event: string;
  readonly path: string;
}

/** The pages of one visit: each step of the funnel loses some. */
function walk(random: Random, shelf: readonly Product[], buyer: number): Page[] {
  const pages: Page[] = [{ event: 'page_view', path: random.chance(0.6) ? '/' : '/sale' }];
  const looks = random.weighted([0, 1, 2, 3, 5].map((n, i) => [n, [26, 30, 22, 14, 8][i] ?? 0] as const));
  for (let look = 0; look < looks; look++) {
    const product = random.pick(shelf);
    if (random.chance(0.25)) {
      pages.push({ event: 'search', path: `/search?q=${encodeURIComponent(product.noun)}` });
    } else if (random.chance(0.6)) pages.push({ event: 'page_view', path: `/category/${product.category}` });
    pages.push({ event: 'product_view', path: `/product/${product.sku}` });
    if (random.chance(0.27 * buyer)) pages.push({ event: 'add_to_cart', path: `/product/${product.sku}` });
  }
  if (!pages.some(({ event }) => event === 'add_to_cart') || !random.chance(0.55)) return pages;
  pages.push({ event: 'checkout_start', path: '/checkout' });
  if (random.chance(0.62)) pages.push({ event: 'purchase', path: '/checkout/thank-you' });
  return pages;
}

function visit(random: Random, { userId, plan }: Visitor, shelf: readonly Product[]): ProductEvent[] {
  const [source, origin] = random.weighted(doors);
  let timestamp = busyMoment(random, watchedFrom, closed - 3_600_000);
  let referrer = origin;
  return walk(random, shelf, plan === 'none' ? 0.6 : 1.2).map(({ event, path }) => {
    timestamp += Math.round(random.logNormal(24_000, 0.9));
    const pageUrl = `${home}${path}`;
    const row = { event, userId, timestamp, pageUrl, referrer, plan, source };
    referrer = pageUrl;
    return row;
  });
}

export function makeEvents(
  random: Random,
  customers: readonly Customer[],
  products: readonly Product[],
  count: number,
): ProductEvent[] {
  const members = customers.filter(({ signedUpAt }) => signedUpAt < watchedFrom);
  const events: ProductEvent[] = [];
  while (events.length < count) {
    const member = random.pick(members);
    const visitor = random.chance(0.58)
      ? { userId: member.customerId, plan: member.plan }
      : { userId: firstVisitor + random.int(0, 7400), plan: 'none' };
    events.push(...visit(random, visitor, products));
  }
  return events.slice(0, count).sort((a, b) => a.timestamp - b.timestamp);
}

const properties = ({ userId, timestamp, pageUrl, referrer, plan, source }: ProductEvent) =>
  JSON.stringify({
    user_id: userId,
    timestamp: isoText(timestamp),
    context: { page_url: pageUrl, referrer },
    traits: { plan, source },
  });

export const eventsCsv = (rows: ProductEvent[]): CsvTable<ProductEvent> => ({
  file: 'data/product_events.csv',
  columns: [
    ['event', (row) => row.event],
    ['properties', properties],
  ],
  rows,
});
