import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { environmentNames } from "../support/environments";
import { promtool } from "../support/programs";
import { describeWith } from "../support/require-program";
import { uploadedFiles } from "../support/stack-files";
import { temporaryFolder } from "../support/temporary-folder";

const folder = temporaryFolder();

function prometheusFile(environment: string): string {
  return uploadedFiles(environment, "docker", "prometheus")["/etc/prometheus/prometheus.yml"] ?? "";
}

function check(program: string, args: string[], name: string, content: string) {
  const path = join(folder(), name);
  writeFileSync(path, content);
  const { status, stdout, stderr } = spawnSync(program, [...args, path], { encoding: "utf8" });
  return { status, output: stdout + stderr };
}

describeWith([promtool], "the configuration of Prometheus", () => {
  const args = ["check", "config"];

  it.each(environmentNames)("of %s is one", (environment) => {
    const content = prometheusFile(environment);
    expect(check("promtool", args, "prometheus.yml", content)).toMatchObject({ status: 0 });
  });

  it("is refused where it is broken, so that the check means something", () => {
    const content = prometheusFile("dev");
    const broken = content.replace("scrape_interval: 15s", "scrape_interval: soon");
    expect(broken).not.toBe(content);
    expect(check("promtool", args, "prometheus.yml", broken)).toMatchObject({
      status: 1,
      output: expect.stringContaining("not a valid duration") as string,
    });
  });
});
