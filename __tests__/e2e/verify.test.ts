import { execFile } from "node:child_process";
import { resolve } from "node:path";
import type { NamedFinding } from "../../operations/checks/check";
import { examine } from "../../operations/checks/examine";
import { verifyChecks } from "../../operations/verify/checks";
import type { Deployment } from "../../operations/verify/deployment";
import { drill } from "../../operations/verify/drill/drill";
import type { VerifyReport } from "../../operations/verify/report";
import { subjectOf } from "../../operations/verify/subject";
import { motoServer } from "../support/moto";
import { alertmanagerProgram, nodeExporterProgram, prometheusProgram } from "../support/programs";
import { describeWith } from "../support/require-program";
import { openssl } from "../support/server-certificate";
import { temporaryFolder } from "../support/temporary-folder";
import { until } from "../support/until";
import { VerifiedSystem } from "../support/verified-system";
import { holes } from "../support/verify-holes";

const root = resolve(__dirname, "../..");
/** What a verification of one machine's system may take, in seconds. */
const mostSeconds = 20;
const limitMs = 60_000;

jest.setTimeout(300_000);

const programs = [prometheusProgram, alertmanagerProgram, nodeExporterProgram, motoServer, openssl];

describeWith(programs, "verify", () => {
  const folder = temporaryFolder();
  let system: VerifiedSystem;

  /** Verifies until what is not well is as it is wanted. */
  async function untilFound(deployment: Deployment, isWanted: (lines: readonly string[]) => boolean) {
    let found: readonly string[] = [];
    const isSo = async () => {
      found = linesOf(await examine(verifyChecks, subjectOf(deployment, VerifiedSystem.password)));
      return isWanted(found);
    };
    await until(isSo, limitMs).catch((error: unknown) => {
      throw new Error(`Found at last: ${found.join("\n") || "nothing"}`, { cause: error });
    });
  }

  /** The command as a process, which trusts the certificates of the tests. */
  function command(...args: readonly string[]): Promise<{ status: number; stdout: string; stderr: string }> {
    const given = ["--import", "tsx", "commands/verify.ts", "demo", "--grafana", system.secureGrafana];
    const env = {
      ...process.env,
      COLUMNS: "80",
      NODE_EXTRA_CA_CERTS: system.certificates.authorities,
      TF_VAR_grafana_admin_password: VerifiedSystem.password,
    };
    return new Promise((done) => {
      const child = execFile(
        process.execPath,
        [...given, ...args],
        { cwd: root, env },
        (_, stdout, stderr) => {
          done({ status: child.exitCode ?? -1, stdout, stderr });
        },
      );
    });
  }

  beforeAll(async () => {
    system = await VerifiedSystem.start(folder());
    await untilFound(system.deployment, (lines) => lines.length === 0);
  });
  afterAll(async () => {
    await system.stop();
  });

  it("is silent on a system that is well, within its time", async () => {
    const { status, stdout, stderr } = await command("--json");
    expect(stderr).toBe("");
    const report = JSON.parse(stdout) as VerifyReport;
    process.stdout.write(`verify: ${String(report.seconds)} s on a system that is well\n`);
    expect(linesOf(report.findings)).toEqual([]);
    // There are no topics here, and no metric is being renamed.
    const silent = ["Topics", "Renames"];
    expect(new Set(report.findings.map(({ check }) => check))).toEqual(
      new Set(verifyChecks.map(({ name }) => name).filter((name) => !silent.includes(name))),
    );
    expect(status).toBe(0);
    expect(report.seconds).toBeLessThan(mostSeconds);
  });

  it("tells it in 80 columns", async () => {
    const { stdout } = await command();
    expect(stdout).toMatch(/^ok +Targets +all \d+ of \d+ jobs are up$/m);
    expect(stdout).toMatch(/^All is well\. It took \d+\.\d s\.$/m);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  describe.each(holes)("finds $what", ({ make, of = (deployment) => deployment, told }) => {
    it("by its line, and no more when it is mended", async () => {
      const mend = await make(system);
      try {
        await untilFound(of(system.deployment), (lines) => lines.some((line) => told.test(line)));
      } finally {
        await mend();
      }
      await untilFound(system.deployment, (lines) => lines.length === 0);
    });
  });

  it("finds a certificate that is about to end, and ends with status 1", async () => {
    system.front.present(system.certificates.ending);
    const { status, stdout } = await command("--json");
    system.front.present(system.certificates.good);
    expect(linesOf((JSON.parse(stdout) as VerifyReport).findings)).toEqual([
      `Certificates: the certificate of ${system.secureGrafana} ends in 4 days`,
    ]);
    expect(status).toBe(1);
  });

  it("drills: everybody is told by each route, after how long, and of the end", async () => {
    const before = await system.demo.inbox.messages();
    const { status, stdout } = await command("--drill", "--json");
    const { drill: drilled = [], findings } = JSON.parse(stdout) as VerifyReport;
    expect(linesOf(findings)).toEqual([]);
    expect(status).toBe(0);
    const told = drilled.map((each) => [each.severity, each.told.map(({ receiver }) => receiver).sort()]);
    expect(told).toEqual([
      ["critical", ["email-ops", "pagerduty-on-call", "slack-critical", "webhook-incidents"]],
      ["warning", ["discord-alerts", "msteams-team", "slack-team"]],
    ]);
    const times = drilled.flatMap((each) => each.told);
    expect(
      times.filter(({ firingAfter, resolvedAfter }) => !isTime(firingAfter) || !isTime(resolvedAfter)),
    ).toEqual([]);
    // Once each, as there are two Alertmanagers, and nothing else of the drill.
    const known = new Set(before.map(({ id }) => id));
    const messages = (await system.demo.inbox.messages()).filter(
      (each) => !known.has(each.id) && JSON.stringify(each).includes("This is a drill"),
    );
    expect(messages).toHaveLength(2 * times.length);
    const open = await Promise.all(system.demo.alertmanagers.map((each) => each.alerts()));
    expect(open.flat().filter(({ labels }) => labels.alertname?.startsWith("Drill"))).toEqual([]);
  });

  it("drills without an inbox, by Alertmanager's own counts", async () => {
    const { inbox, ...places } = system.deployment.places;
    expect(inbox).toBeDefined();
    const subject = subjectOf({ ...system.deployment, places }, undefined);
    const { results, findings } = await drill(subject, () => undefined, new Promise(() => undefined));
    expect(linesOf(findings)).toEqual([]);
    expect(results.map(({ severity, told }) => [severity, told.length])).toEqual([
      ["critical", 4],
      ["warning", 3],
    ]);
  });
});

function linesOf(findings: readonly NamedFinding[]): readonly string[] {
  return findings.flatMap(({ status, check, text }) => (status === "ok" ? [] : [`${check}: ${text}`]));
}

function isTime(seconds: number | undefined): boolean {
  return seconds !== undefined && seconds >= 0 && seconds < 60;
}
