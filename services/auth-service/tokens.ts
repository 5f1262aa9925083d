import { randomBytes } from "node:crypto";
import { createSigner, createVerifier, TokenError } from "fast-jwt";
import { roles, type Role } from "../platform/authentication";

/** Who a token speaks for. */
export interface Identity {
  readonly userId: string;
  readonly username: string;
  readonly role: Role;
}

/** What became of checking a token. */
export type Validation =
  { readonly result: "valid"; readonly identity: Identity } | { readonly result: "invalid" | "expired" };

const issuer = "auth-service";

/**
 * Signs and checks JSON Web Tokens (HS256). The key is made at start and known to nobody: users live in memory, so
 * their tokens need not outlive the process either.
 */
export class Tokens {
  private readonly sign: (payload: { sub: string; username: string; role: Role }) => string;
  private readonly check: (token: string) => unknown;

  /** @param lifetimeSeconds how long a token is valid */
  constructor(readonly lifetimeSeconds: number) {
    const key = randomBytes(32);
    this.sign = createSigner({ key, algorithm: "HS256", iss: issuer, expiresIn: lifetimeSeconds * 1000 });
    this.check = createVerifier({ key, algorithms: ["HS256"], allowedIss: issuer }) as (
      token: string,
    ) => unknown;
  }

  issue({ userId, username, role }: Identity): string {
    return this.sign({ sub: userId, username, role });
  }

  validate(token: string): Validation {
    try {
      const payload = this.check(token) as Readonly<Record<string, unknown>>;
      const { sub: userId, username } = payload;
      const role = roles.find((each) => each === payload.role);
      if (typeof userId !== "string" || typeof username !== "string" || role === undefined) {
        return { result: "invalid" };
      }
      return { result: "valid", identity: { userId, username, role } };
    } catch (error) {
      const isExpired = error instanceof TokenError && error.code === TokenError.codes.expired;
      return { result: isExpired ? "expired" : "invalid" };
    }
  }
}
