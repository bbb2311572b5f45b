import { at, dateText, day } from '../calendar.ts';
import type { CsvTable } from '../csv.ts';
import { money } from '../money.ts';
import type { Random } from '../random.ts';
import type { Product } from '../rows.ts';
import { catalogue } from './catalogue.ts';

const firstId = 501;

const title = (words: string) => words.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());

/** Every style of every noun that the shop could carry. */
const offers = catalogue.flatMap(({ name: category, styles, nouns }, index) =>
  nouns.flatMap(([noun, price, grams], place) =>
    styles.map((style) => ({
      category,
      noun,
      price,
      grams,
      name: `${style} ${title(noun)}`,
      code: (index + 1) * 1000 + place * 100,
    })),
  ),
);

/** A price as shops write them: 47.90, 129.00, 18.50. */
function priceOf(random: Random, usual: number): number {
  const whole = Math.max(4, Math.round(random.logNormal(usual, 0.22)));
  return whole * 100 - random.pick([0, 5, 10, 10, 50, 100]);
}

function discontinued(random: Random, launchedOn: number): number | null {
  return random.chance(0.12)
    ? Math.min(launchedOn + random.int(400, 900) * day, at('2025-11-30T00:00:00'))
    : null;
}

export function makeProducts(random: Random, count: number): Product[] {
  const chosen = random.shuffled(offers).slice(0, count);
  return chosen
    .map((offer) => ({ ...offer, code: offer.code + random.int(1, 9) * 10 + random.int(0, 9) }))
    .map(({ category, noun, price, grams, name, code }, index) => {
      const launchedOn = at('2021-02-01T00:00:00') + random.int(0, 1050) * day;
      return {
        productId: firstId + index,
        sku: String(code * 1000 + index).padStart(8, '0'),
        name: random.chance(0.02) ? `${name} 🎁` : name,
        noun,
        category,
        price: priceOf(random, price),
        weight: random.chance(0.05) ? null : Math.round(random.logNormal(grams, 0.12)),
        stock: Math.round(random.logNormal(60, 0.9)),
        launchedOn,
        discontinuedOn: discontinued(random, launchedOn),
      };
    });
}

/** The stock column goes by a name that the contract does not know: one of the planted defects. */
export const productsCsv = (rows: Product[]): CsvTable<Product> => ({
  file: 'data/products.csv',
  columns: [
    ['product_id', (row) => row.productId],
    ['sku', (row) => row.sku],
    ['name', (row) => row.name],
    ['category', (row) => row.category],
    ['price', (row) => money(row.price)],
    ['weight_g', (row) => row.weight],
    ['stock_qty', (row) => row.stock],
    ['launched_on', (row) => dateText(row.launchedOn)],
    ['discontinued_on', (row) => (row.discontinuedOn === null ? null : dateText(row.discontinuedOn))],
  ],
  rows,
});
