import { servicesOf } from "../../catalogue";
import { didYouMean } from "../../describe";
import { checkContract, type Subject } from "../check";
import type { Finding } from "../findings";
import type { ReceivedByOtlp, SentByService } from "./received";
import type { SpanCounts } from "./spans";

/** What a service sent by OTLP, checked. */
export interface CheckedService {
  readonly service: string;
  /** How many metrics came; those of a service that sends none are not checked. */
  readonly metrics: number;
  readonly spans: SpanCounts;
  readonly findings: readonly Finding[];
}

/** What came by OTLP, checked. */
export interface CheckedOtlp {
  readonly services: readonly CheckedService[];
  /** Names of services that sent something and are not checked. */
  readonly others: readonly string[];
  /** What is said of no service that is known. */
  readonly findings: readonly Finding[];
}

/**
 * Compares what came by OTLP with the catalogue, and spans with what queries over traces ask of them.
 * @param subject with a service: its metrics and spans alone; else those of each that sent something, for what all
 * services have in common
 */
export function checkOtlp(received: ReceivedByOtlp, subject: Subject): CheckedOtlp {
  const names = [...received.sent].flatMap(([name, sent]) => (name === "" || isEmpty(sent) ? [] : [name]));
  const wanted = names.filter((name) => subject.service === undefined || name === subject.service);
  const services = wanted.flatMap((name) => {
    const sent = received.sent.get(name);
    return sent ? [checkService(name, sent, subject)] : [];
  });
  const others = names.filter((name) => !wanted.includes(name));
  const findings = [
    ...received.refused(),
    ...unnamed(received),
    ...(services.length === 0 && others.length > 0 ? [nothingOf(subject, others)] : []),
  ];
  return { services, others, findings };
}

function isEmpty({ series, spans }: SentByService): boolean {
  return series.isEmpty && spans.isEmpty;
}

function checkService(service: string, { series, spans }: SentByService, subject: Subject): CheckedService {
  const exposition = series.exposition();
  const ofMetrics = series.isEmpty ? [] : [...series.findings(), ...checkContract(exposition, subject)];
  return {
    service,
    metrics: exposition.families.size,
    spans: spans.counts,
    findings: [...ofMetrics, ...spans.findings()],
  };
}

function unnamed({ sent }: ReceivedByOtlp): readonly Finding[] {
  const some = sent.get("");
  if (some === undefined) return [];
  const found = [...(some.series.isEmpty ? [] : ["metrics"]), ...(some.spans.isEmpty ? [] : ["spans"])];
  if (found.length === 0) return [];
  const message = `is missing in ${found.join(" and ")}; set OTEL_SERVICE_NAME`;
  return [{ kind: "service", metric: "service.name", message }];
}

function nothingOf({ service = "", catalogue }: Subject, others: readonly string[]): Finding {
  const known = servicesOf(catalogue);
  const sent = others.map((name) => JSON.stringify(name)).join(", ");
  const slip = others.find((name) => !known.includes(name) && didYouMean(name, [service]) !== "");
  const hint = slip === undefined ? "" : didYouMean(slip, [service]);
  const message = `is ${sent} in all that came, and never ${JSON.stringify(service)}${hint}`;
  return { kind: "service", metric: "service.name", message };
}
