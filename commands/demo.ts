import "../operations/terminal/load-failure";
import { JsonOutput, TextOutput } from "../demo/output";
import { parentGone } from "../demo/parent-gone";
import { runSession } from "../demo/session";
import { parseWatchedServices } from "../demo/watched-service";
import { loadEnvironments } from "../environments";
import { CommandError, run } from "../operations/terminal/command";
import { numberIn, parseOptions } from "../operations/terminal/options";

const help = `Runs the whole system on this machine without Docker until Ctrl-C: the services, traffic, the inbox, and what is installed of Prometheus, Alertmanager, Jaeger, node-exporter and the blackbox exporter, with the configuration that the stacks of local render. A page at http://127.0.0.1:3300/ shows it, and has buttons to break and to mend it.

npm run demo -- [options]
  --tour            lead through the faults in the terminal, step by step
  --watch NAME=URL  watch a service of your own, too, such as payment-service=http://127.0.0.1:8000; may be given again
  --python          run the services that there are in Python (examples/flask) in it, in the place of those in TypeScript
  --speed N         divide all times of rules, scrapes and routes by N, 1 to 30; 1 is as deployed (default 15)
  --rate N          journeys of customers that start each second (default 5)
  --errors SHARE    share of the requests that are to fail, 0 to 1 (default 0)
  --slow SHARE      share of the requests that are to be slow, 0 to 1 (default 0)
  --no-traffic      send none
  --duration S      stop after so many seconds
  --free-ports      take free ports instead of those that the stacks publish, and of 3300
  --logs            print the programs' own lines
  --json            print what happens as JSON, an object a line
  --help            print this text`;

run(help, async (args, stopped) => {
  const { values } = parseOptions({
    args,
    options: {
      tour: { type: "boolean", default: false },
      watch: { type: "string", multiple: true, default: [] },
      python: { type: "boolean", default: false },
      speed: { type: "string", default: "15" },
      rate: { type: "string", default: "5" },
      errors: { type: "string", default: "0" },
      slow: { type: "string", default: "0" },
      "no-traffic": { type: "boolean", default: false },
      duration: { type: "string" },
      "free-ports": { type: "boolean", default: false },
      logs: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  const traffic = {
    rate: numberIn("--rate", values.rate, 0.01, 1_000),
    errors: numberIn("--errors", values.errors, 0, 1),
    slow: numberIn("--slow", values.slow, 0, 1),
  };
  if (traffic.errors + traffic.slow > 1)
    throw new CommandError("--errors and --slow together are more than all requests (1).");
  const speed = numberIn("--speed", values.speed, 1, 30);
  const seconds =
    values.duration === undefined ? Infinity : numberIn("--duration", values.duration, 1, 86_400);
  if (values.tour) assertTerminal(values.json);
  const own = loadEnvironments("local").flatMap(({ services }) => services.map(({ name }) => name));
  const watched = parseWatchedServices(values.watch, own);
  const output = values.json ? new JsonOutput() : new TextOutput(!values.tour);
  const ended = await runSession(
    {
      ports: values["free-ports"] ? "free" : "published",
      speed,
      watch: watched,
      traffic: values["no-traffic"] ? undefined : traffic,
      isGuided: values.tour,
      withPython: values.python,
      withLines: values.logs,
      seconds,
    },
    output,
    Promise.race([stopped, parentGone()]),
  );
  if (ended.length > 0) process.exitCode = 1;
});

function assertTerminal(isJson: boolean): void {
  if (isJson) throw new CommandError("--tour is for people, and --json for programs: leave one of them out.");
  if (process.stdin.isTTY && process.stdout.isTTY) return;
  throw new CommandError(
    "--tour needs a terminal, to step through it with Enter. Without one, the page of npm run demo has the same faults.",
  );
}
