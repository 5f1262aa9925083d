import { homedir } from "node:os";
import { resolve } from "node:path";
import { environmentNames, loadEnvironments } from "../support/environments";
import { synthesizeEnvironments } from "../support/synth";

const files = synthesizeEnvironments();
const everything = [...files].map(([path, text]) => `${path}\n${text}`).join("\n");

interface StackJson {
  readonly terraform: { readonly backend: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
  readonly variable?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly resource: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly data?: Readonly<Record<string, unknown>>;
}

function stack(name: string): StackJson {
  const text = files.get(`stacks/${name}/cdk.tf.json`);
  if (text === undefined) throw new Error(`No stack ${name}.`);
  return JSON.parse(text) as StackJson;
}

const kinds = ["cloudwatch", "docker", "grafana", "alertmanager"];
const names = environmentNames.flatMap((environment) => kinds.map((kind) => `${environment}-${kind}`));

it("makes four stacks of each environment, and nothing else", () => {
  expect([...files.keys()].sort()).toEqual(
    ["manifest.json", ...names.map((name) => `stacks/${name}/cdk.tf.json`)].sort(),
  );
});

it("gives the same bytes a second time", () => {
  expect(synthesizeEnvironments()).toEqual(files);
});

it("gives the same bytes whatever else is synthesized and in whatever order", () => {
  const [last] = loadEnvironments("prod");
  const others = loadEnvironments("staging,prod,dev");
  const narrowed = synthesizeEnvironments(last && [last]);
  const reordered = synthesizeEnvironments(others);
  for (const kind of kinds) {
    const path = `stacks/prod-${kind}/cdk.tf.json`;
    expect(narrowed.get(path)).toBe(files.get(path));
    expect(reordered.get(path)).toBe(files.get(path));
  }
});

describe("what is in no output", () => {
  it("a path of this machine", () => {
    // Whole names alone: /rootfs is a path in a container.
    for (const path of [resolve(__dirname, "../.."), homedir(), process.cwd()]) {
      expect(
        everything
          .split(path)
          .slice(1)
          .map((after) => after.slice(0, 1)),
      ).not.toContainEqual(expect.stringMatching(/^[^\w-]?$/));
    }
    expect(everything).not.toMatch(/"(?:\/home\/|\/Users\/|\/root\/|[A-Z]:\\\\)/);
  });

  it("a secret, though the environment of the synth is full of them", () => {
    const secrets = {
      TF_VAR_grafana_admin_password: "canary-grafana",
      TF_VAR_slack_critical_api_url: "https://hooks.slack.com/canary-slack",
      AWS_ACCESS_KEY_ID: "AKIACANARYCANARY0001",
      AWS_SECRET_ACCESS_KEY: "canary-aws",
      GRAFANA_AUTH: "canary-auth",
    };
    const before = { ...process.env };
    try {
      Object.assign(process.env, secrets);
      const output = [...synthesizeEnvironments().values()].join("\n");
      for (const secret of Object.values(secrets)) expect(output).not.toContain(secret);
      expect(output).toBe([...files.values()].join("\n"));
    } finally {
      process.env = before;
    }
  });

  it.each(names)(
    "a variable of %s that holds a secret in clear: all are sensitive and without default",
    (name) => {
      for (const variable of Object.values(stack(name).variable ?? {})) {
        expect(variable).toMatchObject({ sensitive: true, nullable: false });
        expect(variable).not.toHaveProperty("default");
      }
    },
  );

  it("something that looks like a key or a webhook", () => {
    expect(everything).not.toMatch(
      /AKIA[0-9A-Z]{16}|hooks\.slack\.com|discord(?:app)?\.com\/api\/webhooks|-----BEGIN/,
    );
  });
});

describe("the state", () => {
  it("is below the project by a relative path", () => {
    expect(stack("dev-docker").terraform.backend).toEqual({
      local: { path: "../../../.state/dev-docker.tfstate" },
    });
  });

  it("is in S3 with its lock file where the environment says so", () => {
    expect(stack("prod-docker").terraform.backend).toEqual({
      s3: {
        bucket: "microservices-monitoring-terraform-state",
        encrypt: true,
        key: "microservices-monitoring/prod-docker.tfstate",
        region: "eu-central-1",
        use_lockfile: true,
      },
    });
  });
});

describe("what one stack takes of another", () => {
  it.each(environmentNames)("comes from the state of %s-docker", (environment) => {
    const remote = (kind: string) => JSON.stringify(stack(`${environment}-${kind}`).data);
    for (const kind of ["grafana", "alertmanager"]) {
      expect(remote(kind)).toContain(`${environment}-docker.tfstate`);
    }
    const { stacks } = JSON.parse(files.get("manifest.json") ?? "") as {
      stacks: Record<string, { dependencies: string[] }>;
    };
    expect(stacks[`${environment}-grafana`]?.dependencies).toEqual([`${environment}-docker`]);
    expect(stacks[`${environment}-alertmanager`]?.dependencies).toEqual([`${environment}-docker`]);
    expect(stacks[`${environment}-docker`]?.dependencies).toEqual([]);
    expect(stacks[`${environment}-cloudwatch`]?.dependencies).toEqual([]);
  });
});
