import "../operations/terminal/load-failure";
import { existsSync } from "node:fs";
import { environmentNames, loadEnvironments } from "../environments";
import { parentGone } from "../demo/parent-gone";
import { EnvironmentSource } from "../preview/server/environment-source";
import { FileSource } from "../preview/server/file-source";
import { ensurePreview } from "../preview/server/installation";
import { whyNotReached } from "../preview/server/reach";
import { startPreviewServer, type PreviewServer } from "../preview/server/server";
import { publishedPrometheus, settingsOf } from "../preview/server/settings";
import { startMessage, tellChanges } from "../preview/server/told";
import { CommandError, run } from "../operations/terminal/command";
import { holderInWords, portHolder } from "../operations/port-holder";
import { numberIn, parseOptions, unknownName, urlIn } from "../operations/terminal/options";
import { progressLine } from "../preview/server/progress-line";

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
    console.log(startMessage(content, server.url, prometheus));
    tellChanges(source, content, console.log);
    const noData = await whyNoData;
    if (noData !== undefined) console.log(`\nNo data: ${noData}`);
    await ended;
    console.log("\nStopped.");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    const holder = portHolder(port);
    throw new CommandError(
      `--port: ${String(port)} is taken${holder === undefined ? "" : ` by ${holderInWords(holder)}`}. Grafana of npm run up, the demo and the preview share it: stop what is there, or take another port, such as: npm run preview -- --port ${String(port + 1)}`,
    );
  } finally {
    await server?.close();
    await source.close();
  }
});
