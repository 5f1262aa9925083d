import type { ServiceProgram } from "../programs";

/** What can go wrong with requests to one service. */
export interface ServiceDisturbance {
  /** Share of the requests that ask for a failure, 0 to 1. */
  readonly errors: number;
  /** Share of the requests that ask for a slow answer, 0 to 1. */
  readonly slow: number;
  /** By how much these are slow, in milliseconds. */
  readonly slowMs: number;
}

const none: ServiceDisturbance = { errors: 0, slow: 0, slowMs: 0 };

/** What goes wrong with the traffic. It may change while the traffic is sent. */
export class Disturbance {
  /** Whether customers stop doing what `absence` says. */
  staysAway = false;
  private readonly services = new Map<ServiceProgram, ServiceDisturbance>();

  /** Changes what goes wrong with requests to a service. */
  set(service: ServiceProgram, change: Partial<ServiceDisturbance>): void {
    this.services.set(service, { ...this.of(service), ...change });
  }

  /** What goes wrong with requests to a service. */
  of(service: ServiceProgram): ServiceDisturbance {
    return this.services.get(service) ?? none;
  }
}
