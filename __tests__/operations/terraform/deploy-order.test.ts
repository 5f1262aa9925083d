import { deployOrder, hostsOf, selectInDeployOrder } from "../../../operations/terraform/deploy-order";
import { readStackContents } from "../../../operations/terraform/stack-contents";
import { readSynthesizedStacks } from "../../../operations/terraform/synth-output";
import { whereTable } from "../../../operations/up/where";
import type { Environment } from "../../../environments";
import { edited } from "../../support/edit";
import { loadEnvironments, parseEnvironment } from "../../support/environments";
import { local as localInput } from "../../support/environments/local";
import { synthesize } from "../../../stacks";
import { temporaryFolder } from "../../support/temporary-folder";

const makeFolder = temporaryFolder();

function contentsOf(...environments: readonly Environment[]) {
  const outdir = makeFolder();
  synthesize(environments, outdir);
  return readSynthesizedStacks(outdir).map(readStackContents);
}

describe("what is read from the synthesized stacks", () => {
  const local = contentsOf(...loadEnvironments("local"));
  const names = (contents: readonly { stack: { name: string } }[]) => contents.map(({ stack }) => stack.name);
  const find = (name: string) => {
    const found = local.find(({ stack }) => stack.name === name);
    if (!found) throw new Error(`No ${name}.`);
    return found;
  };

  it("puts what talks to a container after the stack that makes it", () => {
    const order = names(deployOrder(local));
    expect(order[0]).toBe("local-docker");
    expect([...order].sort()).toEqual(names(local));
    expect(names(hostsOf(find("local-cloudwatch"), local))).toEqual(["local-docker"]);
    expect(names(hostsOf(find("local-grafana"), local))).toEqual(["local-docker"]);
    expect(hostsOf(find("local-docker"), local)).toEqual([]);
  });

  it("keeps that order for whatever part is selected", () => {
    const stacks = local.map(({ stack }) => stack);
    const select = (...selection: string[]) => names(selectInDeployOrder(selection, stacks));
    expect(select("local")).toEqual(names(deployOrder(local)));
    expect(select("local-cloudwatch", "local-docker")).toEqual(["local-docker", "local-cloudwatch"]);
    expect(select("local-grafana")).toEqual(["local-grafana"]);
    expect(() => select("local-nothing")).toThrow(/There is no stack "local-nothing"/);
  });

  it("does not take AWS itself for a container", () => {
    const dev = contentsOf(...loadEnvironments("dev"));
    const cloudwatch = dev.find(({ stack }) => stack.name === "dev-cloudwatch");
    expect(cloudwatch && hostsOf(cloudwatch, dev)).toEqual([]);
    expect(cloudwatch?.needsAwsCredentials).toBe(true);
    expect(find("local-cloudwatch").needsAwsCredentials).toBe(false);
  });

  it("has the ports, limits, volumes and providers of a stack", () => {
    const { containers, volumes, providers, dockerHost, terraformVersion } = find("local-docker");
    const grafana = containers.find(({ ownName }) => ownName === "grafana");
    expect(grafana?.ports).toEqual([{ address: "127.0.0.1", port: 3300, byEngine: true }]);
    expect(grafana?.memoryMb).toBeGreaterThan(0);
    expect(grafana?.name).toBe("local-grafana");
    expect(volumes).toContain("local-grafana-data");
    expect(providers.map(({ source }) => source)).toEqual(["kreuzwerker/docker"]);
    expect(dockerHost).toBe("unix:///var/run/docker.sock");
    expect(terraformVersion).toBe("1.10.0");
  });

  it("has the engines of other machines, with nothing of theirs among its own", () => {
    const machine = (name: string, address: string) => ({
      name,
      address,
      engine: `ssh://${name}.example.com`,
    });
    const others = [machine("db-1", "10.0.0.5"), { ...machine("db-2", "10.0.0.6"), retired: true }];
    const input = edited(localInput, ["machines.others", others]);
    const docker = contentsOf(parseEnvironment(input, "local.ts")).find(
      ({ stack }) => stack.name === "local-docker",
    );
    expect(docker?.otherEngines).toEqual([
      { machine: "db-1", host: "ssh://db-1.example.com", isEmpty: false },
      { machine: "db-2", host: "ssh://db-2.example.com", isEmpty: true },
    ]);
    expect(docker?.containers).toEqual(find("local-docker").containers);
  });

  it("tells people where everything is", () => {
    const table = whereTable(local).split("\n");
    expect(table).toContainEqual(expect.stringMatching(/^grafana +http:\/\/127\.0\.0\.1:3300$/));
    expect(table).toContainEqual(expect.stringMatching(/^alertmanager +http:\/\/127\.0\.0\.1:9093$/));
  });
});
