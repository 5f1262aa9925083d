import type { Disturbance } from "./disturbance";

/** What traffic to send. */
export interface TrafficOptions {
  /** Address of the program at which customers come in. */
  readonly url: URL;
  /** Journeys that start each second. */
  readonly rate: number;
  /** For how many seconds journeys start. */
  readonly durationSeconds: number;
  /** Share of the requests that ask for a failure, 0 to 1. The services must run with `FAULT_INJECTION=on`. */
  readonly errors: number;
  /** Share of the requests that ask for a slow answer, 0 to 1. */
  readonly slow: number;
  /** What goes wrong besides, and may change. Default: nothing. */
  readonly disturbance?: Disturbance;
  /** Ends the traffic early. */
  readonly signal?: AbortSignal;
  /** Called about every second. */
  readonly onProgress?: (progress: Progress) => void;
}

/** How far the traffic is. */
export interface Progress {
  readonly seconds: number;
  readonly journeys: number;
  readonly requests: number;
}

/** What a service's counter must have grown by. */
export interface ExpectedCount {
  readonly service: string;
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What was sent, how much of it was to fail, and what came of it. */
export interface Sent {
  requests: number;
  unanswered: number;
  faultsAskedFor: number;
  serverErrors: number;
}

/** What was sent, and what the services must have counted. */
export interface TrafficSummary extends Sent {
  readonly seconds: number;
  /** How often each journey was gone, by its name. */
  readonly journeys: Readonly<Record<string, number>>;
  /** Journeys that were due but not started, because too many others had not ended. */
  readonly journeysSkipped: number;
  /** By how much each counter must have grown, exact when `unanswered` is 0 and there was no 502 or 504. */
  readonly expected: readonly ExpectedCount[];
}

/** Something that customers always do and may stop doing, and the alert that must tell of it. */
export interface Absence {
  /** One word, for addresses. */
  readonly name: string;
  readonly title: string;
  /** What happens then, in sentences. */
  readonly what: string;
  readonly alert: string;
  readonly severity: "critical" | "warning";
  /** Value of the alert's label `service`. */
  readonly service: string;
  /** Name of the job whose scrapes show it. */
  readonly job: string;
  /** What messages must say of it. */
  readonly says: readonly string[];
}

/** Who uses the services that run here, as far as they are made up. */
export interface Customers {
  /** Sends journeys at a steady rate, whether earlier ones have ended or not, and waits for the last of them. */
  readonly send: (options: TrafficOptions) => Promise<TrafficSummary>;
  readonly absence: Absence;
}
