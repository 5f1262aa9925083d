import { z } from "zod";
import { httpUrl, port, roleArn } from "../../schema/primitives";
import type { Problems } from "../props-error";
import { dnsName, refreshInterval } from "./discovery-settings";

/** Instances of EC2, each at its private address. Their label `instance` is their id. */
export interface Ec2Discovery {
  readonly kind: "ec2";
  /** Region of AWS that is asked. */
  readonly region: string;
  /**
   * URL that is asked in place of AWS.
   * @default - AWS itself
   */
  readonly endpoint?: string;
  /**
   * Role that Prometheus takes on with the credentials that it has.
   * @default - none
   */
  readonly roleArn?: string;
  /** Filters of EC2's `DescribeInstances` by their names, one or more values each: an instance must meet all. */
  readonly filters: Readonly<Record<string, readonly string[]>>;
  /** Port of the target. */
  readonly port: number;
  /** How often it is asked, such as `1m`. */
  readonly refreshInterval: string;
}

/** Records of a name in DNS. The label `instance` is the address, or the host that a record of `SRV` names. */
export interface DnsDiscovery {
  readonly kind: "dns";
  /** The name, such as `machines.example.com`. */
  readonly name: string;
  /** Kind of its records; those of `SRV` hold a port each. */
  readonly type: "A" | "AAAA" | "SRV";
  /** Port of the targets; records of `SRV` have their own. */
  readonly port: number;
  /** How often it is asked, such as `1m`. */
  readonly refreshInterval: string;
}

/** Something that Prometheus asks again and again which targets there are. */
export type TargetDiscovery = Ec2Discovery | DnsDiscovery;

/** What is discovered for a job. */
export interface Discovered {
  /** What is asked; each adds its targets. */
  readonly by: readonly TargetDiscovery[];
  /**
   * Labels of every target of the job, those of its lists too.
   * @default {}
   */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Notes what Prometheus would not start with, or would find nothing by. */
export function checkDiscovered({ by }: Discovered, prop: string, problems: Problems): void {
  by.forEach((each, index) => {
    const of = `${prop}.by[${String(index)}]`;
    problems
      .holds(port, `${of}.port`, each.port)
      .holds(refreshInterval, `${of}.refreshInterval`, each.refreshInterval);
    if (each.kind === "dns") {
      problems.holds(dnsName, `${of}.name`, each.name);
      return;
    }
    problems
      .mayHold(httpUrl, `${of}.endpoint`, each.endpoint)
      .mayHold(roleArn, `${of}.roleArn`, each.roleArn);
    for (const [name, values] of Object.entries(each.filters)) {
      problems.holds(filterValues, `${of}.filters.${name}`, values);
    }
  });
}

const filterValues = z.array(z.string()).min(1, { error: "one value or more" });

/** The keys of a scrape job by which its targets are discovered. */
export function renderDiscovered({ by, labels = {} }: Discovered) {
  const ofEc2 = by.filter((each) => each.kind === "ec2");
  const ofDns = by.filter((each) => each.kind === "dns");
  return {
    ...(ofEc2.length > 0 && { ec2_sd_configs: ofEc2.map(renderEc2) }),
    ...(ofDns.length > 0 && { dns_sd_configs: ofDns.map(renderDns) }),
    relabel_configs: [
      ...(ofEc2.length > 0 ? [instanceFrom("__meta_ec2_instance_id", "(.+)")] : []),
      ...(ofDns.length > 0 ? instanceOfDns : []),
      // A list has labels of its own; what is discovered has none.
      ...Object.entries(labels).map(([name, value]) => ({
        target_label: name,
        replacement: value.replaceAll("$", "$$$$"),
      })),
    ],
  };
}

function renderEc2({ region, endpoint, roleArn: role, filters, ...asked }: Ec2Discovery) {
  return {
    region,
    ...(endpoint !== undefined && { endpoint }),
    ...(role !== undefined && { role_arn: role }),
    port: asked.port,
    refresh_interval: asked.refreshInterval,
    filters: Object.entries(filters).map(([name, values]) => ({ name, values })),
  };
}

function renderDns({ name, type, ...asked }: DnsDiscovery) {
  return {
    names: [name],
    type,
    ...(type !== "SRV" && { port: asked.port }),
    refresh_interval: asked.refreshInterval,
  };
}

/** Without the port: it is the same for all, and what else runs there has another. */
const instanceOfDns = [
  { source_labels: ["__meta_dns_name", "__address__"], regex: ".+;(.+):\\d+", target_label: "instance" },
  instanceFrom("__meta_dns_srv_record_target", "(.+?)\\.?"),
];

function instanceFrom(label: string, regex: string) {
  return { source_labels: [label], regex, target_label: "instance" };
}
