import "../operations/terminal/load-failure";
import { mkdirSync } from "node:fs";
import { join, relative } from "node:path";
import { environmentNames, loadEnvironments } from "../environments";
import { secondsOf } from "../metrics/duration";
import { CommandError, run } from "../operations/terminal/command";
import { withoutCredentials } from "../operations/terminal/credentials";
import { folderProblem, outProblem } from "../operations/terminal/folders";
import { parseOptions, unknownName, urlIn } from "../operations/terminal/options";
import { writeTextFile } from "../operations/terminal/text-file";
import { lineWidth, wrapText } from "../operations/terminal/wrap";
import { isTimeZone } from "../review/alertmanager/zone";
import { exampleSettings } from "../review/example/change";
import { changedCheckout, exampleChanges, readersOfOthers } from "../review/example/changes";
import { recordedWeek, week } from "../review/example/week";
import { makeReview } from "../review/make";
import { fittingPageOf } from "../review/page/html/fitting-page";
import { reviewJson } from "../review/page/json";
import { reviewMarkdown } from "../review/page/markdown/markdown";
import { verdictsOf } from "../review/page/verdicts";
import { PrometheusPast } from "../review/past/prometheus-past";
import { readRecordedFolder } from "../review/past/recorded-folder";
import type { Past } from "../review/past/past";
import { StoredPast } from "../review/past/stored-past";
import type { LooksData } from "../review/looks/draw-changed";
import { storedData } from "../review/looks/stored-answers";
import type { Range } from "../review/parts/alerts/outcome";
import type { Version } from "../review/version/version";
import { checkout, projectFolder } from "../review/version/checkout";
import { loadVersion } from "../review/version/load";
import { settingIn, sweptSettingIn } from "../review/version/setting-text";
import { stepLine } from "../review/step-line";

const namedChanges = exampleChanges().length === 0 ? "" : `, or ${exampleChanges().join(", ")}`;
const help = `Says what a change to the monitoring will do, before it is merged: who would have been woken, what breaks, what it looks like, what it costs. It compares the working tree with a commit, and writes a page, a summary and JSON.

npm run review -- [options]
npm run review -- --example
npm run review -- --prometheus https://prometheus.example.com --since 14d
npm run review -- --prometheus URL --set alerting.thresholds.latencyP95Warning=0.8
  --base REVISION     what the working tree is compared with (default main)
  --environment NAME  whose monitoring (default prod)
  --prometheus URL    the alerts are replayed over what this Prometheus has
  --recorded DIR      ... over recorded samples: files of \`promtool tsdb dump-openmetrics\`
  --example [CHANGE]  ... over a recorded week with three faults; without --base it shows an example of a change${namedChanges}
  --since DURATION    how far back the replay goes (default 30d, or what is recorded)
  --set PATH=VALUE    tries a setting of the environment without writing it; may be given several times
  --sweep PATH=A..B   counts the messages for nine values of a setting, or for those of a list: PATH=0.2,0.5
  --foreign DIR       dashboards, rules and Alertmanager configurations of others that read ours; may be given several times
  --timezone ZONE     in which nights are counted (default: the environment's)
  --out DIR           where the page is written (default review.out)
  --page-url URL      where the page will be, for the summary's link
  --check             exit status 1 where something breaks
  --help              print this text`;

run(help, (args, stopped) =>
  Promise.race([
    review(args),
    stopped.then(() => {
      throw new CommandError("Stopped: nothing was written.");
    }),
  ]),
);

async function review(typed: string[]): Promise<void> {
  const { args, change } = exampleIn(typed);
  const { values } = parseOptions({
    args,
    options: {
      base: { type: "string" },
      environment: { type: "string", default: "prod" },
      prometheus: { type: "string" },
      recorded: { type: "string" },
      example: { type: "boolean", default: false },
      since: { type: "string" },
      set: { type: "string", multiple: true, default: [] },
      sweep: { type: "string" },
      foreign: { type: "string", multiple: true, default: [] },
      timezone: { type: "string" },
      out: { type: "string", default: "review.out" },
      "page-url": { type: "string" },
      check: { type: "boolean", default: false },
    },
  });
  const { environment: name } = values;
  if (!environmentNames.includes(name)) throw unknownName("--environment", name, environmentNames);
  const sources = [values.prometheus, values.recorded, values.example || undefined].filter(
    (one) => one !== undefined,
  );
  if (sources.length > 1) {
    throw new CommandError(
      "--prometheus, --recorded and --example: found several, allowed: one of them.\nSee --help.",
    );
  }
  if (change !== undefined) {
    if (!exampleChanges().includes(change)) throw unknownName("--example", change, exampleChanges());
    if (values.base !== undefined) {
      throw new CommandError(
        `--base: found "${values.base}", allowed: none with --example ${change}, which is compared with the last commit.`,
      );
    }
  }
  const isExample =
    values.example && change === undefined && values.base === undefined && values.set.length === 0;
  const settings = (isExample ? exampleSettings : values.set).map(settingIn);
  const sweep = values.sweep === undefined ? undefined : sweptSettingIn(values.sweep);
  if (values.timezone !== undefined && !isTimeZone(values.timezone)) {
    throw new CommandError(
      `--timezone: found "${values.timezone}", allowed: a zone of the IANA database such as Europe/Berlin`,
    );
  }
  const { foreign, recorded, out } = values;
  const problems = [
    ...foreign.map((folder) => folderProblem("--foreign", folder)),
    recorded === undefined ? undefined : folderProblem("--recorded", recorded),
    outProblem("--out", out),
  ].filter((problem) => problem !== undefined);
  if (problems.length > 0) throw new CommandError(problems.join("\n"));
  if (values.since !== undefined) sinceMs(values.since);
  if (sweep !== undefined && sources.length === 0) {
    throw new CommandError(
      "--sweep: found no past to count messages over, allowed: beside --prometheus, --recorded or --example",
    );
  }
  if (values.prometheus !== undefined) urlIn("--prometheus", values.prometheus);
  const pageUrl = values["page-url"] === undefined ? undefined : urlIn("--page-url", values["page-url"]).href;
  const line = stepLine();

  const here = { folder: projectFolder, environment: name };
  const base = isExample ? undefined : checkout(change === undefined ? (values.base ?? "main") : "HEAD");
  // Also where somebody stops it.
  process.once("exit", () => base?.remove());
  const changed = change === undefined ? undefined : changedCheckout(change);
  process.once("exit", () => changed?.remove());
  if (sources.length > 0) line("Looking at the past");
  const past = await pastOf(values, name, (share) => {
    line("Looking at the past", share);
  });
  line("Describing the versions");
  const before = await loadVersion({
    ...here,
    ...(base && { folder: base.folder }),
    name: base === undefined || changed ? "as it is" : base.name,
  });
  const there = changed
    ? { ...here, folder: changed.folder, name: changed.name }
    : { ...here, name: isExample ? "with the example's change" : "working tree" };
  const after = await loadVersion({ ...there, settings });
  const swept = [];
  for (const value of sweep?.values ?? []) {
    const tried = [...settings, { path: sweep?.path ?? [], value }];
    swept.push(
      await loadVersion({
        ...there,
        name: `${sweep?.path.join(".") ?? ""}=${String(value)}`,
        settings: tried,
      }),
    );
  }
  const range = rangeOf(past, values);
  const shown = { from: Math.max(range.from, range.to - shownMs), to: range.to };
  const made = await makeReview(
    {
      before,
      after,
      past,
      range,
      ...(values.timezone !== undefined && { zone: values.timezone }),
      ...(values.prometheus !== undefined && { prometheus: values.prometheus }),
      ...(sweep && { sweep: { setting: sweep, versions: swept } }),
      foreign: [...values.foreign, ...(change === undefined ? [] : readersOfOthers())],
      tried: isExample ? exampleSettings : values.set,
      command: `npm run review -- ${typed.map(withoutCredentials).join(" ")}`.trim(),
      looks: {
        data: drawnData(values, past, { before, after }, shown),
        ...shown,
        timezone: values.timezone ?? after.timezone,
      },
    },
    line,
  );
  const { html } = fittingPageOf(made);
  mkdirSync(values.out, { recursive: true });
  const file = (ending: string) => join(values.out, `review.${ending}`);
  writeTextFile(file("html"), html);
  writeTextFile(file("md"), reviewMarkdown(made, { pageUrl }));
  writeTextFile(file("json"), reviewJson(made));
  line("Done");
  const verdicts = verdictsOf(made);
  const lines = verdicts.map(({ title, sentence }) => `${title}: ${sentence}`);
  const page = `The page is ${relative(process.cwd(), file("html"))}; open it in a browser. Beside it: review.md, review.json.`;
  console.log(wrapText([...lines, "", page].join("\n"), lineWidth()));
  if (values.check && verdicts.some(({ state }) => state === "block")) process.exitCode = 1;
}

const longestSince = "10y";

/** `--example` alone is a switch; a word behind it is the change that is shown. */
function exampleIn(typed: string[]): { readonly args: string[]; readonly change?: string } {
  const at = typed.indexOf("--example") + 1;
  const change = at === 0 ? undefined : typed[at];
  if (change === undefined || change.startsWith("-")) return { args: typed };
  return { args: [...typed.slice(0, at), ...typed.slice(at + 1)], change };
}

/** So much of the past do pictures of dashboards show. */
const shownMs = 12 * 3_600_000;

interface PastOptions {
  readonly prometheus?: string | undefined;
  readonly recorded?: string | undefined;
  readonly example: boolean;
  readonly since?: string | undefined;
}

async function pastOf(
  { prometheus, recorded, example, since = "30d" }: PastOptions,
  name: string,
  onProgress: (share: number) => void,
): Promise<Past | undefined> {
  if (prometheus !== undefined) {
    const url = urlIn("--prometheus", prometheus).href.replace(/\/+$/, "");
    return PrometheusPast.of(url, sinceMs(since)).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      throw new CommandError(
        `--prometheus: ${why}\nAllowed: the address of a Prometheus that has samples and can be reached from here, without /api/v1; a name and a password may be in it.`,
      );
    });
  }
  if (recorded !== undefined) return readRecordedFolder(recorded, onProgress);
  if (!example) return undefined;
  const [environment] = loadEnvironments(name);
  return environment && recordedWeek(environment);
}

/** What pictures of dashboards are drawn of. */
function drawnData(
  { prometheus }: PastOptions,
  past: Past | undefined,
  versions: { readonly before: Version; readonly after: Version },
  shown: Range,
): LooksData | undefined {
  if (prometheus !== undefined) return urlIn("--prometheus", prometheus);
  return past instanceof StoredPast ? storedData(past.storage, versions, shown) : undefined;
}

function rangeOf(past: Past | undefined, { example, since }: PastOptions) {
  const to = past?.to ?? Date.now();
  const longest = example ? (week.to - week.from) * 1_000 : 30 * 86_400_000;
  const asked = since === undefined ? longest : sinceMs(since);
  return { from: Math.max(past?.from ?? 0, to - asked), to };
}

function sinceMs(text: string): number {
  let seconds = NaN;
  try {
    seconds = secondsOf(text);
  } catch {
    // It is told below.
  }
  if (seconds > 0 && seconds <= secondsOf(longestSince)) return seconds * 1_000;
  throw new CommandError(
    `--since: found "${text}", allowed: a duration such as 14d or 12h, ${longestSince} at most`,
  );
}
