import { join } from "node:path";
import { readContainers, fillTemplate, type Container } from "../../demo/containers";
import { loadEnvironments } from "../support/environments";
import { synthesize } from "../../stacks";
import { temporaryFolder } from "../support/temporary-folder";

const folder = temporaryFolder();

describe("the containers that a synth describes", () => {
  let containers: Container[];
  beforeAll(() => {
    const outdir = join(folder(), "cdktf.out");
    synthesize(loadEnvironments("local"), outdir);
    containers = readContainers(outdir);
  });

  it("are those of all stacks, with their files, ports and folders", () => {
    const prometheus = containers.find(({ name }) => name === "prometheus");
    const alertmanager = containers.find(({ name }) => name === "alertmanager");
    expect(prometheus).toMatchObject({ program: "prometheus", onHostNetwork: false });
    expect(prometheus?.ports).toEqual([{ internal: 9090, external: 9090, ip: "127.0.0.1" }]);
    expect(Object.keys(prometheus?.files ?? {})).toContain("/etc/prometheus/prometheus.yml");
    expect(prometheus?.folders).toMatchObject({ "/prometheus": undefined, "/etc/prometheus": undefined });
    expect(prometheus?.command).toContain("--config.file=/etc/prometheus/prometheus.yml");
    expect(alertmanager).toMatchObject({ program: "alertmanager" });
  });
});

describe("a text of Terraform's JSON", () => {
  const value = (name: string) => `<${name}>`;

  it.each([
    ["plain {{ $labels.service }} $1 % 5", "plain {{ $labels.service }} $1 % 5"],
    ["$${range} %%{if}", "${range} %{if}"],
    ["${var.slack_url}", "<slack_url>"],
    ["a ${var.one} b ${var.two}", "a <one> b <two>"],
  ])("%s becomes %s", (text, expected) => {
    expect(fillTemplate(text, value)).toBe(expected);
  });

  it("is refused where only Terraform knows", () => {
    expect(() => fillTemplate("x ${docker_network.a.id}", value)).toThrow(
      "Only Terraform can fill in ${docker_network.a.id}.",
    );
  });
});
