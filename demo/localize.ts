import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { Addresses } from "./addresses";
import type { Container } from "./containers";

/** A target that the configuration names and that is not here. */
export interface AbsentTarget {
  readonly job: string;
  readonly address: string;
}

interface RelabelRule {
  readonly source_labels: readonly string[];
  readonly regex: string;
  readonly target_label: string;
  readonly replacement?: string;
}

interface TargetSource {
  readonly job_name?: string;
  readonly static_configs?: readonly { readonly targets: readonly string[] }[];
  readonly relabel_configs?: readonly RelabelRule[];
}

interface PrometheusFile {
  readonly scrape_configs?: readonly TargetSource[];
  readonly alerting?: { readonly alertmanagers?: readonly TargetSource[] };
}

/**
 * Prometheus's configuration with its names resolved. The jobs stay as they are, `instance` and all: addresses are
 * replaced by relabeling after everything else, as a resolver would do. Targets that are not here are left out.
 */
export function localizePrometheus(
  text: string,
  addresses: Addresses,
  container: Container,
  root: string,
): { readonly text: string; readonly targets: number; readonly absent: readonly AbsentTarget[] } {
  const file = localizeTree(parse(text), addresses, container, root) as PrometheusFile;
  const absent: AbsentTarget[] = [];
  const resolve = (sources: readonly TargetSource[], keepInstance: boolean) =>
    sources.flatMap((source) => {
      const isHere = (address: string) => addresses.resolve(address) !== undefined;
      const named = (source.static_configs ?? []).flatMap(({ targets }) => targets);
      const job = source.job_name ?? "alertmanagers";
      absent.push(...named.filter((address) => !isHere(address)).map((address) => ({ job, address })));
      const here = [...new Set(named.filter(isHere))];
      if (here.length === 0) return [];
      const rules = here.map((address): RelabelRule => ({
        source_labels: ["__address__"],
        regex: address.replace(/[.[\]]/g, "\\$&"),
        target_label: "__address__",
        replacement: addresses.resolve(address) ?? address,
      }));
      return {
        ...withoutDiscovery(source),
        static_configs: (source.static_configs ?? [])
          .map((config) => ({ ...config, targets: config.targets.filter(isHere) }))
          .filter(({ targets }) => targets.length > 0),
        relabel_configs: [
          ...(source.relabel_configs ?? []),
          ...(keepInstance ? [instanceFromAddress] : []),
          ...rules,
        ],
      };
    });
  const { scrape_configs = [], alerting } = file;
  const jobs = resolve(scrape_configs, true);
  const localized = {
    ...file,
    scrape_configs: jobs,
    ...(alerting && {
      alerting: { ...alerting, alertmanagers: resolve(alerting.alertmanagers ?? [], false) },
    }),
  };
  const targets = jobs.flatMap(({ static_configs }) => static_configs).flatMap((config) => config.targets);
  return { text: stringify(localized), targets: targets.length, absent };
}

/** What is discovered elsewhere is not here. */
function withoutDiscovery(source: TargetSource): TargetSource {
  return Object.fromEntries(Object.entries(source).filter(([key]) => !key.endsWith("_sd_configs")));
}

/** What Prometheus does by itself at the end, done before the address is replaced. */
const instanceFromAddress: RelabelRule = {
  source_labels: ["instance", "__address__"],
  regex: ";(.+)",
  target_label: "instance",
};

/** Alertmanager's configuration with its names and paths resolved. */
export function localizeAlertmanager(
  text: string,
  addresses: Addresses,
  container: Container,
  root: string,
): string {
  return stringify(localizeTree(parse(text), addresses, container, root));
}

/** Keys of paths in the configuration files of Prometheus and Alertmanager. */
const pathKey = /(?:_files?|^files|^templates)$/;

function localizeTree(
  value: unknown,
  addresses: Addresses,
  container: Container,
  root: string,
  key = "",
): unknown {
  const inner = (each: unknown, ofKey: string) => localizeTree(each, addresses, container, root, ofKey);
  // Targets are resolved by relabeling.
  if (key === "targets") return value;
  if (key === "labels") return localizeLabels(value, addresses);
  if (Array.isArray(value)) return value.map((each: unknown) => inner(each, key));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inner(each, name)]));
  }
  if (typeof value !== "string") return value;
  if (pathKey.test(key)) return localPath(value, container, root) ?? join(root, value);
  return addresses.localize(value);
}

/** Labels stay as they are, but for those that Prometheus makes parameters of a request of: that goes out from here. */
function localizeLabels(labels: unknown, addresses: Addresses): unknown {
  if (typeof labels !== "object" || labels === null) return labels;
  return Object.fromEntries(
    Object.entries(labels).map(([name, value]: [string, unknown]) => [
      name,
      name.startsWith("__param_") && typeof value === "string" ? addresses.localize(value) : value,
    ]),
  );
}

/** Where a path in the container is here; undefined when the container has no such folder of its own. */
export function localPath(path: string, container: Container, root: string): string | undefined {
  const folder = Object.keys(container.folders)
    .filter((each) => path === each || path.startsWith(`${each}/`))
    .sort((a, b) => b.length - a.length)[0];
  if (folder === undefined) return undefined;
  const host = container.folders[folder];
  return host === undefined ? join(root, path) : join(host, path.slice(folder.length));
}

/**
 * The arguments of a container's program for here: paths, names and the addresses to listen at resolved.
 * @param flags replaces or adds flags, by their name without dashes
 */
export function localizeCommand(
  container: Container,
  addresses: Addresses,
  root: string,
  flags: Readonly<Record<string, string>>,
): string[] {
  const own = container.command.map((argument) => {
    const [, flag = "", value = ""] = /^--([^=]+)=(.*)$/s.exec(argument) ?? [];
    if (value === "") return { flag, argument: localPath(argument, container, root) ?? argument };
    if (flag.endsWith("listen-address")) {
      const address = `${container.name}:${value.slice(value.lastIndexOf(":") + 1)}`;
      return { flag, argument: `--${flag}=${addresses.resolve(address) ?? value}` };
    }
    const path = localPath(value, container, root);
    return { flag, argument: `--${flag}=${path ?? addresses.localize(value)}` };
  });
  const kept = own.filter(({ flag }) => !Object.hasOwn(flags, flag)).map(({ argument }) => argument);
  return [...kept, ...Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`)];
}
