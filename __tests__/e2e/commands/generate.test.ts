import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectCopies } from "../../support/project-copy";

const makeCopy = projectCopies();

describe("npm run generate", () => {
  const copy = (() => {
    let made: ReturnType<typeof makeCopy> | undefined;
    return () => (made ??= makeCopy());
  })();
  const generate = (...args: string[]) => {
    const { status, stdout, stderr } = copy().run(process.execPath, [
      "--import",
      "tsx",
      "commands/generate.ts",
      ...args,
    ]);
    return { status, output: stdout + stderr };
  };
  const asked = ["--language", "python", "--service", "auth-service", "--out", "made/metrics"];
  const file = "made/metrics/auth_service_metrics.py";

  it("writes a module, says so, and writes the same again", () => {
    expect(generate(...asked)).toEqual({ status: 0, output: `${file}  new\n` });
    const text = readFileSync(join(copy().folder, file), "utf8");
    expect(text).toContain("class AuthServiceMetrics(ServiceMetrics):");
    expect(text).not.toContain(copy().folder);
    expect(generate(...asked)).toEqual({ status: 0, output: `${file}  unchanged\n` });
    expect(generate(...asked, "--check")).toEqual({ status: 0, output: `${file} is as it must be.\n` });
  });

  it("says with --check that a module is stale or missing, writes nothing, and names the command", () => {
    const path = join(copy().folder, file);
    const text = readFileSync(path, "utf8").replace("Accounts registered.", "Accounts.");
    writeFileSync(path, text);
    const command = `Run \`npm run generate -- ${asked.join(" ")}\`, and commit what it writes.`;
    expect(generate(...asked, "--check")).toEqual({
      status: 1,
      output: expect.stringMatching(new RegExp(`^${file} differs from line \\d+ on\n`)) as string,
    });
    expect(generate(...asked, "--check").output).toContain(command);
    expect(readFileSync(path, "utf8")).toBe(text);
    const elsewhere = [...asked.slice(0, -1), "made/other", "--check"];
    expect(generate(...elsewhere).output).toContain("made/other/auth_service_metrics.py is missing\n");
    expect(existsSync(join(copy().folder, "made/other"))).toBe(false);
  });

  it("writes a module in TypeScript for what the service is on, and names the command with it", () => {
    const forExpress = ["--language", "typescript", "--framework", "express", ...asked.slice(2)];
    const module = "made/metrics/auth-service-metrics.ts";
    expect(generate(...forExpress)).toEqual({ status: 0, output: `${module}  new\n` });
    expect(readFileSync(join(copy().folder, module), "utf8")).toContain(
      'from "microservices-monitoring/services/instrumentation/express";',
    );
    const unsaid = forExpress.filter((arg) => arg !== "--framework" && arg !== "express");
    const forFastify = forExpress.map((arg) => (arg === "express" ? "fastify" : arg));
    for (const args of [unsaid, forFastify]) {
      expect(generate(...args, "--check").output).toContain(
        `Run \`npm run generate -- ${forFastify.join(" ")}\`, and commit what it writes.`,
      );
    }
  });

  it.each([
    [
      ["--language", "pyton"],
      'language: found "pyton", allowed: python, go, typescript; did you mean "python"?',
    ],
    [["--language", "go", "--service", "auth"], 'service: found "auth", allowed: api-gateway, '],
    [["--language", "go"], "--service is missing."],
    [["--service", "auth-service"], "--language is missing."],
    [["--language", "go", "--service", "auth-service"], "--out is missing."],
    [["--langauge", "go"], "--langauge: found no such option"],
    [
      ["--language", "typescript", "--framework", "expres"],
      'framework: found "expres", allowed: fastify, express, http; did you mean "express"?',
    ],
    [
      ["--language", "go", "--framework", "http"],
      '--framework: found "http" with --language go, allowed with --language typescript only.',
    ],
  ])("refuses %j by what is wrong", (args, message) => {
    const { status, output } = generate(...args);
    expect([status, output]).toEqual([1, expect.stringContaining(message)]);
  });
});
