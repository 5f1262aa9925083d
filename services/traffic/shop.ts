import { httpStatusCodeLabel } from "../../metrics/http";
import type { LabelsOf } from "../../metrics/catalogue";
import type { ShopCatalogue } from "../../shop/metrics/catalogue";
import type { ServiceProgram } from "../programs";
import type { Answer, Call, GatewayClient } from "./client";
import type { Tally } from "./tally";

/** A product, as far as a customer looks at it. */
export interface ShopProduct {
  readonly id: string;
  readonly price: number;
  readonly stock: number;
}

/** One line of an order. */
export interface Line {
  readonly productId: string;
  readonly quantity: number;
}

/** Who logs in. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

type FailureReason = LabelsOf<ShopCatalogue, "orders_failed_total">["reason"];

/** The reason under which the order service counts each status. */
const reasons: Readonly<Record<number, FailureReason>> = {
  400: "invalid_order",
  402: "payment_declined",
  409: "insufficient_stock",
  422: "unknown_product",
  500: "internal_error",
  503: "dependency_unavailable",
};
/** Outcomes of an order that come after its token was found valid. */
const afterToken = new Set([201, 400, 402, 409, 422, 500]);

/** What a customer can do, each with what the services must have counted when the answer is there. */
export class Shop {
  constructor(
    private readonly client: GatewayClient,
    private readonly tally: Tally,
  ) {}

  async list(): Promise<readonly ShopProduct[]> {
    const answer = await this.call("product-service", "/products", {
      method: "GET",
      path: "/api/products/products",
    });
    return isRecord(answer.body) && Array.isArray(answer.body.products)
      ? answer.body.products.filter(isProduct)
      : [];
  }

  async view(id: string): Promise<void> {
    const path = `/api/products/products/${encodeURIComponent(id)}`;
    const { status } = await this.call("product-service", "/products/:id", { method: "GET", path });
    if (status === 200) this.tally.add("product-service", "products_viewed_total", { product_id: id });
  }

  async register(body: Credentials): Promise<boolean> {
    const call: Call = { method: "POST", path: "/api/auth/register", body };
    const { status } = await this.call("auth-service", "/register", call);
    if (status === 201) this.tally.add("auth-service", "registrations_total", {});
    return status === 201;
  }

  /** Logs in; gives the token. */
  async logIn(body: Credentials): Promise<string | undefined> {
    const call: Call = { method: "POST", path: "/api/auth/login", body };
    const answer = await this.call("auth-service", "/login", call);
    if (answer.status === 200) this.tally.add("auth-service", "login_attempts_total", { status: "success" });
    if (answer.status === 401) this.tally.add("auth-service", "login_attempts_total", { status: "failure" });
    return isRecord(answer.body) && typeof answer.body.token === "string" ? answer.body.token : undefined;
  }

  async order(token: string | undefined, lines: readonly Line[]): Promise<void> {
    const path = "/api/orders/orders";
    const call: Call = { method: "POST", path, body: { lines }, ...(token !== undefined && { token }) };
    const { status, body } = await this.call("order-service", "/orders", call);
    // Without a token that holds it was no attempt to order.
    if (status === 0 || status === 401 || status === 502 || status === 504) return;
    this.tally.add("order-service", "orders_total", {});
    if (afterToken.has(status))
      this.tally.add("auth-service", "token_validations_total", { result: "valid" });
    if (status === 201) {
      this.tally.add("order-service", "orders_created_total", {});
      const total = isRecord(body) && typeof body.total === "number" ? body.total : 0;
      this.tally.observe("order-service", "order_value_dollars", {}, total);
      return;
    }
    const reason = reasons[status];
    if (reason) this.tally.add("order-service", "orders_failed_total", { reason });
  }

  private async call(service: ServiceProgram, route: string, call: Call): Promise<Answer> {
    const answer = await this.client.send(service, call);
    const { status } = answer;
    // 502 and 504 are the gateway's own: nobody knows what the service behind counted.
    if (status === 0 || status === 502 || status === 504) return answer;
    const status_code = httpStatusCodeLabel(status);
    this.tally.add(service, "http_requests_total", { method: call.method, route, status_code });
    return answer;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isProduct(value: unknown): value is ShopProduct {
  return (
    isRecord(value) &&
    typeof value.id === "string" &&
    typeof value.price === "number" &&
    typeof value.stock === "number"
  );
}
