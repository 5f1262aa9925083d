import { Testing } from "cdktf";
import { ipv4Range, overlap } from "../../schema/ipv4-range";
import { AlertmanagerStack } from "../../stacks/alertmanager-stack";
import { DockerStack } from "../../stacks/docker-stack";
import { loadEnvironments as ownEnvironments } from "../../environments";
import { edited } from "../support/edit";
import { loadEnvironments, parseEnvironment, type Environment } from "../support/environments";
import { prod } from "../support/environments/prod";
import { type Block, Template } from "../support/template";

/** All that an environment takes of its Docker engine, in words that two environments must not share. */
function takenBy(environment: Environment): { readonly taken: string[]; readonly subnets: string[] } {
  const app = Testing.app();
  const docker = new DockerStack(app, environment);
  const templates = [Template.synth(docker), Template.synth(new AlertmanagerStack(app, environment, docker))];
  const all = (type: string): Block[] => templates.flatMap((template) => template.resources(type));
  const names = ["docker_container", "docker_network", "docker_volume"].flatMap((type) =>
    all(type).map(({ name }) => `${type} ${String(name)}`),
  );
  const ports = all("docker_container").flatMap(({ ports: published = [] }) =>
    (published as { external: number; ip: string }[]).map(({ external }) => `port ${String(external)}`),
  );
  const subnets = all("docker_network").flatMap(({ ipam_config: ipam = [] }) =>
    (ipam as { subnet: string }[]).map(({ subnet }) => subnet),
  );
  return { taken: [...names, ...ports], subnets };
}

describe.each([
  ["those of the tests", loadEnvironments],
  ["the project's own", ownEnvironments],
] as const)("dev and local on one engine: %s", (_, load) => {
  const [local, dev] = ["local", "dev"].map((name) => {
    const [environment] = load(name);
    if (!environment) throw new Error(`There is no environment ${name}.`);
    return takenBy(environment);
  });

  it("take no name, port or address of one another", () => {
    expect(local?.taken.length).toBeGreaterThan(20);
    expect(local?.taken.filter((each) => dev?.taken.includes(each))).toEqual([]);
    const ranges = [local, dev].map(
      (each) => each?.subnets.flatMap((subnet) => ipv4Range(subnet) ?? []) ?? [],
    );
    expect(ranges[0]?.length).toBeGreaterThan(1);
    expect(ranges[0]?.filter((one) => ranges[1]?.some((other) => overlap(one, other)))).toEqual([]);
  });
});

it("an environment that was deployed before keeps its names where it says so", () => {
  const { taken } = takenBy(parseEnvironment(edited(prod, ["docker.names", "plain"]), "prod.ts"));
  expect(taken).toEqual(
    expect.arrayContaining([
      "docker_container prometheus",
      "docker_volume prometheus-data",
      "docker_network monitoring-network",
    ]),
  );
  expect(taken.filter((each) => each.includes("prod-"))).toEqual([]);
});
