import type { Service } from "../shop/metrics/services";

/** A program of a service. */
interface ServiceProgramPorts {
  /** Port at which it listens by default. */
  readonly port: number;
  /** Port of its metrics by default, where they have one of their own. */
  readonly metricsPort?: number;
}

/** The services whose programs are in this repository. The catalogue may have others, which run elsewhere. */
export const servicePrograms = {
  "api-gateway": { port: 3000, metricsPort: 9464 },
  "product-service": { port: 3001 },
  "auth-service": { port: 3002 },
  "order-service": { port: 3003 },
} as const satisfies Readonly<Partial<Record<Service, ServiceProgramPorts>>>;

/** Name of a service whose program is here. */
export type ServiceProgram = keyof typeof servicePrograms;

/** Their names. */
export const programNames = Object.keys(servicePrograms) as readonly ServiceProgram[];

/** A value for each of them. */
export function byProgram<T>(value: (program: ServiceProgram) => T): Readonly<Record<ServiceProgram, T>> {
  return Object.fromEntries(programNames.map((name) => [name, value(name)])) as Record<ServiceProgram, T>;
}
