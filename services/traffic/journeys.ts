import { randomBytes } from "node:crypto";
import type { Disturbance } from "../customers/disturbance";
import type { Credentials, Shop, ShopProduct } from "./shop";

/** How many customers are kept to come again. */
const regulars = 50;

interface Customer extends Credentials {
  token?: string;
}

/** The ways through the shop, and how often each is gone. */
const weights = {
  browse: 40,
  order: 35,
  logIn: 10,
  wrongPassword: 4,
  orderWithoutToken: 3,
  orderUnknownProduct: 3,
  orderOutOfStock: 2,
  orderDeclined: 2,
  orderNothing: 1,
} as const;

/** Name of a journey. */
export type JourneyName = keyof typeof weights;

const names = Object.keys(weights) as JourneyName[];
const withoutOrders = names.filter((name) => !name.startsWith("order"));

/** Customers on their ways through the shop. */
export class Journeys {
  /** How often each journey was gone. */
  readonly gone: Record<JourneyName, number> = Object.fromEntries(names.map((name) => [name, 0])) as Record<
    JourneyName,
    number
  >;
  private readonly customers: Customer[] = [];
  private readonly run = randomBytes(4).toString("hex");
  private registered = 0;

  constructor(
    private readonly shop: Shop,
    private readonly disturbance: Disturbance,
  ) {}

  /** Goes one journey, chosen by weight. */
  async go(name: JourneyName = this.chosen()): Promise<void> {
    this.gone[name] += 1;
    await this[name]();
  }

  private chosen(): JourneyName {
    return chosenOf(this.disturbance.staysAway ? withoutOrders : names);
  }

  private async browse(): Promise<void> {
    const products = await this.shop.list();
    for (let looks = 1 + Math.floor(Math.random() * 3); looks > 0; looks--) {
      const product = pick(products);
      if (product) await this.shop.view(product.id);
    }
  }

  private async order(): Promise<void> {
    const products = await this.available();
    const product = pick(products);
    if (!product) return;
    await this.shop.view(product.id);
    const lines = [{ productId: product.id, quantity: 1 }];
    const other = pick(products);
    if (other && other !== product && Math.random() < 0.3) lines.push({ productId: other.id, quantity: 1 });
    const token = await this.token();
    if (token !== undefined) await this.shop.order(token, lines);
  }

  private async logIn(): Promise<void> {
    const customer = await this.customer();
    if (customer) await this.shop.logIn(plain(customer));
  }

  private async wrongPassword(): Promise<void> {
    const customer = await this.customer();
    if (customer) await this.shop.logIn({ ...plain(customer), password: "not the password" });
  }

  private async orderWithoutToken(): Promise<void> {
    const product = pick(await this.available());
    if (product) await this.shop.order(undefined, [{ productId: product.id, quantity: 1 }]);
  }

  private async orderUnknownProduct(): Promise<void> {
    const token = await this.token();
    if (token !== undefined) await this.shop.order(token, [{ productId: "no-such-product", quantity: 1 }]);
  }

  private async orderOutOfStock(): Promise<void> {
    const soldOut = (await this.shop.list()).find(({ stock }) => stock === 0);
    const token = await this.token();
    if (soldOut && token !== undefined)
      await this.shop.order(token, [{ productId: soldOut.id, quantity: 1 }]);
  }

  private async orderDeclined(): Promise<void> {
    const products = await this.available();
    const dearest = products.reduce<ShopProduct | undefined>(
      (best, product) => (best && best.price >= product.price ? best : product),
      undefined,
    );
    const token = await this.token();
    if (dearest && token !== undefined) {
      await this.shop.order(token, [{ productId: dearest.id, quantity: 1_000 }]);
    }
  }

  private async orderNothing(): Promise<void> {
    const token = await this.token();
    if (token !== undefined) await this.shop.order(token, []);
  }

  private async available(): Promise<readonly ShopProduct[]> {
    return (await this.shop.list()).filter(({ stock }) => stock > 1);
  }

  /** The token of a customer, who logs in for it the first time. */
  private async token(): Promise<string | undefined> {
    const customer = await this.customer();
    if (!customer) return undefined;
    const token = customer.token ?? (await this.shop.logIn(plain(customer)));
    if (token !== undefined) customer.token = token;
    return token;
  }

  /** A customer who was here before, or a new one. */
  private async customer(): Promise<Customer | undefined> {
    const known = pick(this.customers);
    if (known && Math.random() < 0.8) return known;
    this.registered += 1;
    const customer: Customer = {
      username: `customer-${this.run}-${String(this.registered)}`,
      password: randomBytes(12).toString("hex"),
    };
    if (!(await this.shop.register(plain(customer)))) return undefined;
    this.customers.push(customer);
    if (this.customers.length > regulars) this.customers.shift();
    return customer;
  }
}

/** What the customer types. */
function plain({ username, password }: Customer): Credentials {
  return { username, password };
}

function chosenOf(among: readonly JourneyName[]): JourneyName {
  const total = among.reduce((sum, name) => sum + weights[name], 0);
  let draw = Math.random() * total;
  return among.find((name) => (draw -= weights[name]) < 0) ?? "browse";
}

function pick<T>(from: readonly T[]): T | undefined {
  return from[Math.floor(Math.random() * from.length)];
}
