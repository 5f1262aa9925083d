import type { Environment } from "../environments";
import { serviceSchema } from "../environments/schema/services";
import { monitoringJobs } from "../metrics/exporters";

/** A service of somebody's own that runs already, and is watched as if it were in the environment. */
export interface WatchedService {
  /** Value of the label `service`. */
  readonly name: string;
  /** Host of its address, as it was given. */
  readonly host: string;
  readonly port: number;
  /** Where its metrics are. */
  readonly metricsPath: string;
}

const allowed =
  "NAME=URL with a name of 2 to 40 lower-case letters, digits and dashes that begins with a letter, and its address, " +
  "such as payment-service=http://127.0.0.1:8000 or, where its metrics are not at /metrics, " +
  "payment-service=http://127.0.0.1:8000/internal/metrics";

/**
 * The services that options name as `NAME=URL`.
 * @param taken names of services that the environment has already
 * @throws Error that lists all that are not of this form, or name what is there already, with what is allowed
 */
export function parseWatchedServices(
  options: readonly string[],
  taken: readonly string[],
): readonly WatchedService[] {
  const parsed = options.map((option) => ({ option, service: parseOne(option) }));
  const names = parsed.map(({ option }) => option.split("=")[0] ?? "");
  const reserved = [...taken, ...monitoringJobs, "inbox"];
  const problems = parsed.flatMap(({ option, service }, index) => {
    const name = names[index] ?? "";
    if (typeof service === "string") return [`--watch ${option}: ${service}; allowed: ${allowed}`];
    if (reserved.includes(name))
      return [`--watch ${option}: found "${name}", which the demo has already; allowed: any other name`];
    if (names.indexOf(name) !== index) return [`--watch ${option}: found "${name}" twice, allowed: once`];
    return [];
  });
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return parsed.flatMap(({ service }) => (typeof service === "string" ? [] : [service]));
}

/** The service, or what is wrong with it. */
function parseOne(option: string): WatchedService | string {
  const at = option.indexOf("=");
  if (at === -1) return "found no =";
  const name = option.slice(0, at);
  const text = option.slice(at + 1);
  if (!serviceSchema.shape.name.safeParse(name).success) return `found the name "${name}"`;
  if (!URL.canParse(text)) return `found the address "${text}"`;
  const { protocol, hostname, port, pathname, search, hash, username, password } = new URL(text);
  if (protocol !== "http:") return `found ${protocol}//`;
  if (search + hash + username + password !== "") return "found more than a host, a port and a path";
  const metricsPath = pathname === "/" ? "/metrics" : pathname;
  if (!serviceSchema.shape.metricsPath.safeParse(metricsPath).success) return `found the path "${pathname}"`;
  return { name, host: hostname, port: Number(port === "" ? "80" : port), metricsPath };
}

/** The environment with the services in it: scraped, alerted on and shown, but run by nobody here. */
export function withWatchedServices(
  environment: Environment,
  watched: readonly WatchedService[],
): Environment {
  const services = watched.map(({ name, port, metricsPath }) =>
    serviceSchema.parse({ name, port, metricsPath }),
  );
  return { ...environment, services: [...environment.services, ...services] };
}
