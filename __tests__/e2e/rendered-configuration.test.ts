import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { environmentNames, loadEnvironments } from "../../environments";
import { describeWith } from "../support/require-program";
import { synthesizeEnvironments } from "../support/synth";
import { temporaryFolder } from "../support/temporary-folder";

const folder = temporaryFolder();

/** The file at a path in the containers of a stack, as Terraform would upload it. */
function uploadedFile(stack: string, path: string): string {
  const environment = stack.slice(0, stack.lastIndexOf("-"));
  const files = synthesizeEnvironments(loadEnvironments(environment));
  const { resource } = JSON.parse(files.get(`stacks/${stack}/cdk.tf.json`) ?? "") as {
    resource: { docker_container: Record<string, { upload: { file: string; content: string }[] }> };
  };
  const uploads = Object.values(resource.docker_container).flatMap(({ upload }) => upload);
  const content = uploads.find(({ file }) => file === path)?.content;
  if (content === undefined) throw new Error(`${stack} uploads no ${path}.`);
  // Terraform's escapes of its templates.
  return content.replace(/([$%])\1(?=\{)/g, "$1");
}

function check(program: string, args: string[], name: string, content: string) {
  const path = join(folder(), name);
  writeFileSync(path, content);
  const { status, stdout, stderr } = spawnSync(program, [...args, path], { encoding: "utf8" });
  return { status, output: stdout + stderr };
}

describeWith(
  [{ name: "promtool", hint: "It comes with Prometheus." }],
  "the configuration of Prometheus",
  () => {
    const args = ["check", "config"];

    it.each(environmentNames)("of %s is one", (environment) => {
      const content = uploadedFile(`${environment}-docker`, "/etc/prometheus/prometheus.yml");
      expect(check("promtool", args, "prometheus.yml", content)).toMatchObject({ status: 0 });
    });

    it("is refused where it is broken, so that the check means something", () => {
      const content = uploadedFile("dev-docker", "/etc/prometheus/prometheus.yml");
      const broken = content.replace("scrape_interval: 15s", "scrape_interval: soon");
      expect(broken).not.toBe(content);
      expect(check("promtool", args, "prometheus.yml", broken)).toMatchObject({
        status: 1,
        output: expect.stringContaining("not a valid duration") as string,
      });
    });
  },
);

const amtoolHint =
  "Alertmanager 0.28 or newer is needed: go install github.com/prometheus/alertmanager/cmd/amtool@v0.28.1";

describeWith(
  [{ name: "amtool", hint: amtoolHint }],
  "the configuration of Alertmanager, for amtool 0.28 or newer",
  () => {
    const args = ["check-config"];
    const path = "/etc/alertmanager/alertmanager.yml";

    it.each(environmentNames)("of %s is one", (environment) => {
      const content = uploadedFile(`${environment}-alertmanager`, path);
      expect(check("amtool", args, "alertmanager.yml", content)).toMatchObject({
        status: 0,
        output: expect.stringContaining("3 receivers") as string,
      });
    });

    it.each([
      [`severity="critical"`, ["slack-critical", "email-ops"]],
      [`severity="warning"`, ["discord-alerts"]],
      [`alertname="Unlabelled"`, ["discord-alerts"]],
    ])("sends %s to %j", (label, receivers) => {
      const file = join(folder(), "alertmanager.yml");
      writeFileSync(file, uploadedFile("prod-alertmanager", path));
      const { stdout } = spawnSync(
        "amtool",
        ["config", "routes", "test", `--config.file=${file}`, label.replaceAll('"', "")],
        {
          encoding: "utf8",
        },
      );
      expect(stdout.trim()).toBe(receivers.join(","));
    });

    it("is refused where it is broken, so that the check means something", () => {
      const content = uploadedFile("dev-alertmanager", path);
      const broken = content.replace("receiver: email-ops", "receiver: nobody");
      expect(broken).not.toBe(content);
      expect(check("amtool", args, "alertmanager.yml", broken).status).toBe(1);
    });
  },
);
