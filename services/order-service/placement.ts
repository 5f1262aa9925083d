import { traced } from "../instrumentation";
import type { Dependencies } from "./dependencies";
import { OrderFailure } from "./failure";
import type { Order, OrderLine, OrderStore } from "./store";

/** Takes orders: looks the prices up, has the payment approved, reserves the stock. */
export class Placement {
  /** @param paymentLimit orders above this many dollars are declined, as a bank would */
  constructor(
    private readonly store: OrderStore,
    private readonly dependencies: Dependencies,
    private readonly paymentLimit: number,
  ) {}

  /** @throws OrderFailure that says why the order failed; nothing stays reserved then */
  async place(userId: string, lines: readonly OrderLine[]): Promise<Order> {
    if (!this.store.hasRoom()) {
      throw new OrderFailure("internal_error", 503, "Too many orders are under way; try again soon.");
    }
    const total = await traced("price order", () => this.totalOf(lines));
    traced("approve payment", () => {
      this.approve(total);
    });
    await traced("reserve stock", () => this.reserve(lines));
    try {
      return this.store.add({ userId, lines, total });
    } catch (error) {
      await this.release(lines);
      throw error;
    }
  }

  /** Puts the items of an order back into the stock, as far as the product service can be reached. */
  async release(lines: readonly OrderLine[]): Promise<void> {
    await Promise.allSettled(lines.map((line) => this.dependencies.release(line)));
  }

  private async totalOf(lines: readonly OrderLine[]): Promise<number> {
    const products = await Promise.all(lines.map((line) => this.dependencies.product(line)));
    const cents = products.reduce(
      (sum, { price }, index) => sum + Math.round(price * 100) * (lines[index]?.quantity ?? 0),
      0,
    );
    return cents / 100;
  }

  private approve(total: number): void {
    if (total > this.paymentLimit) {
      throw new OrderFailure("payment_declined", 402, "The payment was declined.");
    }
  }

  private async reserve(lines: readonly OrderLine[]): Promise<void> {
    const reserved: OrderLine[] = [];
    try {
      for (const line of lines) {
        await this.dependencies.reserve(line);
        reserved.push(line);
      }
    } catch (error) {
      await this.release(reserved);
      throw error;
    }
  }
}
