import "../operations/terminal/load-failure";
import {
  byProgram,
  entry,
  firstPath,
  metricsPortOf,
  programNames,
  servicePrograms,
} from "../services/programs";
import { startServices } from "../demo/services";
import { run, CommandError } from "../operations/terminal/command";
import { parseOptions } from "../operations/terminal/options";

const ports = programNames.flatMap((name) => [servicePrograms[name].port, metricsPortOf(name)]);
const portsInWords = [...new Set(ports)].sort((a, b) => a - b).join(", ");
const help = `Starts the services on this machine and stops them at Ctrl-C.

npm run services -- [options]
  --logs              print the services' log lines
  --free-ports        take free ports instead of ${portsInWords}
  --fault-injection   let the header x-fault make answers slow or fail (needed for npm run traffic -- --errors, --slow)
  --help              print this text

All variables of the environment reach the services: JAEGER_AGENT_HOST or OTEL_EXPORTER_OTLP_ENDPOINT turn tracing on.`;

run(help, async (args, stopped) => {
  const { values } = parseOptions({
    args,
    options: {
      logs: { type: "boolean", default: false },
      "free-ports": { type: "boolean", default: false },
      "fault-injection": { type: "boolean", default: false },
    },
  });
  const services = await startServices({
    ...(values["free-ports"] && { ports: byProgram(() => 0), metricsPorts: byProgram(() => 0) }),
    env: {
      // Cheap hashes: the accounts here are made up, and each login would otherwise take a fifth of a second of a core.
      PASSWORD_COST: process.env.PASSWORD_COST ?? "12",
      PASSWORD_PARALLELIZATION: process.env.PASSWORD_PARALLELIZATION ?? "1",
      ...(values["fault-injection"] && { FAULT_INJECTION: "on" }),
      ...(!values.logs && { LOG_LEVEL: process.env.LOG_LEVEL ?? "warn" }),
    },
    onLine: (_service, line) => {
      process.stdout.write(`${line}\n`);
    },
    onHealthy: (service, url, metricsUrl) => {
      process.stdout.write(`${service.padEnd(16)} ${url}  metrics at ${metricsUrl}\n`);
    },
  });
  process.stdout.write(`\nTry: curl ${services.urls[entry]}${firstPath}\nCtrl-C stops all of them.\n`);
  const ends = Object.values(services.processes).map(async (each) => {
    const { code, signal } = await each.exited;
    return `${each.spec.name} ended with ${signal ?? `status ${String(code)}`}; the others are stopped too.`;
  });
  const ended = await Promise.race([stopped, ...ends]);
  await services.stop();
  if (ended !== undefined) throw new CommandError(ended);
  process.stdout.write("\nStopped.\n");
});
