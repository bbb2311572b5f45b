import { yamlText } from '../yaml-text.ts';

/** Boxes stand in columns 280 apart and rows 132 apart. */
const box = (column: number, row: number): [number, number] => [column * 280, row * 132];

const onePerCustomer = `select distinct on (customer_id) customer_id, country
from customers
order by customer_id, signed_up_at
`;

const orderRevenue = {
  version: 1,
  name: 'order-revenue',
  description:
    'Revenue by country and month of orders that were paid for; what is left out goes to cancelled_orders.',
  steps: [
    { id: 'customers', kind: 'source', inputs: [], params: { table: 'customers' } },
    { id: 'one_per_customer', kind: 'sql', inputs: ['customers'], params: { query: onePerCustomer } },
    { id: 'orders', kind: 'source', inputs: [], params: { table: 'orders' } },
    {
      id: 'sold',
      kind: 'filter',
      inputs: ['orders'],
      params: { condition: "status in ('paid', 'shipped', 'delivered')" },
    },
    {
      id: 'with_country',
      kind: 'join',
      inputs: ['one_per_customer', 'sold'],
      params: { how: 'inner', on: [{ left: 'customer_id', right: 'customer_id' }] },
    },
    {
      id: 'with_month',
      kind: 'derive',
      inputs: ['with_country'],
      params: { columns: [{ name: 'month', expression: "date_trunc('month', ordered_at)::date" }] },
    },
    {
      id: 'revenue',
      kind: 'aggregate',
      inputs: ['with_month'],
      params: {
        by: ['country', 'month'],
        values: [
          { function: 'count', column: 'order_id', name: 'orders' },
          { function: 'sum', column: 'total', name: 'revenue' },
          { function: 'mean', column: 'total', name: 'average_order' },
        ],
      },
    },
    {
      id: 'revenue_by_country',
      kind: 'output',
      inputs: ['revenue'],
      params: { table: 'revenue_by_country' },
    },
    {
      id: 'cancelled_orders',
      kind: 'output',
      inputs: ['sold.rejects'],
      params: { table: 'cancelled_orders' },
    },
  ],
  layout: {
    customers: box(0, 0),
    one_per_customer: box(1, 0),
    orders: box(0, 1),
    sold: box(1, 1),
    with_country: box(2, 0.5),
    with_month: box(3, 0.5),
    revenue: box(4, 0.5),
    revenue_by_country: box(5, 0.5),
    cancelled_orders: box(2, 2),
  },
};

export const pipelineYaml = (): string => yamlText(orderRevenue);
