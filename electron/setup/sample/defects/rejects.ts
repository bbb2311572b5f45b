import { money } from '../money.ts';
import type { OrderItem, Shop } from '../rows.ts';

/** A line that an import must refuse and account for. */
export interface RefusedLine {
  readonly id: string;
  readonly table: string;
  readonly column: string | null;
  readonly done: string;
  readonly after: number;
  readonly text: string;
}

/** Comes late in the file, where a look at the first rows does not see it. */
function quantityInWords(items: readonly OrderItem[]): RefusedLine {
  const index = items.length - 600;
  const item = items[index];
  if (!item) throw new Error('Too few order items to spoil.');
  const price = money(item.unitPrice);
  return {
    id: 'order-items-quantity-in-words',
    table: 'order_items',
    column: 'quantity',
    done: 'A line was added whose quantity is the word "two"; the order\'s total does not count it.',
    after: index + 1,
    text: `${item.orderId},99,${item.productId},two,${price},0,${money(2 * item.unitPrice)}`,
  };
}

const nameWithComma: RefusedLine = {
  id: 'customers-row-ragged',
  table: 'customers',
  column: null,
  done: 'A line was added whose name holds a comma and no quotes, so that it has one field too many.',
  after: 640,
  text: '19999,Jordan Kim, PhD,jordan.kim@example.org,,US,Boston,02134,free,false,,2024-09-12 17:45:10',
};

export const refusedLines = ({ items }: Shop): RefusedLine[] => [nameWithComma, quantityInWords(items)];
