import type { Order, OrderStore } from "./store";

/** The next step of an order that nobody touches. */
const next = { pending: "paid", paid: "shipped" } as const;

/** Moves orders on by themselves, a step at a time, as a shop's payments and parcels do. */
export class Lifecycle {
  private readonly timers = new Map<string, NodeJS.Timeout>();

  /** @param stepMs time between two steps; 0 leaves every order where it is */
  constructor(
    private readonly store: OrderStore,
    private readonly stepMs: number,
  ) {}

  /** Sees to an order from now on. */
  follow({ id }: Order): void {
    if (this.stepMs === 0) return;
    this.timers.set(
      id,
      setTimeout(() => {
        this.step(id);
      }, this.stepMs),
    );
  }

  /** Lets all orders be. */
  stop(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  private step(id: string): void {
    this.timers.delete(id);
    const order = this.store.get(id);
    if (order?.status !== "pending" && order?.status !== "paid") return;
    const moved = this.store.move(order, next[order.status]);
    if (moved?.status === "paid") this.follow(moved);
  }
}
