import { busyMoment, closed, day, opened, timestampText } from '../calendar.ts';
import type { CsvTable } from '../csv.ts';
import type { Random } from '../random.ts';
import type { Customer, Order, OrderItem, Product, Ticket } from '../rows.ts';
import { billing } from './billing.ts';
import { change } from './change.ts';
import { damaged } from './damaged.ts';
import { delivery } from './delivery.ts';
import { letterWriter } from './letter.ts';
import { login } from './login.ts';
import { praise } from './praise.ts';
import { privacy } from './privacy.ts';
import { question } from './question.ts';
import { refund } from './refund.ts';
import { size } from './size.ts';
import { isSoft, type Matter, slotFiller } from './slots.ts';
import type { Topic } from './topic.ts';
import { warranty } from './warranty.ts';
import { wish } from './wish.ts';

const topics: readonly Topic[] = [
  ...[delivery, damaged, refund, login, billing, size],
  ...[praise, wish, warranty, privacy, question, change],
];
const firstId = 7001;

const channels = [
  ['email', 48],
  ['web', 26],
  ['chat', 19],
  ['app', 7],
] as const;

interface Goods {
  readonly customers: readonly Customer[];
  readonly products: readonly Product[];
  readonly orders: readonly Order[];
  readonly items: readonly OrderItem[];
}

/** Finds something a ticket of a topic can be about. */
function matters(random: Random, { customers, products, orders, items }: Goods) {
  const customerOf = new Map(customers.map((customer) => [customer.customerId, customer]));
  const productOf = new Map(products.map((product) => [product.productId, product]));
  const orderOf = new Map(orders.map((order) => [order.orderId, order]));
  const nouns = [...new Set(products.map(({ noun }) => noun))];
  const fits = ({ categories, breakable }: Topic, product: Product) =>
    (!categories || categories.includes(product.category)) && !(breakable && isSoft(product));
  const afterNothing = (): Matter => {
    const customer = random.pick(customers);
    const createdAt = busyMoment(random, Math.max(opened, customer.signedUpAt), closed);
    return { customer, createdAt, product: random.pick(products), nouns };
  };
  const afterOrder = (topic: Topic): Matter => {
    for (;;) {
      const item = random.pick(items);
      const order = orderOf.get(item.orderId);
      const customer = order && customerOf.get(order.customerId);
      const product = productOf.get(item.productId);
      const [least, most] = topic.lag ?? [3, 25];
      const createdAt =
        (order?.orderedAt ?? closed) + Math.floor((least + random.next() * (most - least)) * day);
      if (!order || !customer || !product || !fits(topic, product) || createdAt >= closed) continue;
      return { customer, createdAt: createdAt - (createdAt % 1000), order, product, nouns };
    }
  };
  return (topic: Topic) => (topic.after === 'order' ? afterOrder(topic) : afterNothing());
}

/** Old tickets are closed, new ones may be open. */
function standing(random: Random, createdAt: number): string {
  const age = (closed - createdAt) / day;
  if (age > 30)
    return random.weighted([
      ['closed', 86],
      ['resolved', 13],
      ['open', 1],
    ] as const);
  return random.weighted([
    ['open', 44],
    ['pending', 27],
    ['resolved', 22],
    ['closed', 7],
  ] as const);
}

const firstName = ({ name }: Customer) => name.split(' ')[0] ?? name;

export function makeTickets(random: Random, goods: Goods, count: number): Ticket[] {
  const find = matters(random, goods);
  const writer = letterWriter(random);
  const byWeight = topics.map((topic) => [topic, topic.weight] as const);
  const written = Array.from({ length: count }, () => {
    const topic = random.weighted(byWeight);
    const matter = find(topic);
    const fill = slotFiller(random, matter);
    const channel = random.weighted(channels);
    return {
      customerId: topic.after === 'nothing' && random.chance(0.22) ? null : matter.customer.customerId,
      createdAt: matter.createdAt,
      channel,
      status: standing(random, matter.createdAt),
      priority: random.weighted(topic.priority),
      subject: writer.subject(topic, fill),
      body: writer.body(topic, fill, channel, firstName(matter.customer)),
    };
  });
  return written
    .sort((a, b) => a.createdAt - b.createdAt)
    .map((ticket, index) => ({ ticketId: firstId + index, ...ticket }));
}

export const ticketsCsv = (rows: Ticket[]): CsvTable<Ticket> => ({
  file: 'data/support_tickets.csv',
  columns: [
    ['ticket_id', (row) => row.ticketId],
    ['customer_id', (row) => row.customerId],
    ['created_at', (row) => timestampText(row.createdAt)],
    ['channel', (row) => row.channel],
    ['status', (row) => row.status],
    ['priority', (row) => row.priority],
    ['subject', (row) => row.subject],
    ['body', (row) => row.body],
  ],
  rows,
});
