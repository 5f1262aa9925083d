import { type NamedContainer, ownNameOf } from "../../operations/terraform/own-name";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { parse } from "yaml";
import { type EnvironmentInput, parseEnvironment } from "../support/environments";
import { dev } from "../support/environments/dev";
import { releasedServices } from "../support/environments/shared";
import { synthesizeEnvironments } from "../support/synth";

type Service = EnvironmentInput["services"][number];

/** The entry that the README tells people to write. */
function entryOfReadme(): { lines: number; services: Service[] } {
  const readme = readFileSync(join(__dirname, "../../README.md"), "utf8");
  const section = readme.slice(readme.indexOf("## Add a service"));
  const block = /```ts\n([^]*?)```/.exec(section)?.[1] ?? "";
  // Objects of this realm: the parser takes no others.
  const { services } = JSON.parse(JSON.stringify(runInNewContext(`({${block}})`, { releasedServices }))) as {
    services: Service[];
  };
  return { lines: block.trimEnd().split("\n").length, services };
}

it("a service of one's own takes an entry, and gets container, scrape job and alerts", () => {
  const { lines, services } = entryOfReadme();
  expect(lines).toBeLessThanOrEqual(20);
  const environment = parseEnvironment({ ...dev, services }, "dev.ts");
  const { resource } = JSON.parse(
    synthesizeEnvironments([environment]).get("stacks/dev-docker/cdk.tf.json") ?? "",
  ) as {
    resource: {
      docker_container: Record<string, NamedContainer & { upload?: { file: string; content: string }[] }>;
    };
  };
  const containers = Object.values(resource.docker_container);
  expect(containers.map(ownNameOf)).toContain("payment-service");
  const files = containers.find((each) => ownNameOf(each) === "prometheus")?.upload ?? [];
  const read = (file: string) => files.find((each) => each.file.endsWith(file))?.content ?? "";
  expect(parse(read("prometheus.yml"))).toMatchObject({
    scrape_configs: expect.arrayContaining([
      expect.objectContaining({
        job_name: "payment-service",
        static_configs: [
          { targets: ["payment-service:8000"], labels: { service: "payment-service", environment: "dev" } },
        ],
      }),
    ]) as unknown,
  });
  expect(read("rules/objectives.yml")).toContain("payment-service");
});
