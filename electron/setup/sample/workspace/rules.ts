import type { ShopTable } from './columns.ts';
import { exists, holds, oneOf, present, promisedColumns, type Rule, shaped, unique, within } from './rule.ts';

const countryCodes = ['BR', 'CA', 'CN', 'DE', 'ES', 'FR', 'GB', 'IT', 'NL', 'PL', 'PT', 'SE', 'US'];

const totalIsSum = `(order_id, round(total::numeric, 2)) in (
  select order_id, round(sum(line_total::numeric), 2) from order_items group by order_id
)`;

const customers: readonly Rule[] = [
  promisedColumns('customers'),
  unique('customers_id_unique', ['customer_id'], 'A customer number belongs to one customer.'),
  present('customers_email_present', 'email', 'Every customer can be reached by e-mail.'),
  shaped('customers_email_form', 'email', '^[^@ ]+@[^@ ]+[.][^@ ]+$', 'An e-mail has one @ and a domain.'),
  oneOf('customers_country_known', 'country', countryCodes, 'Countries are ISO 3166 codes we deliver to.'),
  oneOf('customers_plan_known', 'plan', ['free', 'plus', 'pro'], 'There are three plans.'),
  present('customers_phone_present', 'phone', 'Most customers left a phone number.', {
    severity: 'warning',
    warnAbove: 10,
    failAbove: 30,
  }),
  within(
    'customers_birth_date_range',
    'birth_date',
    '1920-01-01',
    '2010-01-01',
    'Customers are of age and alive.',
  ),
];

const products: readonly Rule[] = [
  promisedColumns('products'),
  unique('products_id_unique', ['product_id'], 'A product number belongs to one product.'),
  unique('products_sku_unique', ['sku'], 'A stock keeping unit belongs to one product.'),
  within('products_price_range', 'price', '1', '1000', 'A price is between 1 and 1,000 euros.'),
  holds(
    'products_discontinued_after_launch',
    'discontinued_on is null or discontinued_on >= launched_on',
    'Nothing is discontinued before it was launched.',
  ),
];

const orders: readonly Rule[] = [
  promisedColumns('orders'),
  unique('orders_id_unique', ['order_id'], 'An order number belongs to one order.'),
  exists('orders_customer_exists', 'customer_id', 'customers', 'Every order is of a known customer.'),
  within('orders_date_range', 'ordered_at', '2024-01-01', '2026-01-01', 'Orders are of 2024 and 2025.'),
  oneOf(
    'orders_status_known',
    'status',
    ['paid', 'shipped', 'delivered', 'cancelled'],
    'The status is one of the four the shop uses.',
  ),
  present('orders_payment_method_present', 'payment_method', 'Nearly every order says how it was paid.', {
    severity: 'warning',
    failAbove: 5,
  }),
  holds('orders_total_is_sum_of_items', totalIsSum, "An order's total is the sum of its items."),
  holds(
    'orders_shipped_after_ordered',
    'shipped_at is null or shipped_at >= ordered_at',
    'Nothing is shipped before it was ordered.',
  ),
];

const orderItems: readonly Rule[] = [
  promisedColumns('order_items'),
  unique('order_items_line_unique', ['order_id', 'line_number'], 'A line of an order is there once.'),
  exists('order_items_order_exists', 'order_id', 'orders', 'Every item belongs to an order.'),
  exists('order_items_product_exists', 'product_id', 'products', 'Every item is a product of ours.'),
  within('order_items_quantity_range', 'quantity', '1', '100', 'Between 1 and 100 pieces are ordered.'),
  within('order_items_discount_range', 'discount_percent', '0', '50', 'No discount is above 50 per cent.'),
  holds(
    'order_items_line_total_adds_up',
    'abs(line_total - quantity * unit_price * (100 - discount_percent) / 100) < 0.01',
    'A line is quantity times price, less the discount.',
  ),
];

const supportTickets: readonly Rule[] = [
  promisedColumns('support_tickets'),
  unique('support_tickets_id_unique', ['ticket_id'], 'A ticket number belongs to one ticket.'),
  present('support_tickets_subject_present', 'subject', 'Every ticket has a subject.'),
  present('support_tickets_body_present', 'body', 'Every ticket says something.'),
  exists(
    'support_tickets_customer_exists',
    'customer_id',
    'customers',
    'Where a customer is named, it is ours.',
  ),
  oneOf(
    'support_tickets_status_known',
    'status',
    ['open', 'pending', 'resolved', 'closed'],
    'The status is one of four.',
  ),
  oneOf(
    'support_tickets_priority_known',
    'priority',
    ['low', 'normal', 'high', 'urgent'],
    'The priority is one of four.',
  ),
];

const productEvents: readonly Rule[] = [
  promisedColumns('product_events'),
  present('product_events_event_present', 'event', 'Every event has a name.'),
  oneOf(
    'product_events_event_known',
    'event',
    ['page_view', 'search', 'product_view', 'add_to_cart', 'checkout_start', 'purchase'],
    'The funnel has six kinds of events.',
  ),
  holds(
    'product_events_user_named',
    "(properties::jsonb ->> 'user_id') is not null",
    'Every event says who did it.',
  ),
];

/** The rules of each table: all six classes, and every planted defect. */
export const shopRules: Readonly<Record<ShopTable, readonly Rule[]>> = {
  customers,
  products,
  orders,
  order_items: orderItems,
  support_tickets: supportTickets,
  product_events: productEvents,
};
