import { quote } from "../describe";
import type { Finding } from "./findings";
import type { CheckedOtlp, CheckedService } from "./otlp/check";

/** What a check of a scrape found, for people. @param subject whose metrics they should be */
export function describeScrape(
  url: string,
  subject: string,
  metrics: number,
  findings: readonly Finding[],
): string {
  const head = `${url} as ${subject}: ${String(metrics)} metrics`;
  return findings.length === 0
    ? `${head}, all as the catalogue has them.`
    : [`${head}, ${counted(findings.length, "finding")}.`, ...findings.map(lineOf)].join("\n");
}

/** What a check of what came by OTLP found, for people. */
export function describeOtlp({ services, others, findings }: CheckedOtlp): string {
  return [
    ...services.flatMap(describeService),
    ...(findings.length === 0 ? [] : ["In what came by OTLP:", ...findings.map(lineOf)]),
    ...(others.length === 0 ? [] : [`Not checked: what ${others.map(named).join(", ")} sent.`]),
  ].join("\n");
}

function describeService({ service, metrics, spans, findings }: CheckedService): readonly string[] {
  const what = [
    counted(metrics, "metric"),
    counted(spans.server, "server span"),
    counted(spans.client, "client span"),
  ].join(", ");
  const verdict =
    findings.length === 0
      ? ", all as the catalogue and the queries have them."
      : `, ${counted(findings.length, "finding")}.`;
  return [
    `${named(service)} by OTLP: ${what}${verdict}`,
    ...findings.map(lineOf),
    ...unchecked(metrics, spans),
  ];
}

/** What nothing was said about, as nothing of it came. */
function unchecked(metrics: number, spans: CheckedService["spans"]): readonly string[] {
  const lines: string[] = [];
  if (metrics === 0) {
    const exposed = "what is exposed at /metrics is checked with --url";
    lines.push(
      `  No metrics came, so none were checked. SDKs send them once a minute by default; ${exposed}.`,
    );
  }
  if (spans.server === 0) lines.push("  No server spans came, so none were checked.");
  return lines;
}

function lineOf({ kind, metric, message }: Finding): string {
  return `  ${kind.padEnd(10)} ${metric} ${message}`;
}

/** A name that somebody sent: in quotes, unless it is a plain one. */
function named(service: string): string {
  return /^[\w./-]+$/.test(service) ? service : quote(service);
}

function counted(count: number, what: string): string {
  return `${count === 0 ? "no" : String(count)} ${what}${count === 1 ? "" : "s"}`;
}
