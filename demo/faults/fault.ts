import type { InboxMessage } from "../../operations/clients/inbox-client";

/** Something that goes wrong, and the alert that must tell it. */
export interface Fault {
  readonly alert: string;
  readonly severity: "critical" | "warning";
  /** Value of the alert's label `service`. */
  readonly service: string;
  /** Further labels by which its alert is told from others of that name and service. Default: none. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Name of the job whose scrapes show it. */
  readonly job: string;
  /** Whether the job's target answers no scrape meanwhile. Default: it does. */
  readonly isSilent?: boolean;
  /** What messages must say of it. */
  readonly says: readonly (string | RegExp)[];
  /** What goes on before it happens. */
  readonly before?: () => Promise<void>;
  /** Lets it happen. Gives the earliest time from which on a scrape may show it, as Unix milliseconds. */
  readonly begin: () => number | Promise<number>;
  /** Mends it. */
  readonly mend: () => void | Promise<void>;
  /** Ends what still goes on when all have been told. */
  readonly after?: () => Promise<void>;
  /** Whether the alert of the same name that is a warning must be there, too, and be silenced by the critical one. */
  readonly silencesWarning?: boolean;
}

/** A fault that people let happen on the demo, with what is said of it. */
export interface TourFault extends Fault {
  /** One word, for addresses. */
  readonly name: string;
  /** What its button says. */
  readonly title: string;
  /** What happens then, in sentences. */
  readonly what: string;
  /** Why it cannot happen here, as a sentence with what to do. Default: it can. */
  readonly hindrance?: string;
  /** How long it takes until the alert's condition holds, and until it ends. Default: it does with the next scrape. */
  readonly course?: (range: Range) => Course;
}

/** What a rule looks back on when a fault begins. */
export interface Range {
  /** Seconds that the rule looks back. */
  readonly seconds: number;
  /** Seconds for which there have been requests, where that is shorter than the range. */
  readonly history: number;
  /** Seconds between two scrapes. */
  readonly scrape: number;
}

/** The shortest and the longest that something takes. */
export interface Span {
  readonly least: number;
  readonly most: number;
}

/** A span that is known. */
export function exactly(time: number): Span {
  return { least: time, most: time };
}

/** Of a fault, in seconds. */
export interface Course {
  /** From the fault until the alert's condition holds. */
  readonly onset: Span;
  /** From the mending until it does no more. */
  readonly outlast: Span;
}

/** Share of a service's requests that come from customers at least; the others come from other services. */
const leastOfCustomers = 0.5;

/**
 * The course of a share of the customers' requests to a service within a range, where its share of all requests must be
 * above a limit.
 * @param share of the customers' requests while the fault lasts
 * @param limit share of the whole range above which the condition holds
 */
export function courseOfShare(share: number, limit: number, range: Range): Course {
  const atMost = courseOfWhole(share, limit, range);
  const atLeast = courseOfWhole(share * leastOfCustomers, limit, range);
  return {
    // Requests come unevenly: as many as on the whole within a scrape may come on top.
    onset: { least: Math.max(0, atMost.onset - range.scrape), most: atLeast.onset },
    outlast: { least: Math.max(0, atLeast.outlast), most: atMost.outlast },
  };
}

/** The same of a share of all requests. */
function courseOfWhole(share: number, limit: number, { seconds, history }: Range) {
  const ofWholeRange = (limit / share) * seconds;
  // With less history the fault fills its share sooner.
  const ofHistory = (limit * history) / (share - limit);
  return {
    onset: share > limit ? Math.min(ofWholeRange, ofHistory) : Infinity,
    outlast: seconds - ofWholeRange,
  };
}

/** What a fault is told from others by. */
export type About = Pick<Fault, "alert" | "service" | "labels">;

/** Whether a message is about the fault's alert. */
export function isAbout({ alert, service, labels = {} }: About, { title, text }: InboxMessage): boolean {
  return [alert, service, ...Object.values(labels)].every((word) => `${title}\n${text}`.includes(word));
}

/** Whether an alert's labels are those of the fault's alert. */
export function hasLabels(
  { alert, service, severity, labels = {} }: About & Pick<Fault, "severity">,
  found: Readonly<Record<string, string>>,
): boolean {
  return Object.entries({ ...labels, alertname: alert, service, severity }).every(
    ([name, value]) => found[name] === value,
  );
}
