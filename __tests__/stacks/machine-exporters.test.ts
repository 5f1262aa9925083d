import { Testing } from "cdktf";
import { DockerStack } from "../../stacks/docker-stack";
import { leastMachines } from "../../stacks/machine-targets";
import { scrapeConfigs } from "../../stacks/scrape-configs";
import { edited, type Edit } from "../support/edit";
import { problems } from "../support/environment-problems";
import { parseEnvironment } from "../support/environments";
import { local } from "../support/environments/local";
import { prod } from "../support/environments/prod";
import { containerNameOf, Template } from "../support/template";

const machine = (name: string, address: string) => ({
  name,
  address,
  engine: `ssh://deploy@${name}.example.com`,
});
const two = [machine("db-1", "10.0.0.5"), { ...machine("db-2", "10.0.0.6"), cadvisorPort: 9101 }];
const environment = parseEnvironment(edited(prod, ["machines.others", two]), "prod.ts");
const template = Template.synth(new DockerStack(Testing.app(), environment));

function containersOn(provider: string | undefined) {
  return template.resources("docker_container").filter((each) => each.provider === provider);
}

describe("machines with an engine", () => {
  it("have a provider each, and on it what watches them, which listens at their address alone", () => {
    for (const { name, address } of two) {
      const containers = containersOn(`docker.${name}`);
      expect(containers.map(containerNameOf).sort()).toEqual(["cadvisor", "log-shipper", "node-exporter"]);
      const [exporter] = containers.filter((each) => containerNameOf(each) === "node-exporter");
      expect(exporter?.command).toContain(`--web.listen-address=${address}:9100`);
      const ports = containers.flatMap((each) => (each.ports as { ip: string }[] | undefined) ?? []);
      expect(ports.map(({ ip }) => ip)).toEqual([address, address]);
    }
    expect(template.providers("docker").slice(1)).toEqual([
      { alias: "db-1", host: "ssh://deploy@db-1.example.com" },
      { alias: "db-2", host: "ssh://deploy@db-2.example.com" },
    ]);
  });

  it("have images, networks and volumes of their own, and change nothing of the engine's own machine", () => {
    const own = Template.synth(new DockerStack(Testing.app(), parseEnvironment(prod, "prod.ts")));
    const namesOf = (all: readonly { readonly name?: unknown }[]) => all.map(({ name }) => name).sort();
    expect(namesOf(containersOn(undefined))).toEqual(namesOf(own.resources("docker_container")));
    for (const type of ["docker_image", "docker_network", "docker_volume"]) {
      const providers = template.resources(type).map(({ provider }) => provider);
      expect(new Set(providers)).toEqual(new Set([undefined, "docker.db-1", "docker.db-2"]));
    }
    expect(own.logicalIds().filter((id) => !template.logicalIds().includes(id))).toEqual([]);
  });

  it("send their lines under their own name, and to the log group alone", () => {
    const [shipper] = containersOn("docker.db-1").filter((each) => containerNameOf(each) === "log-shipper");
    expect(JSON.stringify(shipper)).toContain("log_stream_template: db-1/$attrs");
    const withEmulator = parseEnvironment(edited(local, ["machines.others", two]), "local.ts");
    const containers = Template.synth(new DockerStack(Testing.app(), withEmulator))
      .resources("docker_container")
      .filter(({ provider }) => provider === "docker.db-1");
    expect(containers.map(containerNameOf).sort()).toEqual(["cadvisor", "node-exporter"]);
  });

  it("are seen, as the engine's own machine, where their engine keeps its data", () => {
    const elsewhere = [{ ...two[0], dataRoot: "/srv/docker" }];
    const moved = edited(edited(prod, ["machines.others", elsewhere]), ["docker.dataRoot", "/data/docker"]);
    const stack = Template.synth(new DockerStack(Testing.app(), parseEnvironment(moved, "prod.ts")));
    const pathsOf = (name: string, provider: string | undefined) =>
      stack
        .resources("docker_container")
        .filter((each) => containerNameOf(each) === name && each.provider === provider)
        .flatMap(({ mounts }) => mounts as { source: string; target: string }[])
        .map(({ source, target }) => `${source}:${target}`);
    for (const [provider, root] of [
      [undefined, "/data/docker"],
      ["docker.db-1", "/srv/docker"],
    ] as const) {
      expect(pathsOf("cadvisor", provider)).toContain(`${root}:${root}`);
      expect(pathsOf("log-shipper", provider)).toContain(`${root}/containers:/var/lib/docker/containers`);
    }
    expect(JSON.stringify(stack.resources("docker_container"))).not.toContain('"/var/lib/docker"');
  });

  it("on their way out keep the provider, by which Terraform takes away the rest, and are watched no more", () => {
    const retiring = [{ ...two[0], retired: true }, two[1]];
    const left = parseEnvironment(edited(prod, ["machines.others", retiring]), "prod.ts");
    const stack = Template.synth(new DockerStack(Testing.app(), left));
    expect(stack.providers("docker").map(({ alias }) => alias)).toEqual([undefined, "db-1", "db-2"]);
    const types = ["docker_container", "docker_image", "docker_network", "docker_volume"];
    const providers = types.flatMap((type) => stack.resources(type).map(({ provider }) => provider));
    expect(providers).toContain("docker.db-2");
    expect(providers).not.toContain("docker.db-1");
    expect(JSON.stringify(scrapeConfigs(left))).not.toContain("db-1");
    expect(leastMachines(left)).toBe(leastMachines(environment) - 1);
  });

  it("are scraped by their names", () => {
    const jobs = new Map(scrapeConfigs(environment).map((job) => [job.jobName, job.staticConfigs]));
    const ofOthers = (job: string) =>
      (jobs.get(job) ?? []).slice(1).map(({ targets, labels }) => [...targets, labels?.instance]);
    expect(ofOthers("node-exporter")).toEqual([
      ["10.0.0.5:9100", "db-1"],
      ["10.0.0.6:9100", "db-2"],
    ]);
    expect(ofOthers("cadvisor")).toEqual([
      ["10.0.0.5:8080", "db-1"],
      ["10.0.0.6:9101", "db-2"],
    ]);
    expect(ofOthers("log-shipper")).toEqual([
      ["10.0.0.5:2020", "db-1"],
      ["10.0.0.6:2020", "db-2"],
    ]);
  });

  it.each<[string, Edit, string]>([
    [
      "the engine of another",
      ["machines.others", [two[0], { ...two[1], engine: two[0]?.engine }]],
      `machines.others[1].engine: found "ssh://***@db-1.example.com", allowed: an engine that no other machine has`,
    ],
    [
      "this machine's own",
      ["machines.others", [{ ...two[0], engine: "unix:///var/run/docker.sock" }]],
      `machines.others[0].engine: found "unix:///var/run/docker.sock", allowed: the engine of another machine`,
    ],
    [
      "a name to listen at",
      ["machines.others", [{ ...two[0], address: "db-1.example.com" }]],
      `machines.others[0].address: found "db-1.example.com", allowed: the machine's IPv4 address`,
    ],
    [
      "every address",
      ["machines.others", [{ ...two[0], address: "0.0.0.0" }]],
      `machines.others[0].address: found "0.0.0.0", allowed: the machine's IPv4 address`,
    ],
  ])("refuse %s", (_, edit, expected) => {
    expect(problems(edit)).toEqual([expect.stringContaining(expected)]);
  });
});
