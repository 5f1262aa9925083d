import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { executableKinds, findExecutable } from "../../demo/executables";
import type { PlannedExecutable } from "../../demo/plan";
import { versionsOf } from "../../demo/program-versions";
import { imageVersion, isAtLeast, moduleVersion, parseVersion, versionOf } from "../../demo/versions";
import { describeVersion } from "../../demo/words";
import { temporaryFolder } from "../support/temporary-folder";

const folder = temporaryFolder();

/** A program that prints a text when it is asked for its version. */
function program(name: string, text: string): string {
  const path = join(folder(), name);
  writeFileSync(path, `#!/bin/sh\ncat <<'END'\n${text}\nEND\n`);
  chmodSync(path, 0o755);
  return path;
}

const untold = "prometheus, version  (branch: , revision: unknown)\n  build user:";

describe("a version", () => {
  it.each([
    ["3.13.5", [3, 13, 5]],
    ["v0.35.0", [0, 35, 0]],
    ["2.42.0+ds", [2, 42, 0]],
    ["latest", undefined],
  ])("%s is read", (text, numbers) => {
    expect(parseVersion(text)).toEqual(numbers);
  });

  it.each([
    [[3, 13, 5], [3], true],
    [[2, 42, 0], [3], false],
    [[3], [3, 0, 1], false],
    [[0, 31, 1], [0, 28], true],
    [[0, 9], [0, 10], false],
  ])("%j at least %j: %j", (version, oldest, expected) => {
    expect(isAtLeast(version, oldest)).toBe(expected);
  });

  it.each([
    ["prom/prometheus:v3.13.5", "3.13.5"],
    ["grafana/grafana:13.2.1@sha256:0123", "13.2.1"],
    ["localhost:5000/prometheus", undefined],
  ])("of the image %s is %s", (image, version) => {
    expect(imageVersion(image)).toBe(version);
  });

  it.each([
    ["prometheus, version 2.42.0+ds (branch: debian/sid, revision: 2.42.0+ds-5+b5)", "2.42.0"],
    ["alertmanager, version 0.31.1 (branch: HEAD)", "0.31.1"],
    [untold, undefined],
  ])("of a program that prints %j is %s", (text, version) => {
    expect(versionOf(program("prometheus", text))).toBe(version);
  });

  it.each([
    ["github.com/prometheus/prometheus\tv0.313.5", "3.13.5"],
    ["github.com/prometheus/prometheus\tv0.300.0", "3.0.0"],
    ["github.com/prometheus/alertmanager\tv0.31.1", "0.31.1"],
    ["github.com/jaegertracing/jaeger\tv1.76.0", "2.13.0"],
    ["github.com/prometheus/alertmanager\t(devel)", undefined],
  ])("of the module %s, which Go writes into a program, is %s", (module, version) => {
    const text = `\u007fELF\u0000\nmod\t\u0000path\tx/cmd/y\nmod\t${module}\th1:abc=\ndep\tz\tv9.9.9\n`;
    expect(moduleVersion(Buffer.from(text, "latin1"))).toBe(version);
  });
});

describe("a program that is looked for", () => {
  const [kind] = executableKinds.filter(({ name }) => name === "prometheus");
  if (!kind) throw new Error("There is no Prometheus.");

  it("is refused where it is too old, with its version and the way to a newer one", () => {
    const path = program("prometheus", "prometheus, version 2.31.0");
    expect(findExecutable({ ...kind, commands: [path] })).toEqual({
      missing: `${path} is 2.31.0, too old: 2.42 or newer is needed. ${kind.install}`,
    });
  });

  it("is said to come by a command, and where that puts it, as it does by itself", () => {
    const script = readFileSync(join(__dirname, "../../.ci/install-programs"), "utf8");
    const [, folder] =
      /^folder="\$\{PROGRAMS_FOLDER:-\$\{XDG_CACHE_HOME:-\$HOME\/\.cache\}(.+)\}"$/m.exec(script) ?? [];
    expect(folder).toBeDefined();
    // No Go module builds the blackbox exporter.
    for (const { name, install } of executableKinds.filter((each) => each.name !== "blackbox-exporter")) {
      expect(install).toContain(`.ci/install-programs ${name.replace("-", "_")} puts it into `);
      expect(install).toContain(`${String(folder)}/bin`);
    }
  });

  it.each([
    ["3.13.5", "prometheus 3.13.5, as deployed"],
    ["3.16.0", "prometheus 3.16.0, deployed is 3.13.5"],
    [
      "2.42.0",
      "prometheus 2.42.0, deployed is 3.13.5. Its ranges take in a sample on their left edge, so rates and alerts differ a little.",
    ],
    [undefined, "prometheus of an unknown version, deployed is 3.13.5"],
  ])("of version %s is held against the image", (version, words) => {
    const executable = { kind, version, container: { version: "3.13.5" } } as PlannedExecutable;
    expect(versionsOf({ executables: [executable, executable] }).map(describeVersion)).toEqual([words]);
  });
});
