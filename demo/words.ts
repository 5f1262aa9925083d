import { formatTable } from "../operations/terminal/table";
import { lineWidth, wrapLine } from "../operations/terminal/wrap";
import { entry, firstPath, servicePrograms } from "../services/programs";
import type { Demo } from "./demo";
import type { Page } from "./pages";
import type { ProgramVersion } from "./program-versions";
import type { DemoStatus } from "./status";

/** What can be found where, and what is not here. */
export function describeDemo(demo: Demo, width: number = lineWidth()): string {
  const rows = demo.programs.map(({ name, url }) => [name, url, purposeOf(name, demo.pages[name] ?? [])]);
  const watched = demo.watched.map(({ name, host, port, metricsPath }) => [
    name,
    `http://${host}:${String(port)}`,
    `yours: its metrics are read at ${metricsPath}`,
  ]);
  return [
    formatTable(["WHAT", "WHERE", "WHAT FOR"], [...rows, ...watched], width),
    ...[...describeVersions(demo.versions), ...describeAbsent(demo)].map((line) => wrapLine(line, width, 4)),
    ...(demo.watched.length === 0
      ? []
      : spansOfYours(demo).flatMap((line) => ["", wrapLine(line, width, 0)])),
    "",
    `Try: curl ${demo.serviceUrls[entry]}${firstPath}`,
  ].join("\n");
}

/** Where a service of one's own sends its spans; none where nobody takes them. */
export function spansOfYours({ otlpUrl }: Pick<Demo, "otlpUrl">): string[] {
  return otlpUrl === undefined
    ? []
    : [`Spans of a service of yours are taken, too: OTEL_EXPORTER_OTLP_ENDPOINT=${otlpUrl}`];
}

const purposes: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(servicePrograms).map(([name, { purpose }]) => [name, purpose])),
  inbox: "shows the messages that Alertmanager sends",
  "node-exporter": "metrics of this machine",
  "blackbox-exporter": "asks published services from outside, as customers do",
};

/** What a program is for, or shows where. */
export function purposeOf(name: string, pages: readonly Page[]): string {
  const api = pages.some(({ isApi }) => isApi) ? "no pages in this build; " : "";
  const shown = pages.map(({ what, path }) => `${what} at ${path}`).join(", ");
  return purposes[name] ?? api + shown;
}

/** A program's version beside the deployed one, and what differs. */
export function describeVersion({ program, found, deployed, differences }: ProgramVersion): string {
  const compared =
    found !== undefined && found === deployed
      ? "as deployed"
      : `deployed is ${deployed ?? "an image without a version"}`;
  return [`${program} ${found ?? "of an unknown version"}, ${compared}`, ...differences].join(". ");
}

function describeVersions(versions: readonly ProgramVersion[]): string[] {
  const lines = versions.map((version) => `  ${describeVersion(version)}`);
  return lines.length === 0 ? [] : ["", "Versions", ...lines];
}

function describeAbsent(demo: Demo): string[] {
  const lines = [...missingPrograms(demo), ...withDockerOnly(demo)].map((line) => `  ${line}`);
  return lines.length === 0 ? [] : ["", "Not here", ...lines];
}

/** Programs that would run if they were installed, each with how to get it: a line each. */
export function missingPrograms({ missing }: Pick<Demo, "missing">): string[] {
  return missing.map(({ name, reason }) => `${name}: ${reason}`);
}

/** What only Docker can run, in a line; none where there is nothing. */
export function withDockerOnly({ missing, absent }: Pick<Demo, "missing" | "absent">): string[] {
  const names = missing.map(({ name }) => name);
  const others = [...new Set(absent.map(({ address }) => address.replace(/:\d+$/, "")))].filter(
    (name) => !names.includes(name),
  );
  return others.length === 0 ? [] : [`${others.join(", ")}: only with Docker (npm run up).`];
}

/** What the system shows of itself, in parts of a line. */
export function statusParts({ seconds, ended, targets, requests, firing, messages }: DemoStatus): string[] {
  const parts = [`${seconds.toFixed(0).padStart(4)} s`];
  if (targets) {
    const down = targets.down.length > 0 ? ` (down: ${targets.down.join(", ")})` : "";
    parts.push(`targets ${String(targets.up)}/${String(targets.all)} up${down}`);
  }
  if (requests) {
    const { perSecond, failedPerSecond } = requests;
    const percent = perSecond > 0 ? (failedPerSecond / perSecond) * 100 : 0;
    parts.push(`${perSecond.toFixed(1)} requests/s, ${percent.toFixed(1)} % failed`);
  }
  if (messages !== undefined) parts.push(`inbox: ${String(messages)} message${messages === 1 ? "" : "s"}`);
  if (firing) parts.push(`alerts firing: ${firing.length === 0 ? "none" : firing.join(", ")}`);
  if (ended.length > 0) parts.push(`ended: ${ended.join(", ")}`);
  return parts;
}
