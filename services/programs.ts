import type { Service } from "../shop/metrics/services";
import * as own from "./own-programs";

/** A program of a service. */
export interface Program {
  /** Port at which it listens by default. */
  readonly port: number;
  /** Port of its metrics by default, where they have one of their own. */
  readonly metricsPort?: number;
  /** What it is for, in a few words. */
  readonly purpose: string;
  /** The services that it calls, whose addresses it must be told. */
  readonly calls: readonly Service[];
}

/** Programs by the name of their service. */
export type OwnPrograms = Readonly<Partial<Record<Service, Program>>>;

export const { servicePrograms, firstPath } = own;

/** Name of a service whose program is here. */
export type ServiceProgram = keyof typeof servicePrograms;

/** The program at which people and other systems come in. */
export const entry: ServiceProgram = own.entry;

/** The service with the most requests: what goes wrong with a share of them is soon seen. */
export const busiest: ServiceProgram = own.busiest;

/** What is known of one of them. */
export function programOf(name: ServiceProgram): Program {
  return servicePrograms[name];
}

/** Their names. */
export const programNames = Object.keys(servicePrograms) as readonly ServiceProgram[];

/** A value for each of them. */
export function byProgram<T>(value: (program: ServiceProgram) => T): Readonly<Record<ServiceProgram, T>> {
  return Object.fromEntries(programNames.map((name) => [name, value(name)])) as Record<ServiceProgram, T>;
}

/** Default port of a program's metrics: its own where they have none to themselves. */
export function metricsPortOf(name: ServiceProgram): number {
  const { port, metricsPort = port } = programOf(name);
  return metricsPort;
}

/** The programs in the order in which they start: each after those that it calls. */
export function startOrder(): readonly ServiceProgram[] {
  const ordered = new Set<ServiceProgram>();
  const add = (name: ServiceProgram): void => {
    const { calls } = programOf(name);
    for (const called of programNames.filter((each) => calls.includes(each)))
      if (!ordered.has(called)) add(called);
    ordered.add(name);
  };
  for (const name of programNames) add(name);
  return [...ordered];
}
