import { randomUUID } from "node:crypto";

/** Where an order stands. Pending and paid orders move on; shipped and cancelled ones stay. */
export type OrderStatus = "pending" | "paid" | "shipped" | "cancelled";

/** One product of an order. */
export interface OrderLine {
  readonly productId: string;
  readonly quantity: number;
}

/** An order. */
export interface Order {
  readonly id: string;
  readonly userId: string;
  readonly lines: readonly OrderLine[];
  /** Value in dollars. */
  readonly total: number;
  readonly status: OrderStatus;
}

/** Which moves an order may make. */
const moves: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  pending: ["paid", "cancelled"],
  paid: ["shipped", "cancelled"],
  shipped: [],
  cancelled: [],
};

/** Told of each order that enters or leaves a status. */
export type StatusListener = (status: OrderStatus, change: 1 | -1) => void;

/** Orders in memory. Beyond `capacity` the oldest one that is shipped or cancelled goes for each new one. */
export class OrderStore {
  private readonly orders = new Map<string, Order>();
  /** Ids of the orders that will not change any more, oldest first. */
  private readonly done = new Set<string>();

  constructor(
    private readonly capacity: number,
    private readonly onStatusChange: StatusListener,
  ) {}

  /** Whether another order finds room. */
  hasRoom(): boolean {
    return this.orders.size < this.capacity || this.done.size > 0;
  }

  /** Adds a pending order. @throws Error when there is no room */
  add(order: Omit<Order, "id" | "status">): Order {
    if (!this.hasRoom()) throw new Error("the store of orders is full");
    if (this.orders.size >= this.capacity) this.dropOldestDone();
    const added: Order = { id: randomUUID(), ...order, status: "pending" };
    this.orders.set(added.id, added);
    this.onStatusChange("pending", 1);
    return added;
  }

  get(id: string): Order | undefined {
    return this.orders.get(id);
  }

  /** The latest orders of a user, newest first. */
  ofUser(userId: string, limit: number): Order[] {
    return [...this.orders.values()]
      .filter((order) => order.userId === userId)
      .reverse()
      .slice(0, limit);
  }

  /** Moves an order; undefined when it may not make this move. */
  move(order: Order, status: OrderStatus): Order | undefined {
    const current = this.orders.get(order.id);
    if (!current || !moves[current.status].includes(status)) return undefined;
    const moved = { ...current, status };
    this.orders.set(order.id, moved);
    if (moves[status].length === 0) this.done.add(order.id);
    this.onStatusChange(current.status, -1);
    this.onStatusChange(status, 1);
    return moved;
  }

  private dropOldestDone(): void {
    const [oldest] = this.done;
    const order = oldest === undefined ? undefined : this.orders.get(oldest);
    if (!order) return;
    this.done.delete(order.id);
    this.orders.delete(order.id);
    this.onStatusChange(order.status, -1);
  }
}
