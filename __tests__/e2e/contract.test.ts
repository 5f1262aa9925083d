import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PrometheusClient } from "../../operations/clients/prometheus-client";
import type { ManagedProcess } from "../../demo/processes";
import { announcedFormat } from "../../metrics/contract/content-type";
import { parseExposition } from "../../metrics/contract/exposition";
import { ExpositionError } from "../../metrics/contract/scanner";
import { expositionCases } from "../support/exposition-cases";
import { startPrometheus } from "../support/prometheus";
import { prometheusProgram } from "../support/programs";
import { describeWith } from "../support/require-program";

interface Target {
  readonly health: "up" | "down" | "unknown";
  readonly lastError: string;
  readonly labels: { readonly answer: string };
}

/** What the check says of an answer: undefined where it finds nothing. */
function refusal({ contentType, body }: (typeof expositionCases)[number]): string | undefined {
  const { format, findings } = announcedFormat(contentType);
  if (findings[0]) return findings[0].message;
  try {
    parseExposition(body, format);
    return undefined;
  } catch (error) {
    if (error instanceof ExpositionError) return error.message;
    throw error;
  }
}

describeWith([prometheusProgram], "the contract check beside a real Prometheus that scrapes the same", () => {
  let server: Server;
  let prometheus: ManagedProcess;
  let targets: ReadonlyMap<string, Target>;
  const folder = mkdtempSync(join(tmpdir(), "contract-"));

  beforeAll(async () => {
    server = createServer((request, response) => {
      const answer = expositionCases[Number(request.url?.slice(1))];
      if (answer?.contentType !== undefined) response.setHeader("content-type", answer.contentType);
      response.end(answer?.body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const configuration = {
      global: { scrape_interval: "1s", scrape_timeout: "1s" },
      scrape_configs: [
        {
          job_name: "answers",
          static_configs: expositionCases.map((_answer, index) => ({
            targets: [host],
            labels: { __metrics_path__: `/${String(index)}`, answer: String(index) },
          })),
        },
      ],
    };
    writeFileSync(join(folder, "prometheus.yml"), JSON.stringify(configuration)); // JSON is YAML
    const started = await startPrometheus(folder);
    prometheus = started.process;
    const client = new PrometheusClient(started.url);
    const deadline = Date.now() + 60_000;
    let all: readonly Target[];
    do {
      if (Date.now() > deadline) throw new Error("Prometheus has not scraped all targets within a minute.");
      await new Promise((resolve) => setTimeout(resolve, 500));
      all = (await client.get<{ activeTargets: Target[] }>("/api/v1/targets")).activeTargets;
    } while (all.length < expositionCases.length || all.some(({ health }) => health === "unknown"));
    targets = new Map(all.map((target) => [target.labels.answer, target]));
  }, 120_000);

  afterAll(async () => {
    await prometheus.stop();
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(expositionCases.map((answer, index) => ({ ...answer, index })))(
    "agrees on $what ($contentType)",
    ({ index, ...answer }) => {
      const target = targets.get(String(index));
      expect({ accepted: target?.health === "up", error: target?.lastError }).toEqual({
        accepted: answer.accepted,
        error: answer.accepted ? "" : (expect.stringMatching(/./) as string),
      });
      expect(refusal(answer) === undefined).toBe(answer.accepted);
    },
  );
});
