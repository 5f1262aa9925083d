import "../operations/terminal/load-failure";
import { checkContract } from "../metrics/contract/check";
import type { Finding } from "../metrics/contract/findings";
import { didYouMean } from "../metrics/describe";
import { scrape } from "../metrics/contract/scrape";
import { servicesOf } from "../metrics/catalogue";
import { run, CommandError } from "../operations/terminal/command";
import { parseOptions, urlIn } from "../operations/terminal/options";
import { system } from "../shop";

const serviceNames = servicesOf(system.catalogue);

const help = `Compares what a running service exposes, in whatever language it is written, with the catalogue of metrics.

npm run check:metrics -- --url http://host:port --service NAME [--json]
npm run check:metrics -- --url http://host:port --any-service [--json]
  --url URL        address of the service, or of its metrics where they are not at /metrics
  --service NAME   one of ${serviceNames.join(", ")}
  --any-service    check what every service has in common, and let all other metrics be
  --json           print the findings as JSON
  --help           print this text

Exit status 1 on any finding. The metrics of Node.js are required of Node services only; those of other runtimes (python_, go_, jvm_, process_ and their like) are let be.`;

run(help, async (args) => {
  const { values } = parseOptions({
    args,
    options: {
      url: { type: "string" },
      service: { type: "string" },
      "any-service": { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  const url = addressOf(values.url);
  const service = subjectOf(values.service, values["any-service"]);
  const subject = service ?? "any service";
  const scraped = await scrape(url);
  const { families, format, url: where } = scraped;
  const findings = [
    ...scraped.findings,
    ...checkContract(scraped, { catalogue: system.catalogue, ...(service !== undefined && { service }) }),
  ];
  const output = values.json
    ? JSON.stringify({ url: where, service: subject, format, metrics: families.size, findings }, null, 2)
    : describe(where, subject, families.size, findings);
  process.stdout.write(`${output}\n`);
  if (findings.length > 0) process.exitCode = 1;
});

function addressOf(text: string | undefined): URL {
  if (text === undefined) throw new CommandError("--url is missing.\nSee --help.");
  return urlIn("--url", text);
}

/** The service that is checked; undefined for any. */
function subjectOf(name: string | undefined, isAny: boolean): string | undefined {
  if (isAny && name !== undefined) throw new CommandError("Give --service or --any-service, not both.");
  if (isAny) return undefined;
  if (name === undefined) throw new CommandError("--service or --any-service is missing.\nSee --help.");
  if ((serviceNames as readonly string[]).includes(name)) return name;
  throw new CommandError(
    `--service: the catalogue has no service "${name}"${didYouMean(name, serviceNames) || "."} ` +
      `It has ${serviceNames.join(", ")}. ` +
      "Add a line to shop/metrics/services.ts, or check with --any-service.",
  );
}

function describe(url: string, subject: string, metrics: number, findings: readonly Finding[]): string {
  const lines = findings.map(({ kind, metric, message }) => `  ${kind.padEnd(10)} ${metric} ${message}`);
  const head = `${url} as ${subject}: ${String(metrics)} metrics, `;
  if (findings.length === 0) return `${head}all as the catalogue has them.`;
  return [
    `${head}${String(findings.length)} ${findings.length === 1 ? "finding" : "findings"}.`,
    ...lines,
  ].join("\n");
}
