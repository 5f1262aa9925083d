import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { parse, stringify } from "yaml";
import type { Demo } from "../../demo/demo";
import { deploymentOfDemo } from "../../demo/deployment";
import type { Environment } from "../../environments";
import { sendTraffic } from "../../services/traffic/traffic";
import { dataSourceUidsOf } from "../../stacks/data-sources";
import { dashboardFoldersOf } from "../../stacks/system";
import type { Deployment } from "../../operations/verify/deployment";
import { certificateFor, type MadeCertificate } from "./server-certificate";
import { EditingProxy } from "./editing-proxy";
import { GrafanaApi } from "./grafana-api";
import { type Moto, startMoto } from "./moto";
import { startTestDemo } from "./test-demo";

/** Everything happens this many times faster. */
const speed = 15;
/** The service whose metrics pass a proxy. */
const proxied = "product-service";
const mail = { protocol: "email", address: "on-call@shop.test" } as const;

/** Two that are as good as one, that a certificate can be changed for another. */
interface Certificates {
  readonly good: MadeCertificate;
  readonly ending: MadeCertificate;
  /** File with both, for those who are to trust them. */
  readonly authorities: string;
}

/**
 * A whole system that runs: the demo with two Alertmanagers, a real AWS emulator with the alarms' topics, and, in Grafana's
 * place, the stand-in of its API. What stands between them lets tests break it.
 */
export class VerifiedSystem {
  /** Password of Grafana's admin. */
  static readonly password = "grafana-admin";

  private constructor(
    readonly demo: Demo,
    readonly grafana: GrafanaApi,
    readonly moto: Moto,
    /** Before the metrics of `product-service`. */
    readonly metrics: EditingProxy,
    /** Before the AWS emulator. */
    readonly aws: EditingProxy,
    /** Before Grafana, by https. */
    readonly front: EditingProxy,
    readonly certificates: Certificates,
    private readonly addresses: { readonly aws: string; readonly front: string; readonly grafana: string },
    private readonly traffic: AbortController,
  ) {}

  /** @param folder for certificates */
  static async start(folder: string): Promise<VerifiedSystem> {
    const moto = await startMoto();
    const aws = new EditingProxy(() => moto.url);
    let scraped = "";
    const metrics = new EditingProxy(() => `http://${scraped}`);
    const proxy = await metrics.listen();
    const demo = await startTestDemo({
      ports: "free",
      speed,
      environment: (local) => ({
        ...local,
        alerting: { ...local.alerting, replicas: 2 },
        cloudwatch: { ...local.cloudwatch, subscriptions: { critical: [mail], warning: [] } },
      }),
      edit: (path, text) => {
        if (!path.endsWith("/prometheus.yml")) return text;
        const through = scrapedThrough(proxy, text);
        scraped = through.address;
        return through.text;
      },
    });
    const grafana = new GrafanaApi(VerifiedSystem.password);
    const grafanaUrl = await grafana.listen();
    const certificates = makeCertificates(folder);
    const front = new EditingProxy(() => grafanaUrl, certificates.good);
    fill(grafana, demo.environment);
    await makeTopics(moto, demo.environment);
    const addresses = { aws: await aws.listen(), front: await front.listen(), grafana: grafanaUrl };
    const traffic = new AbortController();
    void sendTraffic({
      url: new URL(demo.serviceUrls["api-gateway"]),
      ...{ rate: 5, errors: 0, slow: 0, durationSeconds: Infinity, signal: traffic.signal },
    });
    await demo.prometheus?.allUp(60_000);
    return new VerifiedSystem(demo, grafana, moto, metrics, aws, front, certificates, addresses, traffic);
  }

  /** What is verified, with Grafana and AWS where they are. */
  get deployment(): Deployment {
    const deployment = deploymentOfDemo(this.demo);
    const { region } = deployment.environment.aws;
    const places = {
      grafana: this.addresses.grafana,
      aws: { region, emulatorUrl: `http://${this.addresses.aws}` },
    };
    return { ...deployment, places: { ...deployment.places, ...places } };
  }

  /** Where Grafana is reached by https, with a certificate that this process does not trust. */
  get secureGrafana(): string {
    return `https://${this.addresses.front}`;
  }

  /** Changes a file of a program, and lets it read its configuration again. */
  change(program: string, file: string, edit: (text: string) => string): () => void {
    const path = join(this.demo.folder, "containers", program, file);
    const before = readFileSync(path, "utf8");
    const write = (text: string) => {
      writeFileSync(path, text);
      process.kill(this.demo.program(program).pid ?? 0, "SIGHUP");
    };
    write(edit(before));
    return () => {
      write(before);
    };
  }

  async stop(): Promise<void> {
    this.traffic.abort();
    await this.demo.stop();
    await Promise.all([this.metrics, this.aws, this.front, this.grafana].map((each) => each.close()));
    await this.moto.stop();
  }
}

/** Prometheus's configuration with a service scraped through a proxy, and where it was scraped before. */
function scrapedThrough(proxy: string, text: string): { readonly text: string; readonly address: string } {
  const file = parse(text) as {
    scrape_configs: { job_name: string; relabel_configs: { target_label: string; replacement?: string }[] }[];
  };
  let address = "";
  for (const { job_name, relabel_configs } of file.scrape_configs) {
    const rule = relabel_configs.find(({ target_label }) => target_label === "__address__");
    if (job_name !== proxied || rule?.replacement === undefined) continue;
    address = rule.replacement;
    rule.replacement = proxy;
  }
  return { text: stringify(file), address };
}

function makeCertificates(folder: string): Certificates {
  const [good, ending] = [certificateFor(90, folder), certificateFor(5, folder)];
  const authorities = join(folder, "authorities.pem");
  writeFileSync(authorities, good.cert + ending.cert);
  return { good, ending, authorities };
}

/** Gives the stand-in what a deploy of the environment gives Grafana. */
function fill(grafana: GrafanaApi, environment: Environment): void {
  for (const { uid: folderUid, dashboards } of dashboardFoldersOf(environment)) {
    for (const { uid = "", title } of dashboards)
      grafana.dashboards.set(uid, { uid, folderUid, version: 1, model: { title } });
  }
  for (const uid of dataSourceUidsOf(environment))
    grafana.dataSources.set(uid, { uid, name: uid, type: uid });
}

/** The topics of the environment's alarms, as its CloudWatch stack makes them. */
async function makeTopics({ url }: Moto, { project, name, aws }: Environment): Promise<void> {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new SNSClient({ endpoint: url, region: aws.region, credentials });
  await client.send(new CreateTopicCommand({ Name: `${project}-${name}-warning` }));
  const { TopicArn } = await client.send(new CreateTopicCommand({ Name: `${project}-${name}-critical` }));
  await client.send(new SubscribeCommand({ TopicArn, Protocol: mail.protocol, Endpoint: mail.address }));
  client.destroy();
}
