import type { FastifyRequest } from "fastify";
import { Problem } from "./problem";
import { callService, DependencyUnavailable, type CalledService } from "./service-call";

/** What a user may do: customers buy, staff changes what there is to buy. */
export const roles = ["customer", "staff"] as const;

/** One of the roles. */
export type Role = (typeof roles)[number];

/** Who sends a request. */
export interface Caller {
  readonly userId: string;
  readonly role: Role;
}

/** A request without a token that holds. */
export class Unauthenticated extends Problem {
  constructor() {
    super(401, "Send a token of the auth service as a Bearer token.");
  }
}

/** Asks the auth service for whom a request's token speaks. */
export class Authentication {
  private readonly authService: CalledService;

  /** @param timeoutMs longest time that it may take, in milliseconds */
  constructor(url: URL, timeoutMs: number) {
    this.authService = { name: "auth-service", url, timeoutMs };
  }

  /**
   * Who sends a request.
   * @throws Unauthenticated (401), DependencyUnavailable (503)
   */
  async callerOf({ headers }: FastifyRequest): Promise<Caller> {
    const token = /^Bearer ([^\s]+)$/i.exec(headers.authorization ?? "")?.[1];
    if (token === undefined) throw new Unauthenticated();
    const { status, body } = await callService(this.authService, {
      method: "POST",
      path: "/validate",
      body: { token },
    });
    // 400: what was sent cannot be a token at all.
    if (status === 401 || status === 400) throw new Unauthenticated();
    const role = roles.find((each) => each === body?.role);
    if (status !== 200 || typeof body?.userId !== "string" || role === undefined) {
      throw new DependencyUnavailable(this.authService);
    }
    return { userId: body.userId, role };
  }

  /**
   * A hook for routes of one role only.
   * @throws Unauthenticated (401), Problem with 403 for another role, DependencyUnavailable (503)
   */
  only(role: Role): (request: FastifyRequest) => Promise<void> {
    return async (request) => {
      const caller = await this.callerOf(request);
      if (caller.role !== role) throw new Problem(403, `Only a user with the role "${role}" may do this.`);
    };
  }
}
