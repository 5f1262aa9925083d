import "../operations/terminal/load-failure";
import { run, CommandError } from "../operations/terminal/command";
import { numberIn, parseOptions, urlIn } from "../operations/terminal/options";
import { describeTraffic } from "../services/customers/summary";
import { customers } from "../services/traffic";

const help = `Sends customers through the gateway: they browse, register, log in, order, and fail.

npm run traffic -- [options]
  --url URL         address of the gateway (default http://127.0.0.1:3000)
  --rate N          journeys that start each second (default 10)
  --duration S      for how many seconds (default 60)
  --errors SHARE    share of the requests that are to fail, 0 to 1 (default 0)
  --slow SHARE      share of the requests that are to be slow, 0 to 1 (default 0)
  --json            print the summary as JSON
  --help            print this text

--errors and --slow need services with FAULT_INJECTION=on (npm run services -- --fault-injection).`;

run(help, async (args, stopped) => {
  if (!customers)
    throw new CommandError("No customers are made up for the services here (services/traffic/index.ts).");
  const { values } = parseOptions({
    args,
    options: {
      url: { type: "string", default: "http://127.0.0.1:3000" },
      rate: { type: "string", default: "10" },
      duration: { type: "string", default: "60" },
      errors: { type: "string", default: "0" },
      slow: { type: "string", default: "0" },
      json: { type: "boolean", default: false },
    },
  });
  const url = urlIn("--url", values.url);
  const errors = numberIn("--errors", values.errors, 0, 1);
  const slow = numberIn("--slow", values.slow, 0, 1);
  if (errors + slow > 1)
    throw new CommandError("--errors and --slow together are more than all requests (1).");
  const rate = numberIn("--rate", values.rate, 0.01, 1_000);
  const durationSeconds = numberIn("--duration", values.duration, 0.1, 86_400);
  await checkGateway(url);
  const abort = new AbortController();
  void stopped.then(() => {
    abort.abort();
  });
  const summary = await customers.send({
    url,
    rate,
    durationSeconds,
    errors,
    slow,
    signal: abort.signal,
    onProgress: ({ seconds, journeys, requests }) => {
      const line = `${seconds.toFixed(0)} s of ${String(durationSeconds)} s, ${String(journeys)} journeys, ${String(requests)} requests`;
      if (process.stderr.isTTY) process.stderr.write(`\r${line}\u001b[K`);
      else if (Math.round(seconds) % 10 === 0) process.stderr.write(`${line}\n`);
    },
  });
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  process.stdout.write(values.json ? `${JSON.stringify(summary, null, 2)}\n` : describeTraffic(summary));
  if (summary.requests === summary.unanswered) throw new CommandError(`Nothing answered at ${url.origin}.`);
});

async function checkGateway(url: URL): Promise<void> {
  try {
    const response = await fetch(new URL("/health", url), { signal: AbortSignal.timeout(5_000) });
    if (response.ok) return;
    throw new CommandError(
      `${url.origin}/health answers with ${String(response.status)}: is this the gateway?`,
    );
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`No gateway answers at ${url.origin}. Start one with: npm run services`);
  }
}
