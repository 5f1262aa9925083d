import "./lib/load-failure";
import { existsSync } from "node:fs";
import { environmentNames, loadEnvironments } from "../environments";
import { parentGone } from "../demo/parent-gone";
import { EnvironmentSource } from "../preview/server/environment-source";
import { FileSource } from "../preview/server/file-source";
import { ensurePreview } from "../preview/server/installation";
import { whyNotReached } from "../preview/server/reach";
import { startPreviewServer, type PreviewServer } from "../preview/server/server";
import { publishedPrometheus, settingsOf } from "../preview/server/settings";
import type { PreviewContent, PreviewSource } from "../preview/server/source";
import { formatTable } from "../operations/terminal/table";
import { CommandError, run } from "./lib/cli";
import { portHolder } from "./lib/doctor/port-holder";
import { numberIn, parseOptions, unknownName, urlIn } from "./lib/options";
import { progressLine } from "./lib/preview-progress";

const help = `Shows the dashboards on a page without Grafana until Ctrl-C, at the paths that Grafana has. A saved change of them is on the page at once, with what the linter finds. The first call installs and builds the page (500 MB in preview/).

npm run preview -- [options]
  --environment NAME  whose dashboards (default local)
  --file FILE...      dashboards in files instead, whoever wrote them: Grafana's exports; of a folder all that end in .json
  --prometheus URL    whose data (default: the demo's Prometheus)
  --port N            where the page is, on 127.0.0.1 (default 3300; 0 takes a free one)
  --help              print this text`;

run(help, async (args, stopped) => {
  const { values, positionals } = parseOptions({
    args,
    allowPositionals: true,
    options: {
      environment: { type: "string" },
      file: { type: "string", multiple: true, default: [] },
      prometheus: { type: "string" },
      port: { type: "string", default: "3300" },
    },
  });
  // A shell that fills in *.json gives the option its first file only.
  const files = [...values.file, ...positionals];
  if (values.file.length === 0 && positionals[0] !== undefined) {
    throw new CommandError(
      `"${positionals[0]}": found an argument, allowed: --file ${positionals[0]}\nSee --help.`,
    );
  }
  if (files.length > 0 && values.environment !== undefined) {
    throw new CommandError("--environment and --file: found both, allowed: one of them.\nSee --help.");
  }
  const absent = files.filter((file) => !existsSync(file));
  if (absent.length > 0) throw new CommandError(absent.map((file) => `${file} is not there.`).join("\n"));
  const name = values.environment ?? "local";
  if (!environmentNames.includes(name)) throw unknownName("--environment", name, environmentNames);
  const [environment] = loadEnvironments(name);
  const [local] = loadEnvironments("local");
  if (environment === undefined || local === undefined) throw new Error(`There is no environment ${name}.`);
  const prometheus =
    values.prometheus === undefined ? publishedPrometheus(local) : urlIn("--prometheus", values.prometheus);
  const port = numberIn("--port", values.port, 0, 65_535);
  if (!Number.isInteger(port))
    throw new CommandError(`--port: expected a whole number, found "${values.port}".`);

  const ended = Promise.race([stopped, parentGone()]);
  const isStopped = await Promise.race([
    ended.then(() => true),
    ensurePreview(progressLine()).then(() => false),
  ]);
  if (isStopped) return;

  const source = files.length > 0 ? new FileSource(files) : new EnvironmentSource(name);
  let server: PreviewServer | undefined;
  try {
    server = await startPreviewServer({ source, prometheus, settings: settingsOf(environment) }, port);
    const whyNoData = whyNotReached(prometheus);
    const content = await source.current();
    console.log(described(content, server.url, prometheus));
    tellChanges(source, content);
    const noData = await whyNoData;
    if (noData !== undefined) console.log(`\nNo data: ${noData}`);
    await ended;
    console.log("\nStopped.");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    const holder = portHolder(port);
    throw new CommandError(
      `--port: ${String(port)} is taken${holder === undefined ? "" : ` by ${holder}`}. Grafana of npm run up, the demo and the preview share it: stop what is there, or take another port, such as: npm run preview -- --port ${String(port + 1)}`,
    );
  } finally {
    await server?.close();
    await source.close();
  }
});

function described(
  { environment, dashboards, problem }: PreviewContent,
  url: string,
  prometheus: URL,
): string {
  const rows = dashboards.map(({ uid, title, folder }) => [
    folder,
    title,
    `${url}/d/${encodeURIComponent(uid)}`,
  ]);
  const whose = environment === undefined ? "Dashboards of files" : `Dashboards of ${environment}`;
  return [
    `${whose}, with the data of ${prometheus.href.replace(/\/$/, "")}: ${url}/dashboards`,
    ...(rows.length === 0 ? [] : [formatTable(["FOLDER", "DASHBOARD", "PAGE"], rows).trimEnd()]),
    ...(problem === undefined ? [] : [problem]),
    `A saved change of ${environment === undefined ? "them" : "dashboards/, or of what they import,"} is on the page at once. Ctrl-C ends it.`,
  ].join("\n");
}

/** Says in a line what became of each change. */
function tellChanges(source: PreviewSource, first: PreviewContent): void {
  let before = new Map(first.dashboards.map(({ uid, json }) => [uid, JSON.stringify(json)]));
  source.onChange(() => {
    void source.current().then(({ dashboards, findings, problem }) => {
      const now = new Map(dashboards.map(({ uid, json }) => [uid, JSON.stringify(json)]));
      const changed = dashboards.filter(({ uid }) => before.get(uid) !== now.get(uid));
      before = now;
      if (problem !== undefined) {
        console.log(`The page keeps what was last good:\n${problem}`);
        return;
      }
      const found = Object.values(findings).flat().length;
      const titles = changed.map(({ title }) => title).join(", ") || "nothing that is shown";
      console.log(`Changed: ${titles}${found === 0 ? "" : `; ${String(found)} findings of the linter`}.`);
    });
  });
}
