import { at, closed, day } from '../calendar.ts';
import type { Random } from '../random.ts';
import type { Order, Shop } from '../rows.ts';
import type { Defect } from './defect.ts';

const table = 'orders';
const key = ['order_id'];

/** Spoils some orders, each in one way. */
export function spoilOrders(random: Random, { orders }: Shop): Defect[] {
  const victims = random.shuffled(orders);
  const take = (count: number, status: string) => {
    const chosen = victims.filter((order) => order.status === status).slice(0, count);
    for (const one of chosen) victims.splice(victims.indexOf(one), 1);
    return chosen;
  };
  return [
    unknownCustomer(take(3, 'delivered')),
    misspeltStatus(take(4, 'shipped')),
    wrongTotal(take(4, 'delivered')),
    shippedEarly(take(3, 'delivered')),
    inTheFuture(take(2, 'paid')),
  ];
}

function unknownCustomer(rows: Order[]): Defect {
  rows.forEach((row, index) => {
    row.customerId = 99_001 + index;
  });
  return {
    id: 'orders-customer-unknown',
    table,
    class: 'referential integrity',
    column: 'customer_id',
    done: 'The customer was replaced by a number that no customer has.',
    check: 'orders_customer_exists',
    rows,
    key,
  };
}

function misspeltStatus(rows: Order[]): Defect {
  rows.forEach((row, index) => {
    row.status = index === 0 ? 'Shipped ' : 'shiped';
  });
  return {
    id: 'orders-status-misspelt',
    table,
    class: 'range',
    column: 'status',
    done: 'The status was misspelt: shiped, and once a capital letter and a space at the end.',
    check: 'orders_status_known',
    rows,
    key,
  };
}

function wrongTotal(rows: Order[]): Defect {
  const off = [490, -1000, 27, 9900];
  rows.forEach((row, index) => {
    row.total += off[index % off.length] ?? 1;
  });
  return {
    id: 'orders-total-differs',
    table,
    class: 'business rule',
    column: 'total',
    done: 'The total was changed, so that it is no longer the sum of the items.',
    check: 'orders_total_is_sum_of_items',
    rows,
    key,
  };
}

function shippedEarly(rows: Order[]): Defect {
  for (const row of rows) row.shippedAt = row.orderedAt - 3 * day;
  return {
    id: 'orders-shipped-before-ordered',
    table,
    class: 'business rule',
    column: 'shipped_at',
    done: 'The date of shipping was set three days before the order.',
    check: 'orders_shipped_after_ordered',
    rows,
    key,
  };
}

function inTheFuture(rows: Order[]): Defect {
  for (const row of rows) row.orderedAt += at('2052-01-01T00:00:00') - at('2025-01-01T00:00:00');
  return {
    id: 'orders-date-in-future',
    table,
    class: 'range',
    column: 'ordered_at',
    done: `The year was mistyped: 2052 for ${new Date(closed - day).getUTCFullYear()}.`,
    check: 'orders_date_range',
    rows,
    key,
  };
}
