import type { Random } from '../random.ts';
import type { OrderItem, Shop } from '../rows.ts';
import type { Defect } from './defect.ts';

const table = 'order_items';
const key = ['order_id', 'line_number'];

/** Spoils some lines of orders; totals follow, so that each defect is found by one check only. */
export function spoilItems(random: Random, shop: Shop): Defect[] {
  return [orphans(random, shop), negative(random, shop)];
}

function orphans(random: Random, { items }: Shop): Defect {
  const rows = random
    .shuffled(items)
    .slice(0, 5)
    .map((item, index) => ({
      ...item,
      orderId: 88_001 + Math.floor(index / 2),
      lineNumber: 1 + (index % 2),
    }));
  items.splice(random.int(4000, 5000), 0, ...rows);
  return {
    id: 'order-items-orphaned',
    table,
    class: 'referential integrity',
    column: 'order_id',
    done: 'Items were added for three orders that are not in orders.csv.',
    check: 'order_items_order_exists',
    rows,
    key,
  };
}

function negative(random: Random, { items, orders }: Shop): Defect {
  const orderOf = new Map(orders.map((order) => [order.orderId, order]));
  const fits = ({ orderId, lineTotal, quantity }: OrderItem) =>
    quantity === 2 && (orderOf.get(orderId)?.total ?? 0) > 2 * lineTotal;
  const rows = random.shuffled(items.filter(fits)).slice(0, 3);
  for (const row of rows) {
    const order = orderOf.get(row.orderId);
    if (order) order.total -= 2 * row.lineTotal;
    row.quantity = -row.quantity;
    row.lineTotal = -row.lineTotal;
  }
  return {
    id: 'order-items-quantity-negative',
    table,
    class: 'range',
    column: 'quantity',
    done: 'Returned goods were booked as a negative quantity; line and order totals follow.',
    check: 'order_items_quantity_range',
    rows,
    key,
  };
}
