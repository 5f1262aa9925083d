import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { findProgram } from "../../operations/find-program";
import { loadEnvironments } from "../support/environments";
import { describeWith } from "../support/require-program";
import { synthesizeEnvironments } from "../support/synth";

const folder = resolve(__dirname, "../../examples/join-compose");
const program = { name: "docker-compose", hint: "Get it: apt-get install docker-compose" };

interface ComposeFile {
  readonly services: Readonly<Record<string, { readonly networks?: Readonly<Record<string, unknown>> }>>;
  readonly networks: Readonly<Record<string, { readonly external?: boolean; readonly name?: string }>>;
}

/** What `docker compose config` makes of a compose file, or what it says against it. */
function config(file: string, input?: string) {
  const { status, stdout, stderr } = spawnSync(
    findProgram(program.name) ?? program.name,
    ["--project-directory", folder, "-f", file, "config"],
    { encoding: "utf8", input },
  );
  return { status, stdout, stderr };
}

describeWith([program], "the example of a service under its own compose file", () => {
  it("is taken by compose, and joins the network that the docker stack makes", () => {
    const { status, stdout, stderr } = config(join(folder, "compose.yaml"));
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const { services, networks } = parse(stdout) as ComposeFile;
    const stack = synthesizeEnvironments(loadEnvironments("dev")).get("stacks/dev-docker/cdk.tf.json");
    const name = "dev-monitoring-network";
    expect(stack).toContain(`"name": "${name}"`);
    expect(networks["monitoring-network"]).toMatchObject({ external: true, name });
    expect(Object.keys(services["payment-service"]?.networks ?? {})).toContain("monitoring-network");
    expect(Object.keys(services["payment-database"]?.networks ?? {})).not.toContain("monitoring-network");
  });

  it("would be refused with a mistake in it", () => {
    expect(config("-", "services: {x: {imagee: y}}").status).toBe(1);
  });
});
