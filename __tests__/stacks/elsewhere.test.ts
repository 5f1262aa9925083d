import { Testing } from "cdktf";
import { rulesOf } from "../../stacks/system";
import { DockerStack } from "../../stacks/docker-stack";
import { CloudWatchStack } from "../../stacks/cloudwatch-stack";
import { scrapeConfigs } from "../../stacks/scrape-configs";
import { leastMachines } from "../../stacks/machine-targets";
import { alertNamesOf } from "../../alerts/rule-groups";
import type { Environment } from "../../environments";
import { edited, type Edit } from "../support/edit";
import { parseEnvironment } from "../support/environments";
import { problems } from "../support/environment-problems";
import { dev } from "../support/environments/dev";
import { prod } from "../support/environments/prod";
import { containerNameOf, parsed, Template } from "../support/template";

const secret = (name: string) => ({ secret: name });
const overTls = {
  targets: { kind: "addresses", addresses: ["10.0.0.5:8443", "10.0.0.6:8443"] },
  scheme: "https",
  tls: { ca: secret("shop_ca"), certificate: secret("shop_cert"), key: secret("shop_key") },
  auth: { kind: "basic", username: "prometheus", password: "shop_password" },
} as const;
const byTags = { targets: { kind: "ec2", tags: { Role: "auth" } } } as const;
const byName = { targets: { kind: "dns", name: "_metrics._tcp.example.com", type: "SRV" } } as const;

/** `dev`, whose first service runs elsewhere. */
function with_(elsewhere: unknown, ...edits: readonly Edit[]): Environment {
  const moved: Edit[] = [
    ["services.0.image", undefined],
    ["services.0.elsewhere", elsewhere],
  ];
  return parseEnvironment(edited(dev, ...moved, ...edits), "dev.ts");
}

function nameOf({ services }: Environment): string {
  return services[0]?.name ?? "";
}

function jobOf(environment: Environment) {
  return scrapeConfigs(environment).find(({ jobName }) => jobName === nameOf(environment));
}

describe("a service that runs elsewhere", () => {
  it("is asked at its addresses, over TLS, with secrets that are in no text", () => {
    const environment = with_(overTls);
    expect(jobOf(environment)).toMatchObject({
      scheme: "https",
      tls: {
        caFile: "/run/secrets/shop_ca",
        certFile: "/run/secrets/shop_cert",
        keyFile: "/run/secrets/shop_key",
      },
      auth: { kind: "basic", username: "prometheus", passwordFile: "/run/secrets/shop_password" },
      staticConfigs: [
        {
          targets: ["10.0.0.5:8443", "10.0.0.6:8443"],
          labels: { service: nameOf(environment), environment: "dev" },
        },
      ],
    });
    const template = Template.synth(new DockerStack(Testing.app(), environment));
    const variables = template.variables();
    for (const name of ["shop_ca", "shop_cert", "shop_key", "shop_password"]) {
      expect(variables[name]).toMatchObject({ sensitive: true });
    }
    expect(template.resources("docker_container").map(containerNameOf)).not.toContain(nameOf(environment));
  });

  it("has alerts on its instances, and on there being none where they are discovered", () => {
    const here = alertNamesOf(rulesOf(parseEnvironment(dev, "dev.ts")));
    expect(here.has("ServiceInstancesDown") || here.has("ServiceAbsent")).toBe(false);
    const listed = alertNamesOf(rulesOf(with_(overTls)));
    expect(listed.has("ServiceInstancesDown")).toBe(true);
    expect(listed.has("ServiceAbsent")).toBe(false);
    const found = alertNamesOf(rulesOf(with_(byName)));
    for (const name of ["ServiceInstancesDown", "ServiceAbsent", "DiscoveryFailing"]) {
      expect(found.has(name)).toBe(true);
    }
    expect(found.has("HostsMissing")).toBe(false);
  });

  it("is found by tags with a policy that lets Prometheus see instances, and nothing more", () => {
    const environment = with_(byTags);
    const template = Template.synth(new CloudWatchStack(Testing.app(), environment));
    const policies = template.resources("aws_iam_policy");
    const policy = policies.find(({ name }) => String(name).endsWith("prometheus-sees-instances"));
    expect(parsed(policy ?? {}, "policy").Statement).toEqual([
      expect.objectContaining({ Effect: "Allow", Action: "ec2:DescribeInstances" }),
    ]);
    expect(template.outputs()).toHaveProperty("prometheus_policy_arn");
    const without = Template.synth(new CloudWatchStack(Testing.app(), with_(byName)));
    expect(without.outputs()).not.toHaveProperty("prometheus_policy_arn");
  });

  it("is asked for by the access key that Prometheus is given", () => {
    const key = {
      kind: "access-key",
      accessKeyId: secret("prometheus_key_id"),
      secretAccessKey: secret("prometheus_key"),
    };
    const template = Template.synth(
      new DockerStack(Testing.app(), with_(byTags, ["prometheus.awsCredentials", key])),
    );
    const prometheus = template
      .resources("docker_container")
      .find((each) => containerNameOf(each) === "prometheus");
    expect(prometheus?.env).toEqual(["AWS_SHARED_CREDENTIALS_FILE=/run/secrets/aws-credentials"]);
    expect(JSON.stringify(prometheus)).toContain("${var.prometheus_key}");
  });

  it.each<[string, Edit[], string]>([
    [
      "a container beside",
      [["services.0.elsewhere", byTags]],
      "services[0].elsewhere: found a service with image, which runs here",
    ],
    [
      "TLS without https",
      [
        ["services.0.image", undefined],
        ["services.0.elsewhere", { ...overTls, scheme: "http" }],
      ],
      `services[0].elsewhere.scheme: found "http", allowed: "https", as it has tls`,
    ],
    [
      "a certificate without its key",
      [
        ["services.0.image", undefined],
        ["services.0.elsewhere", { ...overTls, tls: { certificate: secret("a") } }],
      ],
      "services[0].elsewhere.tls.key: found nothing",
    ],
    [
      "no tag at all",
      [
        ["services.0.image", undefined],
        ["services.0.elsewhere", { targets: { kind: "ec2", tags: {} } }],
      ],
      "services[0].elsewhere.targets.tags: found",
    ],
  ])("refuses %s", (_, edits, expected) => {
    expect(problems(...edits)).toEqual([expect.stringContaining(expected)]);
  });
});

describe("machines", () => {
  it("are counted: the engine's own, those of a list, and what of the others must be there", () => {
    const environment = parseEnvironment(
      edited(
        prod,
        ["machines.others", [{ name: "db", address: "10.0.0.5", cadvisorPort: 8080 }]],
        ["machines.dns", { name: "machines.example.com", atLeast: 3 }],
      ),
      "prod.ts",
    );
    expect(leastMachines(environment)).toBe(1 + 1 + 2 + 3);
    const jobs = new Map(scrapeConfigs(environment).map((job) => [job.jobName, job]));
    expect(jobs.get("node-exporter")).toMatchObject({
      staticConfigs: [
        { labels: { instance: "docker-host" } },
        { targets: ["10.0.0.5:9100"], labels: { instance: "db", environment: "prod" } },
      ],
      discovered: {
        by: [
          { kind: "ec2", port: 9100 },
          { kind: "dns", port: 9100 },
        ],
      },
    });
    expect(jobs.get("cadvisor")).toMatchObject({
      staticConfigs: [
        { targets: ["cadvisor:8080"], labels: { instance: "docker-host" } },
        { targets: ["10.0.0.5:8080"], labels: { instance: "db" } },
      ],
    });
    expect(jobs.get("cadvisor")).not.toHaveProperty("discovered");
  });

  it("of a group are found by the tag that EC2 gives them, whatever is in the name", () => {
    const target = { kind: "auto-scaling-group", name: "shop*[a]" };
    const environment = parseEnvironment(edited(prod, ["machines.aws.target", target]), "prod.ts");
    const job = scrapeConfigs(environment).find(({ jobName }) => jobName === "node-exporter");
    expect(job?.discovered?.by).toEqual([
      expect.objectContaining({
        filters: {
          "instance-state-name": ["running"],
          "tag:aws:autoscaling:groupName": ["shop\\*[a]"],
        },
      }),
    ]);
  });
});
