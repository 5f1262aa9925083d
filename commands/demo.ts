import "./lib/load-failure";
import { CommandError, run } from "./lib/cli";
import { startDemo } from "../demo/demo";
import { JsonOutput, TextOutput } from "../demo/output";
import { parentGone } from "../demo/parent-gone";
import { watch } from "../demo/watch";
import { numberIn, parseOptions } from "./lib/options";
import { sendTraffic, type TrafficSummary } from "../demo/traffic/traffic";

const help = `Runs the whole system on this machine without Docker until Ctrl-C: the services, traffic, the inbox, and what is installed of Prometheus, Alertmanager and node-exporter, with the configuration that the stacks of local render.

npm run demo -- [options]
  --rate N          journeys of customers that start each second (default 5)
  --errors SHARE    share of the requests that are to fail, 0 to 1 (default 0)
  --slow SHARE      share of the requests that are to be slow, 0 to 1 (default 0)
  --no-traffic      send none
  --duration S      stop after so many seconds
  --free-ports      take free ports instead of those that the stacks publish
  --logs            print the programs' own lines
  --json            print what happens as JSON, an object a line
  --help            print this text`;

run(help, async (args, stopped) => {
  const { values } = parseOptions({
    args,
    options: {
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
  const seconds =
    values.duration === undefined ? Infinity : numberIn("--duration", values.duration, 1, 86_400);
  const output = values.json ? new JsonOutput() : new TextOutput();

  const over = new AbortController();
  const end = (): void => {
    over.abort();
  };
  void stopped.then(end);
  void parentGone().then(end);
  output.starting();
  const demo = await startDemo({
    ports: values["free-ports"] ? "free" : "published",
    ...(values.logs && {
      onLine: (program, line) => {
        output.line(program, line);
      },
    }),
  });
  let summary: TrafficSummary | undefined;
  let ended: readonly string[] = [];
  try {
    output.started(demo);
    if (seconds !== Infinity) setTimeout(end, seconds * 1000);
    let sent = values["no-traffic"] ? undefined : 0;
    const watching = watch(demo, output, () => sent, over.signal);
    if (!values["no-traffic"]) {
      summary = await sendTraffic({
        ...traffic,
        url: new URL(demo.serviceUrls["api-gateway"]),
        durationSeconds: Infinity,
        signal: over.signal,
        onProgress: ({ requests }) => {
          sent = requests;
        },
      });
    }
    ended = await watching;
  } finally {
    output.stopping();
    await demo.stop();
  }
  output.stopped(summary);
  if (ended.length > 0) process.exitCode = 1;
});
