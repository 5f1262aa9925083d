import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ManagedProcess } from "../../demo/processes";
import { faster } from "../../demo/speed/faster";
import { speedUp } from "../../demo/speed/speed-up";
import type { InboxMessage } from "../../operations/clients/inbox-client";
import { PrometheusClient } from "../../operations/clients/prometheus-client";
import { ruleFilesOf } from "../../stacks/system";
import { TestAlertmanager } from "./alertmanager";
import { alertmanagerFiles } from "./alertmanager-files";
import { loadEnvironments } from "./environments";
import { TestInbox } from "./inbox";
import { startPrometheus } from "./prometheus";
import { until } from "./until";

/** What is scraped: the part of a job of Prometheus's configuration that tests need. */
export interface ScrapedJob {
  readonly job_name: string;
  readonly metrics_path?: string;
  readonly static_configs: readonly {
    readonly targets: readonly string[];
    readonly labels?: Readonly<Record<string, string>>;
  }[];
}

/**
 * A real Prometheus with the rules of `local`, and a real Alertmanager with its routes, which tell an inbox. All times of
 * rules, scrapes and routes are divided by the speed.
 */
export class ToldAlerts {
  private constructor(
    readonly prometheus: PrometheusClient,
    private readonly speed: number,
    private readonly inbox: TestInbox,
    private readonly alertmanager: TestAlertmanager,
    private readonly process: ManagedProcess,
  ) {}

  /** @param folder for configuration and samples */
  static async start(speed: number, folder: string, jobs: readonly ScrapedJob[]): Promise<ToldAlerts> {
    const [environment] = loadEnvironments("local");
    if (!environment) throw new Error("There is no environment local.");
    const inbox = new TestInbox();
    const url = await inbox.listen();
    const smtp = `127.0.0.1:${String(await inbox.listenForMail())}`;
    const edit = (text: string) => faster(text, speed).replaceAll("inbox:1025", smtp);
    const alertmanager = await TestAlertmanager.start({ files: alertmanagerFiles("local", url, edit) });
    mkdirSync(join(folder, "rules"));
    for (const [name, text] of Object.entries(ruleFilesOf(environment)))
      writeFileSync(join(folder, "rules", name), faster(text, speed));
    const configuration = {
      global: { scrape_interval: "1s", evaluation_interval: "1s" },
      rule_files: ["rules/*"],
      alerting: { alertmanagers: [{ static_configs: [{ targets: [new URL(alertmanager.url).host] }] }] },
      scrape_configs: jobs,
    };
    writeFileSync(join(folder, "prometheus.yml"), JSON.stringify(configuration));
    const flags = Object.entries(speedUp(speed, environment).flags.prometheus ?? {});
    const started = await startPrometheus(
      folder,
      flags.map(([name, value]) => `--${name}=${value}`),
    );
    const prometheus = new PrometheusClient(started.url);
    return new ToldAlerts(prometheus, speed, inbox, alertmanager, started.process);
  }

  /** What a receiver was told of an alert. */
  async messages(
    receiver: string,
    alert: string,
    status: "firing" | "resolved",
  ): Promise<readonly InboxMessage[]> {
    const all = await this.inbox.messages(`?receiver=${receiver}&status=${status}`);
    return all.filter(({ title }) => title.includes(alert));
  }

  /**
   * Waits until a receiver is told.
   * @returns minutes that it took since then, at the times before they were divided
   */
  async told(receiver: string, alert: string, status: "firing" | "resolved", since: number): Promise<number> {
    await until(async () => (await this.messages(receiver, alert, status)).length > 0, 150_000);
    const [message] = await this.messages(receiver, alert, status);
    return ((Date.parse(message?.receivedAt ?? "") - since) * this.speed) / 60_000;
  }

  async stop(): Promise<void> {
    await this.process.stop();
    await this.alertmanager.stop();
    await this.inbox.close();
  }
}
