import { z } from "zod";
import { describeValue } from "../describe";
import { dockerSchema, nodeExporterSchema } from "../schema/containers";
import { ipv4Number, ipv4Range, overlap } from "../../schema/ipv4-range";
import { duplicates, type Problem, type Rule, rule } from "./rule";

const { host, monitoringSubnet } = dockerSchema.shape;
const { instance, port } = nodeExporterSchema.shape;
const other = z
  .looseObject({
    instance: z.string().optional().catch(undefined),
    address: z.string().optional().catch(undefined),
  })
  .catch({ instance: undefined, address: undefined });
const machines = z.looseObject({
  docker: z
    .looseObject({ host: host.catch(""), monitoringSubnet: monitoringSubnet.catch("") })
    .catch({ host: "", monitoringSubnet: "" })
    .prefault({}),
  nodeExporter: z
    .looseObject({
      instance: instance.catch(""),
      port: port.catch(0),
      otherHosts: z.array(other).default([]),
    })
    .prefault({}),
});
type Machines = z.infer<typeof machines>;

const machinesHaveNames = rule(machines, ({ nodeExporter: { instance: own, otherHosts } }) => {
  const hosts = [{ name: own }, ...otherHosts.map((each) => ({ name: each.instance }))];
  return duplicates(hosts, [], "a name that no other machine has").map((problem) => ({
    ...problem,
    path: ["nodeExporter", "otherHosts", Number(problem.path[0]) - 1, "instance"],
  }));
});

/** Each machine is scraped once: under two names its figures, and its alerts, would be there twice. */
const machinesHaveAddresses = rule(machines, ({ docker, nodeExporter: { otherHosts } }) => {
  const addresses = otherHosts.map(({ address }) => address?.toLowerCase());
  return otherHosts.flatMap(({ address }, index) => {
    if (address === undefined) return [];
    const path = ["nodeExporter", "otherHosts", index, "address"];
    const refused = (allowed: string): Problem[] => [{ path, found: describeValue(address), allowed }];
    if (addresses.indexOf(address.toLowerCase()) !== index) {
      return refused("an address that no other machine has");
    }
    const name = address.replace(/:\d+$/, "").toLowerCase();
    if (/^(?:localhost|127\.\d+\.\d+\.\d+)$/.test(name)) {
      return refused("an address that Prometheus reaches from its container, which this is itself");
    }
    return isEngine(name, docker)
      ? refused("another machine than the engine's, which nodeExporter.instance is already")
      : [];
  });
});

/** Whether a host is that of the engine, by its name or by an address of the monitoring network's host. */
function isEngine(name: string, { host: engine, monitoringSubnet: subnet }: Machines["docker"]): boolean {
  if (/^(?:ssh|tcp):\/\//.test(engine) && new URL(engine).hostname.toLowerCase() === name) return true;
  const range = ipv4Range(subnet);
  const address = ipv4Number(name);
  return range !== undefined && address !== undefined && overlap(range, { start: address, size: 1 });
}

/** Rules of the machines that node-exporter watches. */
export const machineRules: readonly Rule[] = [machinesHaveNames, machinesHaveAddresses];
