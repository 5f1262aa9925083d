import fc from "fast-check";
import { EnvironmentError, parseEnvironment, type Environment } from "../../environments";
import { AlertmanagerStack } from "../../stacks/alertmanager-stack";
import { DockerStack } from "../../stacks/docker-stack";
import { missingSources } from "../../stacks/image-source";
import { hasRoutingProblems, nearlyValid } from "../support/arbitrary-environment";
import { containerFaults, containerRuleNames } from "../support/container-faults";
import { synthesizeEnvironments, synthesizeInMemory } from "../support/synth";
import { type Block, containerNameOf } from "../support/template";

type Blocks = Readonly<Record<string, Block>>;
interface Resources {
  readonly docker_container?: Blocks;
  readonly docker_image?: Blocks;
}

/** All containers of what was synthesized, each with its image. */
function containersIn(files: ReadonlyMap<string, string>): { container: Block; image: Block }[] {
  return [...files].flatMap(([path, text]) => {
    if (!path.endsWith("cdk.tf.json")) return [];
    const { resource = {} } = JSON.parse(text) as { resource?: Resources };
    return Object.values(resource.docker_container ?? {}).map((container) => {
      const id = /^\$\{docker_image\.(.+)\.image_id\}$/.exec(String(container.image))?.[1] ?? "";
      return { container, image: resource.docker_image?.[id] ?? {} };
    });
  });
}

function parse(raw: unknown): Environment | undefined {
  try {
    return parseEnvironment(raw, "arbitrary.ts");
  } catch (error) {
    if (error instanceof EnvironmentError) return undefined;
    throw error;
  }
}

const synthesized = synthesizeEnvironments();
const asTheyAre = containersIn(synthesized);

it("is in the docker or the alertmanager stack", () => {
  const stacks = [...synthesized].filter(([path, text]) => containersIn(new Map([[path, text]])).length > 0);
  for (const [path] of stacks) expect(path).toMatch(/^stacks\/\w+-(?:docker|alertmanager)\/cdk\.tf\.json$/);
  expect(stacks.length).toBeGreaterThanOrEqual(2);
});

it("of the environments as they are has what every container must have", () => {
  const names = new Set(asTheyAre.map(({ container }) => containerNameOf(container)));
  expect([...names].sort()).toEqual([
    ...["alertmanager", "alertmanager-2", "api-gateway", "auth-service"],
    ...["blackbox-exporter", "cadvisor", "grafana", "inbox"],
    ...["jaeger", "log-shipper", "loki", "moto", "node-exporter", "order-service"],
    ...["product-service", "prometheus"],
  ]);
  for (const { container, image } of asTheyAre)
    expect([container.name, containerFaults(container, image)]).toEqual([container.name, []]);
});

it("of any environment that is valid has it too", () => {
  let seen = 0;
  fc.assert(
    fc.property(nearlyValid, (raw) => {
      const environment = parse(raw);
      if (!environment || missingSources(environment).length > 0 || hasRoutingProblems(environment)) return;
      const containers = containersIn(
        synthesizeInMemory((app) => {
          // The other two have no containers, and take longer than these.
          new AlertmanagerStack(app, environment, new DockerStack(app, environment));
        }),
      );
      seen += containers.length;
      for (const { container, image } of containers) expect(containerFaults(container, image)).toEqual([]);
    }),
    { numRuns: 200 },
  );
  expect(seen).toBeGreaterThan(100);
});

describe("a container is found out that has", () => {
  const broken: Readonly<Record<string, readonly [string, unknown]>> = {
    "a health check that is run, and waited for": ["wait", undefined],
    "health check durations as Go prints them": [
      "healthcheck",
      { test: ["CMD", "x"], interval: "90s", timeout: "5s", start_period: "30s" },
    ],
    "a hash of the health check that forces a replacement": ["labels", []],
    "a memory limit, and one for swap": ["memory_swap", undefined],
    "a CPU limit by quota, never by cpus": ["cpus", "0.5"],
    "bounded logs, with the container's name in each line": ["log_opts", { "max-size": "10m" }],
    "a restart policy": ["restart", "no"],
    "a pinned image, by its id": ["image", "prom/prometheus:v3.13.5"],
    "no capability but those that are named in the kernel's way": [
      "capabilities",
      { add: ["NET_BIND_SERVICE"], drop: ["ALL"] },
    ],
    "no new privileges": ["privileged", true],
    "a read-only root unless a file is put into it": ["read_only", true],
    "no file below a tmpfs": ["tmpfs", { "/etc": "rw" }],
    "secrets that their user alone reads": ["user", "65534:65534"],
    "networks by id, or the host's": ["networks_advanced", [{ name: "monitoring-network" }]],
    "ports with an address of the host": ["ports", [{ internal: 1, external: 1 }]],
    "mounts of the host that are read-only": ["mounts", [{ source: "/", target: "/host" }]],
  };
  // Alertmanager has files, secrets, a volume and a port: there is something to break for every rule.
  const sound = asTheyAre.find(({ container }) => containerNameOf(container) === "alertmanager");
  if (!sound) throw new Error("There is no Alertmanager.");

  it.each(containerRuleNames)("not %s", (rule) => {
    const [attribute, value] = broken[rule] ?? ["", undefined];
    expect(containerFaults({ ...sound.container, [attribute]: value }, sound.image)).toContain(rule);
  });
});
