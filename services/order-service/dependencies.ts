import { tracedRequest } from "../instrumentation";
import { OrderFailure } from "./failure";
import type { OrderLine } from "./store";

/** A product, as far as an order needs it. */
export interface PricedProduct {
  readonly price: number;
}

/** What the order service asks of others. Each call ends within the time limit. */
export class Dependencies {
  constructor(
    private readonly authService: URL,
    private readonly productService: URL,
    private readonly timeoutMs: number,
  ) {}

  /** Id of the user for whom a token speaks; undefined when the token does not hold. */
  async userOf(token: string): Promise<string | undefined> {
    const { status, body } = await this.call("POST", this.authService, "/validate", "/validate", { token });
    // 400: what was sent cannot be a token at all.
    if (status === 401 || status === 400) return undefined;
    if (status !== 200 || !isRecord(body) || typeof body.userId !== "string")
      throw unavailable("auth service");
    return body.userId;
  }

  /** The product of a line. @throws OrderFailure when there is none */
  async product({ productId }: OrderLine): Promise<PricedProduct> {
    const path = `/internal/products/${encodeURIComponent(productId)}`;
    const { status, body } = await this.call("GET", this.productService, path, "/internal/products/:id");
    if (status === 404) throw unknownProduct(productId);
    if (status !== 200 || !isRecord(body) || typeof body.price !== "number")
      throw unavailable("product service");
    return { price: body.price };
  }

  /** Takes the items of a line out of the stock. @throws OrderFailure when they are not there */
  async reserve({ productId, quantity }: OrderLine): Promise<void> {
    const path = `/internal/products/${encodeURIComponent(productId)}/reservations`;
    const template = "/internal/products/:id/reservations";
    const { status } = await this.call("POST", this.productService, path, template, { quantity });
    if (status === 404) throw unknownProduct(productId);
    if (status === 409) {
      throw new OrderFailure(
        "insufficient_stock",
        409,
        `There are not enough items of ${productId} in stock.`,
      );
    }
    if (status !== 200) throw unavailable("product service");
  }

  /** Puts the items of a line back into the stock. */
  async release({ productId, quantity }: OrderLine): Promise<void> {
    const path = `/internal/products/${encodeURIComponent(productId)}/releases`;
    const template = "/internal/products/:id/releases";
    const { status } = await this.call("POST", this.productService, path, template, { quantity });
    if (status !== 200 && status !== 404) throw unavailable("product service");
  }

  private async call(
    method: "GET" | "POST",
    service: URL,
    path: string,
    template: string,
    body?: object,
  ): Promise<{ status: number; body: unknown }> {
    try {
      const response = await tracedRequest({
        method,
        url: new URL(path, service),
        template,
        signal: AbortSignal.timeout(this.timeoutMs),
        ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
      });
      return { status: response.statusCode, body: parseJson(await response.body.text()) };
    } catch (error) {
      const name = service === this.authService ? "auth service" : "product service";
      throw unavailable(name, error);
    }
  }
}

function unavailable(name: string, cause?: unknown): OrderFailure {
  return new OrderFailure("dependency_unavailable", 503, `The ${name} gave no answer; try again soon.`, {
    cause,
  });
}

function unknownProduct(id: string): OrderFailure {
  return new OrderFailure("unknown_product", 422, `There is no product ${id}.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
