import { busyMoment, closed, day, hour, timestampText } from '../calendar.ts';
import type { CsvTable } from '../csv.ts';
import { money } from '../money.ts';
import type { Random } from '../random.ts';
import type { Customer, Order, OrderItem, Product } from '../rows.ts';

const firstId = 100_001;
const campaigns = ['WELCOME10', 'SPRING24', 'SUMMER15', 'BLACKFRIDAY', 'FRIENDS', 'NOËL20'];

/** Few customers and few products make most of the sales. */
const popularity = <T>(random: Random, list: readonly T[], spread: number) =>
  list.map((one) => [one, random.logNormal(1, spread)] as const);

type Shelf = readonly (readonly [Product, number])[];

const onSale = (shelf: Shelf, moment: number): Shelf =>
  shelf.filter(([{ discontinuedOn }]) => discontinuedOn === null || discontinuedOn > moment);

/** Lines of one order, each product once. */
function makeItems(random: Random, orderId: number, shelf: Shelf, discountPercent: number): OrderItem[] {
  const lines = random.weighted(
    [1, 2, 3, 4, 5, 6].map((n, i) => [n, [30, 28, 20, 12, 7, 3][i] ?? 0] as const),
  );
  const products = new Set<Product>();
  while (products.size < lines) products.add(random.weighted(shelf));
  return [...products].map((product, index) => {
    const quantity = random.weighted([
      [1, 72],
      [2, 18],
      [3, 5],
      [4, 3],
      [6, 2],
    ]);
    return {
      orderId,
      lineNumber: index + 1,
      productId: product.productId,
      quantity,
      unitPrice: product.price,
      discountPercent,
      lineTotal: Math.round((quantity * product.price * (100 - discountPercent)) / 100),
    };
  });
}

/** Where an order stands: old ones are done with, the last days' are on their way. */
function standing(random: Random, orderedAt: number): Pick<Order, 'status' | 'shippedAt'> {
  if (random.chance(0.062)) return { status: 'cancelled', shippedAt: null };
  const shippedAt = orderedAt + Math.round(random.logNormal(30, 0.6) * 3600) * 1000;
  if (shippedAt > closed) return { status: 'paid', shippedAt: null };
  const arrived = shippedAt + random.int(1, 9) * day < closed && random.chance(0.94);
  return { status: arrived ? 'delivered' : 'shipped', shippedAt };
}

const paymentMethods = [
  ['card', 48],
  ['paypal', 27],
  ['invoice', 13],
  ['bank_transfer', 7],
  ['gift_card', 5],
] as const;

export function makeOrders(
  random: Random,
  customers: readonly Customer[],
  products: readonly Product[],
  count: number,
): { orders: Order[]; items: OrderItem[] } {
  const eager = popularity(random, customers, 1.05);
  const shelf = popularity(random, products, 0.9);
  const moments = Array.from({ length: count }, () => busyMoment(random)).sort((a, b) => a - b);
  const items: OrderItem[] = [];
  const orders = moments.map((orderedAt, index) => {
    const orderId = firstId + index;
    const known = eager.filter(([customer]) => customer.signedUpAt + hour / 10 < orderedAt);
    const couponCode = random.chance(0.14) ? random.pick(campaigns) : null;
    const lines = makeItems(
      random,
      orderId,
      onSale(shelf, orderedAt),
      couponCode ? random.pick([10, 15, 20]) : 0,
    );
    items.push(...lines);
    return {
      orderId,
      customerId: random.weighted(known).customerId,
      orderedAt,
      ...standing(random, orderedAt),
      paymentMethod: random.chance(0.011) ? null : random.weighted(paymentMethods),
      couponCode,
      total: lines.reduce((sum, line) => sum + line.lineTotal, 0),
    };
  });
  return { orders, items };
}

export const ordersCsv = (rows: Order[]): CsvTable<Order> => ({
  file: 'data/orders.csv',
  columns: [
    ['order_id', (row) => row.orderId],
    ['customer_id', (row) => row.customerId],
    ['ordered_at', (row) => timestampText(row.orderedAt)],
    ['status', (row) => row.status],
    ['payment_method', (row) => row.paymentMethod],
    ['coupon_code', (row) => row.couponCode],
    ['shipped_at', (row) => (row.shippedAt === null ? null : timestampText(row.shippedAt))],
    ['total', (row) => money(row.total)],
  ],
  rows,
});

export const itemsCsv = (rows: OrderItem[], rawLines: CsvTable['rawLines'] = []): CsvTable<OrderItem> => ({
  file: 'data/order_items.csv',
  columns: [
    ['order_id', (row) => row.orderId],
    ['line_number', (row) => row.lineNumber],
    ['product_id', (row) => row.productId],
    ['quantity', (row) => row.quantity],
    ['unit_price', (row) => money(row.unitPrice)],
    ['discount_percent', (row) => row.discountPercent],
    ['line_total', (row) => money(row.lineTotal)],
  ],
  rows,
  rawLines,
});
