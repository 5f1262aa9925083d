import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnvironment, type EnvironmentInput } from "../support/environments";
import { dev } from "../support/environments/dev";
import { freePort } from "../../operations/loopback-port";
import { GrafanaApi } from "../support/grafana-api";
import { itWithProvider, type RequiredProvider } from "../support/provider";
import { describeWith } from "../support/require-program";
import { synthesizeEnvironments } from "../support/synth";
import { temporaryFolder } from "../support/temporary-folder";
import { Terraform } from "../support/terraform";

const makeFolder = temporaryFolder();
const password = "s3cr3t-of-admin";

jest.setTimeout(300_000);

/** What Terraform reads of a stack: its JSON and the outputs of the stacks that it takes something of. */
function stackOf(environment: EnvironmentInput): {
  folder: string;
  json: string;
  provider: RequiredProvider;
} {
  const files = synthesizeEnvironments([parseEnvironment(environment, "dev")]);
  const read = (stack: string) => files.get(`stacks/${stack}/cdk.tf.json`) ?? "";
  const json = read("dev-grafana");
  const root = makeFolder();
  const folder = join(root, "cdktf.out", "stacks", "dev-grafana");
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(root, ".state"));
  writeFileSync(join(folder, "cdk.tf.json"), json);
  // The docker stack's outputs are names of containers, here as a deployment of it leaves them.
  const { output } = JSON.parse(read("dev-docker")) as { output: Record<string, unknown> };
  const outputs = Object.fromEntries(
    Object.keys(output).map((name) => [name, { value: "prometheus", type: "string" }]),
  );
  writeFileSync(
    join(root, ".state", "dev-docker.tfstate"),
    JSON.stringify({
      version: 4,
      terraform_version: "1.10.0",
      serial: 1,
      lineage: "test",
      outputs,
      resources: [],
    }),
  );
  const { terraform } = JSON.parse(json) as {
    terraform: { required_providers: Record<string, RequiredProvider> };
  };
  const { grafana } = terraform.required_providers;
  if (!grafana) throw new Error("dev-grafana does not require grafana.");
  return { folder, json, provider: grafana };
}

function terraformIn(folder: string): Terraform {
  const { TF_CLI_CONFIG_FILE: config } = process.env;
  return new Terraform(folder, {
    TF_VAR_grafana_admin_password: password,
    ...(config !== undefined && { TF_CLI_CONFIG_FILE: config }),
  });
}

const terraform = { name: "terraform", hint: "https://developer.hashicorp.com/terraform/install" };
describeWith([terraform], "The Grafana stack on a stand-in of Grafana's API, with the real provider", () => {
  const it = itWithProvider(stackOf(dev).provider);
  let api: GrafanaApi;
  beforeEach(() => {
    api = new GrafanaApi(password);
  });
  afterEach(() => api.close());

  async function deployed(changes: Partial<EnvironmentInput["grafana"]> = {}) {
    const url = await api.listen();
    const awsCredentials = { kind: "instance-role" } as const;
    const { folder, json } = stackOf({
      ...dev,
      grafana: { ...dev.grafana, awsCredentials, ...changes, url },
    });
    const stack = terraformIn(folder);
    await stack.init();
    await stack.apply();
    return { stack, folder, json };
  }

  it("is applied, planned again without a change, and destroyed", async () => {
    const { stack, json } = await deployed();
    expect([...api.folders.keys()].sort()).toEqual(["business", "platform", "services"]);
    expect([...api.dataSources.keys()].sort()).toEqual([
      "alertmanager",
      "cloudwatch",
      "jaeger",
      "prometheus",
    ]);
    expect(api.dataSources.get("prometheus")).toMatchObject({
      url: "http://prometheus:9090",
      isDefault: true,
    });
    const written = Object.values(
      (JSON.parse(json) as { resource: { grafana_dashboard: Record<string, { config_json: string }> } })
        .resource.grafana_dashboard,
    ).map(({ config_json }) => JSON.parse(config_json.replaceAll("$${", "${")) as Record<string, unknown>);
    expect([...api.dashboards.values()].map(({ uid }) => uid).sort()).toEqual(
      written.map(({ uid }) => uid).sort(),
    );
    for (const { uid, ...model } of written) {
      expect(api.dashboards.get(String(uid))?.model).toMatchObject(model);
    }
    expect(api.preferences).toMatchObject({ homeDashboardUID: "service-health" });
    expect(await stack.pendingChanges()).toBe("");

    await stack.destroy();
    expect([api.folders.size, api.dashboards.size, api.dataSources.size]).toEqual([0, 0, 0]);
    expect(api.preferences.homeDashboardUID ?? "").toBe("");
  });

  it("lets nobody but admins change a dashboard, and keeps an audience's folder for its roles", async () => {
    await deployed({ visibleFrom: { platform: "Editor", business: "Admin" } });
    expect(api.rolesOf("services")).toEqual(["Editor: View", "Viewer: View"]);
    expect(api.rolesOf("platform")).toEqual(["Editor: View"]);
    expect(api.rolesOf("business")).toEqual([]);
  });

  it("takes back what somebody changed in Grafana", async () => {
    const { stack } = await deployed();
    const stored = api.dashboards.get("service-health");
    if (!stored) throw new Error("There is no dashboard service-health.");
    api.dashboards.set(stored.uid, { ...stored, version: 2, model: { ...stored.model, title: "Mine" } });
    expect(await stack.pendingChanges()).toContain("service-health");
    await stack.apply();
    expect(api.dashboards.get("service-health")?.model.title).toBe(stored.model.title);
    expect(await stack.pendingChanges()).toBe("");
  });

  it("deletes no folder that holds something else", async () => {
    const { stack } = await deployed();
    api.dashboards.set("own", { uid: "own", folderUid: "business", version: 1, model: { title: "My own" } });
    const { exitCode, output } = await stack.run("destroy", "-input=false", "-auto-approve");
    expect(exitCode).toBe(1);
    expect(output.replace(/\s+/g, " ")).toContain("folder business is not empty");
    expect(output).toContain("My own");
    expect([...api.dashboards.keys()]).toEqual(["own"]);
  });

  it("says that Grafana is not there, and has made nothing", async () => {
    const url = `http://127.0.0.1:${String(await freePort())}`;
    const { folder } = stackOf({ ...dev, grafana: { ...dev.grafana, url } });
    const stack = terraformIn(folder);
    await stack.init();
    const start = Date.now();
    const { exitCode, output } = await stack.run("apply", "-input=false", "-auto-approve");
    expect(exitCode).toBe(1);
    expect(output).toContain("connection refused");
    expect(Date.now() - start).toBeLessThan(60_000);
    expect(await stack.resources()).toEqual([]);
    // Once it is there, the same command finishes.
    await api.listen(Number(new URL(url).port));
    await stack.apply();
    expect(await stack.pendingChanges()).toBe("");
  });

  it("refuses a wrong password without showing the right one", async () => {
    const url = await api.listen();
    const { folder, json } = stackOf({ ...dev, grafana: { ...dev.grafana, url } });
    expect(json).not.toContain(password);
    const stack = terraformIn(folder).with({ TF_VAR_grafana_admin_password: "wr0ng-one" });
    await stack.init();
    const { exitCode, output } = await stack.run("apply", "-input=false", "-auto-approve");
    expect(exitCode).toBe(1);
    expect(output).toMatch(/401|Invalid username or password/);
    expect(output).not.toContain("wr0ng-one");
    expect(await stack.resources()).toEqual([]);
  });
});
