import "../operations/terminal/load-failure";
import { setTimeout as sleep } from "node:timers/promises";
import { checkContract } from "../metrics/contract/check";
import { didYouMean } from "../metrics/describe";
import { checkOtlp } from "../metrics/contract/otlp/check";
import { ReceivedByOtlp } from "../metrics/contract/otlp/received";
import { OtlpPortError, startOtlpReceiver, type OtlpPorts } from "../metrics/contract/otlp/receiver/receiver";
import { describeOtlp, describeScrape } from "../metrics/contract/report";
import { scrape } from "../metrics/contract/scrape";
import { servicesOf } from "../metrics/catalogue";
import { holderInWords, portHolder } from "../operations/port-holder";
import { run, CommandError } from "../operations/terminal/command";
import { numberIn, parseOptions, urlIn } from "../operations/terminal/options";
import { system } from "../shop";

const serviceNames = servicesOf(system.catalogue);
const { catalogue } = system;

const help = `Compares what a running service measures, in whatever language it is written, with the catalogue of metrics: what it exposes, or what it sends by OTLP, with its spans.

npm run check:metrics -- --url http://host:port (--service NAME | --any-service) [--json]
npm run check:metrics -- --otlp (--service NAME | --any-service) [options]
  --url URL        address of the service, or of its metrics where they are not at /metrics
  --otlp           listen for what services send, on 127.0.0.1
  --service NAME   one of ${serviceNames.join(", ")}
  --any-service    check what every service has in common, and let all other metrics be
  --json           print the findings as JSON
  --help           print this text

With --otlp:
  --duration S     how long to listen, in seconds (default 30); Ctrl-C ends it earlier, with what has come
  --port N         for OTLP over HTTP (default 4318; 0 takes a free one)
  --grpc-port N    for OTLP over gRPC (default 4317; 0 takes a free one)

Exit status 1 on any finding, and where nothing arrives. The metrics of Node.js are required of Node services only; those of other runtimes (python_, go_, jvm_, process_ and their like) are let be.

What comes by OTLP is named as Prometheus names it by default. Of spans, those are checked that servers and clients of HTTP have: their names, and the attributes that queries over traces use.`;

run(help, async (args, stopped) => {
  const { values } = parseOptions({
    args,
    options: {
      url: { type: "string" },
      otlp: { type: "boolean", default: false },
      service: { type: "string" },
      "any-service": { type: "boolean", default: false },
      duration: { type: "string" },
      port: { type: "string" },
      "grpc-port": { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  const { otlp, json } = values;
  if (otlp && values.url !== undefined) throw new CommandError("Give --url or --otlp, not both.");
  const ofOtlp = (["duration", "port", "grpc-port"] as const).filter((name) => values[name] !== undefined);
  if (!otlp && ofOtlp[0] !== undefined) throw new CommandError(`--${ofOtlp[0]} goes with --otlp alone.`);
  if (!otlp && values.url === undefined) throw new CommandError("--url or --otlp is missing.\nSee --help.");
  const service = subjectOf(values.service, values["any-service"]);
  if (values.url !== undefined) return checkScrape(urlIn("--url", values.url), service, json);
  const seconds = numberIn("--duration", values.duration ?? "30", 1, 86_400);
  const ports = {
    http: portIn("--port", values.port ?? "4318"),
    grpc: portIn("--grpc-port", values["grpc-port"] ?? "4317"),
  };
  return checkReceived(ports, seconds, stopped, service, json);
});

async function checkScrape(url: URL, service: string | undefined, json: boolean): Promise<void> {
  const subject = service ?? "any service";
  const scraped = await scrape(url);
  const { families, format, url: where } = scraped;
  const findings = [...scraped.findings, ...checkContract(scraped, { catalogue, service })];
  const found = { url: where, service: subject, format, metrics: families.size, findings };
  print(json ? found : describeScrape(where, subject, families.size, findings), findings.length > 0);
}

async function checkReceived(
  ports: OtlpPorts,
  seconds: number,
  stopped: Promise<undefined>,
  service: string | undefined,
  json: boolean,
): Promise<void> {
  // Beside what is printed for machines.
  const tell = (line: string) => process.stderr.write(`${line}\n`);
  const received = new ReceivedByOtlp(serviceNames, tell);
  const receiver = await startOtlpReceiver(received, ports).catch((error: unknown) => {
    throw error instanceof OtlpPortError
      ? new CommandError(`${error.message}${holderOf(error, ports)}`)
      : error;
  });
  const { http, grpc } = receiver.urls;
  tell(`Listening for ${String(seconds)} s; Ctrl-C ends it earlier. The service needs these variables:
  OTEL_SERVICE_NAME=${service ?? "<its name>"}
  OTEL_EXPORTER_OTLP_ENDPOINT=${http} OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
  or OTEL_EXPORTER_OTLP_ENDPOINT=${grpc} OTEL_EXPORTER_OTLP_PROTOCOL=grpc
and where it sends metrics: OTEL_METRIC_EXPORT_INTERVAL=5000`);
  const ended = new AbortController();
  await Promise.race([sleep(seconds * 1000, undefined, { signal: ended.signal }), stopped]);
  ended.abort();
  await receiver.stop();
  const checked = checkOtlp(received, { catalogue, service });
  const { services, others, findings } = checked;
  if (services.length + others.length + findings.length === 0) {
    throw new CommandError(
      "Nothing arrived. Start the service with these variables, send it requests, and listen for longer than it waits before it sends (--duration).",
    );
  }
  const isWrong = findings.length > 0 || services.some((each) => each.findings.length > 0);
  print(json ? checked : describeOtlp(checked), isWrong);
}

function print(found: object | string, isWrong: boolean): void {
  process.stdout.write(`${typeof found === "string" ? found : JSON.stringify(found, null, 2)}\n`);
  if (isWrong) process.exitCode = 1;
}

function portIn(option: string, text: string): number {
  const port = numberIn(option, text, 0, 65_535);
  if (Number.isInteger(port)) return port;
  throw new CommandError(`${option}: expected a whole number, found "${text}".`);
}

/** Who has a port that is taken, and what to do, as sentences. */
function holderOf({ protocol, isTaken }: OtlpPortError, ports: OtlpPorts): string {
  if (!isTaken) return "";
  const holder = portHolder(ports[protocol]);
  const name = holder === undefined ? "" : ` ${holderInWords(holder)} listens there.`;
  const option = protocol === "http" ? "--port" : "--grpc-port";
  return `${name} Stop it, or take another port: ${option} N (0 takes a free one).`;
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
