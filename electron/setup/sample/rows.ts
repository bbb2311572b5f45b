/** What the shop keeps, one interface a table. Moments in milliseconds, amounts in cents. */
export interface Customer {
  customerId: number;
  name: string;
  email: string | null;
  phone: string | null;
  country: string;
  city: string;
  postalCode: string | null;
  plan: string;
  newsletter: boolean;
  birthDate: number | null;
  signedUpAt: number;
}

export interface Product {
  productId: number;
  sku: string;
  name: string;
  /** What a person calls it in a letter: "kettle". */
  noun: string;
  category: string;
  price: number;
  weight: number | null;
  stock: number;
  launchedOn: number;
  discontinuedOn: number | null;
}

export interface Order {
  orderId: number;
  customerId: number;
  orderedAt: number;
  status: string;
  paymentMethod: string | null;
  couponCode: string | null;
  shippedAt: number | null;
  total: number;
}

export interface OrderItem {
  orderId: number;
  lineNumber: number;
  productId: number;
  quantity: number;
  unitPrice: number;
  discountPercent: number;
  lineTotal: number;
}

export interface Ticket {
  ticketId: number;
  customerId: number | null;
  createdAt: number;
  channel: string;
  status: string;
  priority: string;
  subject: string | null;
  body: string;
}

export interface ProductEvent {
  event: string;
  userId: number;
  timestamp: number;
  pageUrl: string;
  referrer: string | null;
  plan: string;
  source: string;
}

/** The whole shop, before it is written. */
export interface Shop {
  readonly customers: Customer[];
  readonly products: Product[];
  readonly orders: Order[];
  readonly items: OrderItem[];
  readonly tickets: Ticket[];
  readonly events: ProductEvent[];
}
