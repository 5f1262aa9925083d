import "../operations/terminal/load-failure";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, relative, resolve, sep } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { metricsOf, servicesOf } from "../metrics/catalogue";
import { scrape, type Scrape } from "../metrics/contract/scrape";
import { secondsOf } from "../metrics/duration";
import { infer } from "../metrics/infer/infer";
import { groupName, inferredModule } from "../metrics/infer/module";
import { findingsTold, nextSteps, type Destination } from "../metrics/infer/told";
import { CommandError, run } from "../operations/terminal/command";
import { parseOptions, urlIn } from "../operations/terminal/options";
import { system } from "../shop";

const root = resolve(__dirname, "..");
/** Where the groups of the catalogue are. */
const groups = resolve(root, "shop/metrics");
const mostScrapes = 1_000;
const help = `Writes entries of the catalogue from what a running service exposes: the first step for a service that measures already.

npm run infer -- --url http://host:port --service NAME --owner TEAM [--out FILE] [--scrapes N] [--every 5s]
  --url URL        address of the service, or of its metrics where they are not at /metrics
  --service NAME   its name in the catalogue, such as payment-service
  --owner TEAM     the team that owns it
  --out FILE       a file that is written, such as shop/metrics/payment.ts; without it the module is printed
  --force          write FILE though it is there
  --scrapes N      how often the metrics are read: values that come and go are then seen. Default 1
  --every D        time between two scrapes. Default 5s
  --help           print this text

Exit status 1 where nothing is written. What no entry was made of is told, with the reason and what to do. docs/instrumenting.md says what becomes of the file.`;

run(help, async (args, stopped) => {
  const { values } = parseOptions({
    args,
    options: {
      url: { type: "string" },
      service: { type: "string" },
      owner: { type: "string" },
      out: { type: "string" },
      force: { type: "boolean", default: false },
      scrapes: { type: "string", default: "1" },
      every: { type: "string", default: "5s" },
    },
  });
  const address = urlIn("--url", given("--url", values.url));
  const service = newService(given("--service", values.service));
  const owner = wordIn("--owner", given("--owner", values.owner), "payment");
  const file = values.out;
  if (file !== undefined) refuseFile(file, values.force);
  const count = countIn(values.scrapes);
  const scrapes = await scrapesOf(address, count, waitIn(values.every), stopped);

  const inferred = infer(scrapes, system.catalogue);
  const destination = destinationOf(service, owner, file, scrapes[0]?.url ?? address.href);
  const told = [
    ...new Set(
      scrapes.flatMap(({ findings }) => findings.map(({ metric, message }) => `${metric} ${message}`)),
    ),
    ...findingsTold(inferred, destination),
  ];
  if (inferred.entries.length === 0) {
    const nothing = `${destination.url} has no metric that an entry can be made of: nothing is written.`;
    throw new CommandError([nothing, ...told].join("\n"));
  }
  const text = inferredModule(inferred.entries, { ...destination, from: metricsFrom(file) });
  const say = (lines: readonly string[]) =>
    (file === undefined ? process.stderr : process.stdout).write(`${lines.join("\n")}\n`);
  if (file === undefined) process.stdout.write(text);
  else write(file, text);
  const head = `${file ?? "The module"} has ${counted(inferred.entries.length, "metric")} of ${service}, from ${counted(scrapes.length, "scrape")} of ${destination.url}.`;
  say([head, ...told, ...nextSteps(inferred, destination)]);
});

function given(option: string, value: string | undefined): string {
  if (value === undefined) throw new CommandError(`${option} is missing.\nSee --help.`);
  return value;
}

/** A name that is no service's of the catalogue, or one's of which it has no metrics yet. */
function newService(name: string): string {
  wordIn("--service", name, "payment-service");
  const { catalogue } = system;
  const known = (servicesOf(catalogue) as readonly string[]).includes(name);
  const own = known ? metricsOf(catalogue, name).filter(({ exportedBy }) => exportedBy.includes(name)) : [];
  if (own.length === 0) return name;
  throw new CommandError(
    `--service: the catalogue has ${counted(own.length, "metric")} of ${name} already, such as ${own[0]?.name ?? ""}.\n` +
      `What the service has besides is found by npm run check:metrics -- --url URL --service ${name}.`,
  );
}

function wordIn(option: string, text: string, example: string): string {
  if (/^[a-z](?:-?[a-z0-9])*$/.test(text) && text.length <= 63) return text;
  throw new CommandError(
    `${option}: found ${JSON.stringify(text)}, allowed: a-z, 0-9 and single dashes, a letter first, at most 63, such as ${example}.`,
  );
}

function refuseFile(file: string, isForced: boolean): void {
  if (!file.endsWith(".ts") || file.endsWith(".d.ts")) {
    throw new CommandError(
      `--out: found ${JSON.stringify(file)}, allowed: a file of TypeScript, such as shop/metrics/payment.ts.`,
    );
  }
  if (existsSync(file) && !isForced) {
    throw new CommandError(
      `--out: ${file} is there already. Name another file, or overwrite it with --force.`,
    );
  }
}

function countIn(text: string): number {
  const count = text.trim() === "" ? NaN : Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= mostScrapes) return count;
  throw new CommandError(
    `--scrapes: expected a whole number from 1 to ${String(mostScrapes)}, found ${JSON.stringify(text)}.`,
  );
}

function waitIn(text: string): number {
  try {
    return secondsOf(text) * 1_000;
  } catch {
    throw new CommandError(`--every: found ${JSON.stringify(text)}, allowed: a duration such as 5s or 1m.`);
  }
}

async function scrapesOf(
  address: URL,
  count: number,
  waitMs: number,
  stopped: Promise<undefined>,
): Promise<readonly Scrape[]> {
  const scrapes = [await scrape(address)];
  while (scrapes.length < count) {
    const isStopped = await Promise.race([sleep(waitMs, false), stopped.then(() => true)]);
    if (isStopped) throw new CommandError("Stopped: nothing is written.");
    scrapes.push(await scrape(address));
  }
  return scrapes;
}

function destinationOf(service: string, owner: string, file: string | undefined, url: string): Destination {
  const name = file === undefined ? service.replace(/-service$/, "") : basename(file, ".ts");
  const path = resolve(file ?? resolve(groups, name));
  const from = isInside(path) ? pathFrom(groups, path.replace(/\.ts$/, "")) : `./${name}`;
  return { service, owner, group: groupName(name), file, from, url };
}

/** Where a module in that file finds the functions of the catalogue. */
function metricsFrom(file: string | undefined): string {
  const folder = file === undefined ? groups : dirname(resolve(file));
  return isInside(folder) ? pathFrom(folder, resolve(root, "metrics")) : "microservices-monitoring/metrics";
}

function isInside(path: string): boolean {
  return `${path}${sep}`.startsWith(`${root}${sep}`);
}

/** A path as an import has it. */
function pathFrom(folder: string, path: string): string {
  const found = relative(folder, path).split(sep).join("/");
  return found.startsWith(".") ? found : `./${found}`;
}

function write(file: string, text: string): void {
  try {
    mkdirSync(dirname(resolve(file)), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(`--out: ${file} cannot be written (${reason}).`);
  }
}

function counted(count: number, what: string): string {
  return `${String(count)} ${what}${count === 1 ? "" : "s"}`;
}
