import { randomUUID } from "node:crypto";
import type { HashedPassword } from "./passwords";

/** An account. */
export interface User {
  readonly id: string;
  readonly username: string;
  readonly password: HashedPassword;
}

/** Accounts in memory. Beyond `capacity` the oldest one goes for each new one. */
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
  add(username: string, password: HashedPassword): User | undefined {
    if (this.has(username)) return undefined;
    const [oldest] = this.users.keys();
    if (this.users.size >= this.capacity && oldest !== undefined) this.users.delete(oldest);
    const user = { id: randomUUID(), username, password };
    this.users.set(keyOf(username), user);
    return user;
  }
}

/** Names that differ in case only are the same. */
function keyOf(username: string): string {
  return username.toLowerCase();
}
