/** The columns that the shop's contract promises, by table, as PostgreSQL types. */
export const contractColumns = {
  customers: {
    customer_id: 'integer',
    name: 'text',
    email: 'text',
    phone: 'text',
    country: 'text',
    city: 'text',
    postal_code: 'text',
    plan: 'text',
    newsletter: 'boolean',
    birth_date: 'date',
    signed_up_at: 'timestamp without time zone',
  },
  products: {
    product_id: 'integer',
    sku: 'text',
    name: 'text',
    category: 'text',
    price: 'numeric(18,2)',
    weight_g: 'integer',
    stock_quantity: 'integer',
    launched_on: 'date',
    discontinued_on: 'date',
  },
  orders: {
    order_id: 'integer',
    customer_id: 'integer',
    ordered_at: 'timestamp without time zone',
    status: 'text',
    payment_method: 'text',
    coupon_code: 'text',
    shipped_at: 'timestamp without time zone',
    total: 'numeric(18,2)',
  },
  order_items: {
    order_id: 'integer',
    line_number: 'integer',
    product_id: 'integer',
    quantity: 'integer',
    unit_price: 'numeric(18,2)',
    discount_percent: 'integer',
    line_total: 'numeric(18,2)',
  },
  support_tickets: {
    ticket_id: 'integer',
    customer_id: 'integer',
    created_at: 'timestamp without time zone',
    channel: 'text',
    status: 'text',
    priority: 'text',
    subject: 'text',
    body: 'text',
  },
  product_events: { event: 'text', properties: 'jsonb' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

export type ShopTable = keyof typeof contractColumns;

/** The name that the file gives the stock column instead of the promised one. */
export const renamedColumn = { table: 'products', promised: 'stock_quantity', found: 'stock_qty' } as const;
