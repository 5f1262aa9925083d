import { randomUUID } from "node:crypto";
import type { Role } from "../platform/authentication";
import type { HashedPassword } from "./passwords";

/** An account. */
export interface User {
  readonly id: string;
  readonly username: string;
  readonly password: HashedPassword;
  readonly role: Role;
}

/** Accounts in memory. Beyond `capacity` the oldest customer's goes for each new one. */
export class UserStore {
  private readonly users = new Map<string, User>();

  constructor(private readonly capacity: number) {}

  has(username: string): boolean {
    return this.users.has(keyOf(username));
  }

  get(username: string): User | undefined {
    return this.users.get(keyOf(username));
  }

  /** Adds an account; undefined when the name is taken. */
  add(username: string, password: HashedPassword, role: Role = "customer"): User | undefined {
    if (this.has(username)) return undefined;
    if (this.users.size >= this.capacity) this.dropOldestCustomer();
    const user = { id: randomUUID(), username, password, role };
    this.users.set(keyOf(username), user);
    return user;
  }

  private dropOldestCustomer(): void {
    for (const [key, { role }] of this.users) {
      if (role !== "customer") continue;
      this.users.delete(key);
      return;
    }
  }
}

/** Names that differ in case only are the same. */
function keyOf(username: string): string {
  return username.toLowerCase();
}
