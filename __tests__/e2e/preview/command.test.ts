import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensurePreview } from "../../../preview/server/installation";
import type { Finding } from "../../../preview/server/source";
import { PreviewCommand, PreviewEvents } from "../../support/preview-command";
import { projectCopies, type ProjectCopy } from "../../support/project-copy";
import { temporaryFolder } from "../../support/temporary-folder";

jest.setTimeout(120_000);

const nowhere = "http://127.0.0.1:1";
const file = "dashboards/service-health.ts";
const rateInterval = `"$__rate_interval"`;

const copies = projectCopies();
const folder = temporaryFolder();
let project: ProjectCopy;
const running: PreviewCommand[] = [];

function start(...args: string[]): PreviewCommand {
  const command = new PreviewCommand(project.folder, args);
  running.push(command);
  return command;
}

async function json<T>(url: string): Promise<T> {
  return (await (await fetch(url)).json()) as T;
}

beforeAll(async () => {
  await ensurePreview(() => undefined);
  project = copies();
}, 600_000);
afterEach(async () => {
  for (const command of running.splice(0)) await command.interrupt();
});

describe("npm run preview", () => {
  it("shows the dashboards of an environment, says that there is no data, and ends at Ctrl-C", async () => {
    const command = start("--port", "0", "--environment", "prod", "--prometheus", nowhere);
    const url = await command.url();
    await command.said(/^No data: Prometheus is not reached at .*npm run demo.*--prometheus URL$/m);
    expect(command.output).toContain(`Dashboards of prod, with the data of ${nowhere}: ${url}/dashboards`);
    expect(command.output).toMatch(/^Services +Service Health +http.*\/d\/service-health$/m);
    expect((await fetch(`${url}/d/service-health`)).status).toBe(200);
    const { environment, dashboards } = await json<{ environment: string; dashboards: object[] }>(
      `${url}/api/preview/content`,
    );
    expect([environment, dashboards.length]).toEqual(["prod", 7]);
    const answer = await fetch(`${url}/api/preview/prometheus/api/v1/query?query=up`);
    expect([answer.status, await answer.json()]).toMatchObject([502, { errorType: "unavailable" }]);
    expect(await command.interrupt()).not.toBe(1);
    expect(command.output).toContain("Stopped.");
    await expect(fetch(url)).rejects.toThrow();
  });

  it("shows a saved change by itself, with the linter's findings, and keeps what was good", async () => {
    const command = start("--port", "0", "--prometheus", nowhere);
    const url = await command.url();
    const events = await PreviewEvents.open(url);
    const dashboard = () =>
      json<{ dashboard: object; findings: Finding[] }>(`${url}/api/preview/dashboards/service-health`);
    const told = async <T>(edit: () => void, event: string): Promise<T> => {
      edit();
      return events.next<T>(event);
    };
    try {
      const before = await dashboard();
      expect(before.findings).toEqual([]);

      const titled = await told<{ uids: string[] }>(() => {
        project.edit(file, `title: "Request rate"`, `title: "Rate of requests"`);
      }, "changed");
      expect(titled.uids).toEqual(["service-health"]);
      const changed = await dashboard();
      expect(JSON.stringify(changed.dashboard)).toContain("Rate of requests");

      await told(() => {
        project.edit(file, rateInterval, `"5m"`);
      }, "changed");
      const { findings } = await dashboard();
      expect(findings.map(({ rule, severity }) => [rule, severity])).toContainEqual([
        "rate-interval",
        "error",
      ]);
      expect(findings[0]?.panelId).toBeGreaterThan(0);

      const refused = await told<{ message: string }>(() => {
        project.edit(file, `unit: "reqps"`, `unit: "requests"`);
      }, "problem");
      expect(refused.message).toMatch(/dashboards\/service-health\.ts:\d+:\d+: .*unit: found "requests"/);
      expect((await dashboard()).findings).toEqual(findings);
      expect(await json(`${url}/api/preview/content`)).toMatchObject({ problem: refused.message });
      await command.said(/The page keeps what was last good:/);

      const broken = await told<{ message: string }>(() => {
        project.edit(file, `unit: "requests"`, `unit: "reqps`);
      }, "problem");
      expect(broken.message).toMatch(/^dashboards\/service-health\.ts:\d+:\d+: Unterminated string literal/);

      await told(() => {
        project.edit(file, `unit: "reqps`, `unit: "reqps"`);
      }, "changed");
      expect((await json<{ problem?: string }>(`${url}/api/preview/content`)).problem).toBeUndefined();
    } finally {
      events.close();
    }
  });

  it("shows a change of what dashboards import: an environment's thresholds, and a file that was lacking", async () => {
    const command = start("--port", "0", "--prometheus", nowhere);
    const events = await PreviewEvents.open(await command.url());
    try {
      project.edit("environments/local.ts", `refresh: "10s"`, `refresh: "20s"`);
      expect((await events.next<{ uids: string[] }>("changed")).uids).toHaveLength(7);
      project.edit(file, /^/, `import "./new-file";\n`);
      expect((await events.next<{ message: string }>("problem")).message).toContain("./new-file");
      writeFileSync(join(project.folder, "dashboards/new-file.ts"), "export {};\n");
      expect(await events.next("changed")).toEqual({ uids: [] });
    } finally {
      events.close();
    }
  });

  it("shows the dashboards in files, and each saved change of them", async () => {
    const path = folder();
    const save = (title: string) => {
      writeFileSync(join(path, "theirs.json"), JSON.stringify({ uid: "theirs", title, panels: [] }));
    };
    save("Theirs");
    const command = start("--port", "0", "--file", path, "--prometheus", nowhere);
    const url = await command.url();
    expect(command.output).toMatch(/^Files +Theirs +http.*\/d\/theirs$/m);
    const events = await PreviewEvents.open(url);
    try {
      save("Changed");
      expect(await events.next("changed")).toEqual({ uids: ["theirs"] });
      expect(await json(`${url}/api/preview/dashboards/theirs`)).toMatchObject({
        dashboard: { title: "Changed" },
      });
    } finally {
      events.close();
    }
  });

  it("names who has its port, and how to take another one", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const command = start("--port", String(port), "--prometheus", nowhere);
    expect(await command.ended).toBe(1);
    expect(command.output).toMatch(
      new RegExp(`^--port: ${String(port)} is taken.*--port ${String(port + 1)}$`, "m"),
    );
    other.close();
  });

  it.each([
    [
      ["--environment", "prd"],
      `--environment: found "prd", allowed: local, dev, staging, prod; did you mean "prod"?`,
    ],
    [["--prometheus", "localhost:9090"], `--prometheus: expected an http(s) URL, found "localhost:9090".`],
    [["--file", "none.json"], "none.json is not there."],
    [
      ["--file", "package.json", "--environment", "dev"],
      "--environment and --file: found both, allowed: one of them.",
    ],
    [["exported.json"], `"exported.json": found an argument, allowed: --file exported.json`],
    [["--port", "70000"], `--port: expected a number from 0 to 65535, found "70000".`],
  ])("refuses %j", async (args, message) => {
    const command = start(...args);
    expect(await command.ended).toBe(1);
    expect(command.output.split("\n")[0]).toBe(message);
  });
});
