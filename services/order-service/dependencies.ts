import {
  callService,
  DependencyUnavailable,
  type CalledService,
  type ServiceCall,
} from "../platform/service-call";
import { OrderFailure } from "./failure";
import type { OrderLine } from "./store";

/** A product, as far as an order needs it. */
export interface PricedProduct {
  readonly price: number;
}

/** What the order service asks of the product service. Each call ends within the time limit. */
export class Dependencies {
  private readonly productService: CalledService;

  constructor(url: URL, timeoutMs: number) {
    this.productService = { name: "product-service", url, timeoutMs };
  }

  /** The product of a line. @throws OrderFailure when there is none */
  async product({ productId }: OrderLine): Promise<PricedProduct> {
    const path = `/internal/products/${encodeURIComponent(productId)}`;
    const { status, body } = await this.call({ method: "GET", path, template: "/internal/products/:id" });
    if (status === 404) throw unknownProduct(productId);
    if (status !== 200 || typeof body?.price !== "number") {
      throw new DependencyUnavailable(this.productService);
    }
    return { price: body.price };
  }

  /** Takes the items of a line out of the stock. @throws OrderFailure when they are not there */
  async reserve({ productId, quantity }: OrderLine): Promise<void> {
    const path = `/internal/products/${encodeURIComponent(productId)}/reservations`;
    const template = "/internal/products/:id/reservations";
    const { status } = await this.call({ method: "POST", path, template, body: { quantity } });
    if (status === 404) throw unknownProduct(productId);
    if (status === 409) {
      throw new OrderFailure(
        "insufficient_stock",
        409,
        `There are not enough items of ${productId} in stock.`,
      );
    }
    if (status !== 200) throw new DependencyUnavailable(this.productService);
  }

  /** Puts the items of a line back into the stock. */
  async release({ productId, quantity }: OrderLine): Promise<void> {
    const path = `/internal/products/${encodeURIComponent(productId)}/releases`;
    const template = "/internal/products/:id/releases";
    const { status } = await this.call({ method: "POST", path, template, body: { quantity } });
    if (status !== 200 && status !== 404) throw new DependencyUnavailable(this.productService);
  }

  private call(call: ServiceCall) {
    return callService(this.productService, call);
  }
}

function unknownProduct(id: string): OrderFailure {
  return new OrderFailure("unknown_product", 422, `There is no product ${id}.`);
}
