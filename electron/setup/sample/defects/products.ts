import type { Random } from '../random.ts';
import type { Shop } from '../rows.ts';
import type { Defect } from './defect.ts';

const table = 'products';
const key = ['product_id'];

/** Spoils some products. Orders keep the prices at which they were placed. */
export function spoilProducts(random: Random, { products }: Shop): Defect[] {
  const [dear, free, original, copy] = random.shuffled(products);
  if (!dear || !free || !original || !copy) throw new Error('Too few products to spoil.');
  dear.price *= 100;
  free.price = 0;
  copy.sku = original.sku;
  return [
    {
      id: 'products-column-renamed',
      table,
      class: 'schema',
      column: 'stock_quantity',
      done: 'The warehouse renamed the column stock_quantity to stock_qty in its export.',
      check: 'products_columns',
      rows: [],
      key,
    },
    {
      id: 'products-price-out-of-range',
      table,
      class: 'range',
      column: 'price',
      done: 'One price lost its decimal point, one became zero.',
      check: 'products_price_range',
      rows: [dear, free],
      key,
    },
    {
      id: 'products-sku-repeated',
      table,
      class: 'uniqueness',
      column: 'sku',
      done: 'One product got the stock keeping unit of another; both rows share it.',
      check: 'products_sku_unique',
      rows: [original, copy],
      key,
    },
  ];
}
