import { z } from "zod";
import { metricTarget } from "../../constructs/cloudwatch/settings";
import { absolutePath } from "../../constructs/docker/container-settings";
import { defaultDataRoot, engineAddress } from "../../constructs/docker/engine-settings";
import {
  addressRecord,
  defaultRefreshInterval,
  dnsName,
  refreshInterval,
  tags,
} from "../../constructs/docker/discovery-settings";
import { dashedName, hostName, list, port, wholeNumber } from "../../schema/primitives";

const ports = {
  /** Port of their node-exporter. Default 9100. */
  nodeExporterPort: port.default(9100),
  /** Port of their cAdvisor, which watches their containers. Default: none runs there; with an `engine` 8080. */
  cadvisorPort: port.optional(),
};

const atLeast = wholeNumber(1, 10_000);

/** The machines that are watched: in CloudWatch, by Prometheus, or by both. */
export const machinesSchema = z.strictObject({
  /** Name of the Docker engine's own machine in dashboards and alerts. Default `docker-host`. */
  ownName: dashedName(60).default("docker-host"),
  /** Instances of EC2: CloudWatch watches them, and Prometheus too where it discovers them. */
  aws: z.strictObject({
    /** Which instances there are: the EC2 and agent alarms and graphs are about these. */
    target: metricTarget,
    /** Whether they have detailed monitoring: one point a minute instead of one in five. */
    detailedMonitoring: z.boolean(),
    /**
     * Prometheus asks EC2 which of these run, and scrapes them at their private addresses. Default: it does not, and
     * CloudWatch alone watches them.
     */
    discovery: z
      .strictObject({
        /** How many must run: one that is terminated is no target any more. Default: all of `target.instanceIds`. */
        atLeast: atLeast.optional(),
        /** Tags that they have besides. Default: none is asked for. */
        tags: tags.default({}),
        ...ports,
        /** How often EC2 is asked. Default `1m`. */
        refreshInterval: refreshInterval.default(defaultRefreshInterval),
      })
      .optional(),
  }),
  /** Other machines, each by its address. Default: none. */
  others: list(
    z.strictObject({
      /** Name of the machine in dashboards and alerts. */
      name: dashedName(60),
      /** Name or address by which Prometheus reaches it; with an `engine` its IPv4 address, at which the exporters listen. */
      address: hostName,
      /**
       * Its Docker engine, such as `ssh://deploy@db.example.com`, on which node-exporter, cAdvisor and, where lines go to
       * CloudWatch, the log shipper are started. Default: none; they run there already.
       */
      engine: engineAddress.optional(),
      /** Where its engine keeps its data. Default `/var/lib/docker`. */
      dataRoot: absolutePath.default(defaultDataRoot),
      /**
       * Whether it is on its way out: what was started on its `engine` is taken away, and it is watched no more. The entry can
       * go after the next deploy, and not before, as Terraform needs the engine to take it away. Default false.
       */
      retired: z.boolean().default(false),
      ...ports,
    }),
    0,
    1000,
  ).default([]),
  /** Machines whose addresses are the records of a name in DNS. Default: none. */
  dns: z
    .strictObject({
      /** The name, such as `machines.example.com`. */
      name: dnsName,
      /** Kind of its records. Default `A`. */
      type: addressRecord.default("A"),
      /** How many there must be: one without a record is no target any more. */
      atLeast,
      ...ports,
      /** How often DNS is asked. Default `1m`. */
      refreshInterval: refreshInterval.default(defaultRefreshInterval),
    })
    .optional(),
});
