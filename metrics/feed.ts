import type { Expr as Node, LabelSelector, VectorExpr } from "@grafana/promql-builder";
import type { Catalogue } from "./catalogue";
import { familyOf } from "./families";
import { isGiven, type Need } from "./needs";
import { selectorsOf } from "./promql/inspect";
import { hasVariable } from "./promql/matchers";
import { recordedNamePattern } from "./promql/recorded";
import { type EdgeProgram, edgePrograms, everyService, everyTarget, probeJob } from "./targets";

/** What is scraped in an environment. */
export interface Scraped {
  /** Services: values of the labels `service` and `job`. */
  readonly services: readonly string[];
  /** Those of them that are asked from outside. */
  readonly publicServices: readonly string[];
  /** Programs of the monitoring that are asked from outside, at an edge. */
  readonly publicPrograms: readonly EdgeProgram[];
  /** The monitoring itself: values of the label `job`. */
  readonly monitoringJobs: readonly string[];
  /** What of that which metrics can need there is. */
  readonly given: readonly Need[];
}

/** What a selector chooses. */
type Chosen = Pick<VectorExpr, "metric" | "labels">;

type Labels = Readonly<Record<string, string>>;

/** Which series somebody writes in an environment: those of its targets, and what its rules record of them. */
export class Feed {
  private readonly recorded = new Map<string, Labels[]>();
  private readonly exported = new Map<string, readonly Labels[]>();

  constructor(
    private readonly catalogue: Catalogue,
    private readonly scraped: Scraped,
  ) {}

  /** Adds what a rule records. `labels` are those that it puts on its series. */
  record(name: string, labels: Labels = {}): void {
    this.recorded.set(name, [...(this.recorded.get(name) ?? []), labels]);
  }

  /** Whether a target, or a rule, writes series of that name with such labels. */
  has(selector: Chosen): boolean {
    return this.writersOf(selector.metric).some((written) => isChosen(selector, written));
  }

  /** Whether the environment has all of these. */
  meets(needs: readonly Need[]): boolean {
    return isGiven({ needs }, this.scraped.given);
  }

  /** The jobs whose targets write such series; none of what rules record. */
  jobsOf(selector: Chosen): readonly string[] {
    return this.writersOf(selector.metric)
      .filter((written) => isChosen(selector, written))
      .flatMap(({ job }) => (job === undefined ? [] : [job]));
  }

  /** The selectors of an expression that choose nothing here. */
  unfed(node: Node): readonly Chosen[] {
    return selectorsOf(node).filter((selector) => !this.has(selector));
  }

  /** Whether an expression can ever give a series: none is given where what it needs is written by nobody. */
  canGive(node: Node): boolean {
    switch (node.type) {
      case "numberLiteralExpr":
      case "stringLiteralExpr":
        return true;
      case "vectorExpr":
        return this.has(node);
      case "aggregationExpr":
      case "subqueryExpr":
      case "unaryExpr":
        return this.canGive(node.expr);
      case "funcCallExpr":
        // That something is absent which nobody ever writes says nothing.
        return node.args.every((arg) => this.canGive(arg));
      case "binaryExpr":
        // Of `unless` both: where nobody writes what ends an alert, it would fire for ever.
        return node.op === "or"
          ? this.canGive(node.left) || this.canGive(node.right)
          : this.canGive(node.left) && this.canGive(node.right);
    }
  }

  /** What is known of the labels of those who write a series: one entry each. */
  private writersOf(series: string): readonly Labels[] {
    const known = this.recorded.get(series) ?? this.exported.get(series);
    if (known !== undefined) return known;
    const writers = this.exportersOf(series);
    this.exported.set(series, writers);
    return writers;
  }

  private exportersOf(series: string): readonly Labels[] {
    const family = familyOf(this.catalogue, series);
    // A name that nobody knows is a mistake, which `select` told: what reads it stays, so that all else wrong is told too.
    if (family === undefined) return recordedNamePattern.test(series) ? [] : [{}];
    const { exportedBy: by, onlyWith } = family;
    const { services, publicServices, publicPrograms, monitoringJobs, given } = this.scraped;
    if (onlyWith !== undefined && !given.includes(onlyWith)) return [];
    const isBy = (job: string) => by.includes(everyTarget) || by.includes(job);
    return [
      ...services
        .filter((service) => by.includes(everyService) || isBy(service))
        .map((service) => ({ job: service, service })),
      ...[...publicServices, ...publicPrograms]
        .filter(() => isBy(probeJob))
        .map((service) => ({ job: probeJob, service })),
      ...monitoringJobs.filter(isBy).map((job) => ({ job, service: "" })),
    ];
  }
}

function isChosen({ labels }: Chosen, written: Labels): boolean {
  return labels.every((matcher) => mayMatch(matcher, written));
}

/** Whether a label that is known can be what a matcher wants; one that is not known can. */
function mayMatch({ name, operator, value }: LabelSelector, written: Labels): boolean {
  const found = written[name];
  if (found === undefined) return true;
  // The reader chooses among services.
  if (hasVariable(value)) return name !== "service" || !isProgram(found);
  switch (operator) {
    case "=":
      return found === value;
    case "!=":
      return found !== value;
    case "=~":
      return wholly(value).test(found);
    case "!~":
      return !wholly(value).test(found);
  }
}

function isProgram(service: string): boolean {
  return (edgePrograms as readonly string[]).includes(service);
}

const expressions = new Map<string, RegExp>();

/** Few patterns stand in many selectors. */
function wholly(pattern: string): RegExp {
  const known = expressions.get(pattern) ?? new RegExp(`^(?:${pattern})$`, "s");
  expressions.set(pattern, known);
  return known;
}
