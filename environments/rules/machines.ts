import { z } from "zod";
import { ipv4Number, ipv4Range, overlap } from "../../schema/ipv4-range";
import { describeValue } from "../describe";
import { dockerSchema } from "../schema/containers";
import { machinesSchema } from "../schema/machines";
import { duplicates, type Problem, type Rule, rule } from "./rule";

const { host, managementSubnet, monitoringSubnet } = dockerSchema.shape;
const other = z
  .looseObject({
    name: z.string().optional().catch(undefined),
    address: z.string().optional().catch(undefined),
    engine: z.string().optional().catch(undefined),
  })
  .catch({ name: undefined, address: undefined, engine: undefined });
const listed = z.looseObject({
  docker: z
    .looseObject({
      host: host.catch(""),
      managementSubnet: managementSubnet.catch(""),
      monitoringSubnet: monitoringSubnet.catch(""),
    })
    .catch({ host: "", managementSubnet: "", monitoringSubnet: "" })
    .prefault({}),
  machines: z.looseObject({
    ownName: machinesSchema.shape.ownName.catch(""),
    others: z.array(other).default([]),
  }),
});
type Listed = z.infer<typeof listed>;

const machinesHaveNames = rule(listed, ({ machines: { ownName, others } }) =>
  duplicates([{ name: ownName }, ...others], [], "a name that no other machine has").map((problem) => ({
    ...problem,
    path: ["machines", "others", Number(problem.path[0]) - 1, "name"],
  })),
);

/** Each machine is scraped once: under two names its figures, and its alerts, would be there twice. */
const machinesHaveAddresses = rule(listed, ({ docker, machines: { others } }) => {
  const addresses = others.map(({ address }) => address?.toLowerCase());
  return others.flatMap(({ address }, index) => {
    if (address === undefined) return [];
    const path = ["machines", "others", index, "address"];
    const refused = (allowed: string): Problem[] => [{ path, found: describeValue(address), allowed }];
    const name = address.toLowerCase();
    if (addresses.indexOf(name) !== index) return refused("an address that no other machine has");
    if (/^(?:localhost|127\.\d+\.\d+\.\d+)$/.test(name)) {
      return refused("an address that Prometheus reaches from its container, which this is itself");
    }
    return isEngine(name, docker)
      ? refused("another machine than the engine's, which machines.ownName is already")
      : [];
  });
});

/** Whether an engine is reached over a network: another one is this machine's own. */
function isOverNetwork(engine: string): boolean {
  return /^(?:ssh|tcp):\/\//.test(engine);
}

/** Whether a host is that of the engine, by its name or by an address of one of its networks. */
function isEngine(name: string, { host: engine, ...docker }: Listed["docker"]): boolean {
  if (isOverNetwork(engine) && new URL(engine).hostname.toLowerCase() === name) return true;
  const address = ipv4Number(name);
  if (address === undefined) return false;
  return [docker.managementSubnet, docker.monitoringSubnet].some((subnet) => {
    const range = ipv4Range(subnet);
    return range !== undefined && overlap(range, { start: address, size: 1 });
  });
}

/** Each engine is another one, and its exporters listen at an address of its machine. */
const enginesAreOther = rule(listed, ({ docker, machines: { others } }) =>
  others.flatMap(({ address, engine }, index): Problem[] => {
    if (engine === undefined) return [];
    const path = ["machines", "others", index];
    const taken = [docker.host, ...others.slice(0, index).map((each) => each.engine)].includes(engine);
    const isElsewhere = isOverNetwork(engine);
    return [
      ...(isElsewhere && !taken
        ? []
        : [
            {
              path: [...path, "engine"],
              found: describeValue(engine),
              allowed: isElsewhere
                ? "an engine that no other machine has"
                : `the engine of another machine, such as "ssh://deploy@db.example.com"`,
            },
          ]),
      ...(address === undefined || (ipv4Number(address) ?? 0) > 0
        ? []
        : [
            {
              path: [...path, "address"],
              found: describeValue(address),
              allowed: "the machine's IPv4 address where it has an engine: its exporters listen there alone",
            },
          ]),
    ];
  }),
);

const ofAws = z.looseObject({
  machines: z.looseObject({
    aws: z.looseObject({
      target: z.looseObject({ kind: z.string(), instanceIds: z.array(z.unknown()).optional() }),
      discovery: z.looseObject({ atLeast: z.unknown().optional() }).optional().catch(undefined),
    }),
  }),
});

const instancesAreDifferent = rule(ofAws, ({ machines: { aws } }) =>
  (aws.target.instanceIds ?? []).flatMap((id, index, ids) =>
    ids.indexOf(id) === index
      ? []
      : [
          {
            path: ["machines", "aws", "target", "instanceIds", index],
            found: describeValue(id),
            allowed: "each instance once",
          },
        ],
  ),
);

/** Which of them are there follows from EC2 alone; how many should be, only from here. */
const machinesAreCounted = rule(ofAws, ({ machines: { aws } }) => {
  const { target, discovery } = aws;
  if (!discovery) return [];
  const { atLeast } = discovery;
  const path = ["machines", "aws", "discovery", "atLeast"];
  const all = target.instanceIds?.length;
  if (target.kind !== "instances" || all === undefined) {
    const allowed = "how many machines must run: one that is terminated is no target, and no alert, any more";
    return atLeast === undefined ? [{ path, found: "nothing", allowed }] : [];
  }
  return typeof atLeast === "number" && atLeast > all
    ? [{ path, found: describeValue(atLeast), allowed: `at most ${String(all)}, which is all instances` }]
    : [];
});

/** Rules of the machines that are watched. */
export const machineRules: readonly Rule[] = [
  machinesHaveNames,
  machinesHaveAddresses,
  enginesAreOther,
  instancesAreDifferent,
  machinesAreCounted,
];
