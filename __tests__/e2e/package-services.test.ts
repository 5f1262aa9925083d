import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { freePort } from "../../operations/loopback-port";
import { frameworks, generateModule, type Framework } from "../../metrics/generate";
import { typescriptParts } from "../../review/documents/package";
import { neededForTraces } from "../../review/package/entry-points";
import { pack } from "../../review/package/pack";
import { stepsBelow } from "../support/document-steps";
import { PackageUser } from "../support/installed-package";
import { OtlpReceiver } from "../support/otlp-receiver";
import { catalogue } from "../support/system";
import { temporaryFolder } from "../support/temporary-folder";
import { until } from "../support/until";

const root = resolve(__dirname, "../..");
const makeFolder = temporaryFolder();
const fewMinutes = 600_000;
const name = "auth-service";
const moduleName = `${name}-metrics`;
let tarball: string;
let receiver: OtlpReceiver;

beforeAll(async () => {
  tarball = pack(root, makeFolder()).path;
  receiver = await OtlpReceiver.start();
}, fewMinutes);

afterAll(() => receiver.stop());

/** Where `docs/any-language.md` tells of a service on each. */
const headings: Readonly<Record<Framework, string>> = {
  express: "### Express 5",
  fastify: "### Fastify 5",
  http: "### Plain node:http",
};

/** A service on a framework in a folder of its own, as the document has it: in CommonJS, and in ES modules. */
function newUser(framework: Framework): PackageUser {
  const user = new PackageUser(makeFolder());
  const commands = typescriptParts(root)[framework] ?? "";
  user.installAsTold(tarball, commands.replace(/^```.*$/gm, ""));
  const document = readFileSync(join(root, "docs/any-language.md"), "utf8");
  const [step] = stepsBelow(headings[framework], document);
  const program = step?.block ?? "";
  const { text } = generateModule(catalogue, name, { language: "typescript", framework });
  user.write(`${moduleName}.ts`, text);
  user.write("service.ts", program);
  user.write(`${moduleName}.mts`, text);
  user.write("service.mts", program.replace(`"./${moduleName}"`, `"./${moduleName}.mjs"`));
  return user;
}

function checkMetrics(url: string) {
  const args = ["--import", "tsx", "commands/check-metrics.ts", "--url", url, "--service", name];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  return { status, output: stdout + stderr };
}

describe.each(frameworks)("a service on %s, in a folder with what the document says alone", (framework) => {
  let user: PackageUser;

  beforeAll(() => {
    user = newUser(framework);
  }, fewMinutes);

  it("needs no other framework", () => {
    const others = ["fastify", "express"].filter((other) => other !== framework);
    expect(others.filter((other) => existsSync(user.path(`node_modules/${other}`)))).toEqual([]);
  });

  it(
    "compiles with all types of the package, in CommonJS and in ES modules",
    () => {
      const { status, stdout } = user.run("node_modules/.bin/tsc", ["--pretty", "false"]);
      expect([status, stdout]).toEqual([0, ""]);
    },
    fewMinutes,
  );

  it(
    "is told what it lacks where traces are asked for, and how that is installed",
    () => {
      const collector = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, PORT: "0" };
      for (const program of ["out/service.js", "out/service.mjs"]) {
        const { status, stderr } = user.run(process.execPath, [program], collector);
        expect(status).toBe(1);
        expect(stderr).toContain(
          `@opentelemetry/otlp-exporter-base/node-http is not installed. Install what traces need (npm install ${neededForTraces.join(" ")}), or set OTEL_TRACES_EXPORTER=none.`,
        );
      }
      const { status } = user.run(process.execPath, ["--eval", "require('@opentelemetry/sdk-trace-node')"]);
      expect(status).toBe(1);
      user.follow(`npm install ${neededForTraces.join(" ")}`);
    },
    fewMinutes,
  );

  it.each(["out/service.js", "out/service.mjs"])(
    "measures and traces as the catalogue has it: %s",
    async (program) => {
      receiver.spans.length = 0;
      const port = String(await freePort());
      const url = `http://127.0.0.1:${port}`;
      const service = user.start(program, {
        PORT: port,
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_BSP_SCHEDULE_DELAY: "50",
      });
      try {
        await until(async () => (await fetch(`${url}/health/ready`).catch(() => undefined))?.ok === true);
        expect((await fetch(`${url}/login`, { method: "POST" })).status).toBe(200);
        expect((await fetch(`${url}/nowhere/7`)).status).toBe(404);
        expect(checkMetrics(url)).toEqual({
          status: 0,
          output: expect.stringMatching(/ as auth-service: .*all as the catalogue has them\.\n$/) as string,
        });
        const metrics = await (await fetch(`${url}/metrics`)).text();
        expect(metrics).toContain('\nlogin_attempts_total{status="success"} 1\n');
        expect(metrics).toContain('\nlogin_attempts_total{status="failure"} 0\n');
        expect(metrics).toContain(
          '\nhttp_requests_total{method="POST",route="/login",status_code="200"} 1\n',
        );
        expect(metrics).toContain(
          '\nhttp_requests_total{method="GET",route="unmatched",status_code="404"} 1\n',
        );
        await receiver.until((spans) => spans.length === 2);
        expect(receiver.spans.map(({ service, name, kind }) => `${service} ${kind} ${name}`)).toEqual([
          "auth-service server POST /login",
          "auth-service server GET",
        ]);
      } finally {
        service.kill();
        await once(service, "exit");
      }
    },
    fewMinutes,
  );
});
