import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { frameworks } from "../../../metrics/generate";
import { makeGoModule, writeModule } from "../../support/languages/folders";
import { go, gofmt, goProgram, python, pythonServices } from "../../support/languages/programs";
import { checkTypes, makeTypescriptFolder } from "../../support/languages/typescript";
import { fileOf, goUses, pythonUses, typescriptUsesOn } from "../../support/languages/uses";
import { describeWith } from "../../support/require-program";
import { temporaryFolder } from "../../support/temporary-folder";

const newFolder = temporaryFolder();
const kinds = ["right", "wrong"] as const;
const services = ["order-service", "product-service"] as const;

jest.setTimeout(300_000);

/** Pyright looks for packages beside the Python that it is told, not beside its own. */
function interpreter(): string {
  return python(["-c", "import sys; print(sys.executable)"], newFolder()).stdout.trim();
}

/** The numbers of the lines that a checker complains of, ascending, each once. */
function linesIn(output: string, pattern: RegExp): readonly number[] {
  const found = [...output.matchAll(pattern)].map(([, line]) => Number(line));
  return [...new Set(found)].sort((a, b) => a - b);
}

describeWith([pythonServices], "uses of the instruments in Python", () => {
  const argsOf = {
    mypy: () => ["-m", "mypy", "--strict", "uses.py"],
    pyright: () => ["-m", "pyright", "--pythonpath", interpreter(), "uses.py"],
  } as const;

  it.each(kinds.flatMap((kind) => (["mypy", "pyright"] as const).map((checker) => ({ kind, checker }))))(
    "that are $kind are taken or refused by $checker, line by line",
    ({ kind, checker }) => {
      const folder = newFolder();
      for (const service of services) writeModule(folder, service, "python");
      const { text, wrongLines } = fileOf(pythonUses, kind);
      writeFileSync(join(folder, "uses.py"), text);
      const { status, stdout, stderr } = python(argsOf[checker](), folder);
      const complaints = linesIn(stdout, /uses\.py:(\d+)(?::\d+)?(?: -|:) error/g);
      expect({ complaints, stderr: "" }).toEqual({ complaints: wrongLines, stderr: "" });
      expect([status, stdout + stderr]).toEqual([kind === "right" ? 0 : 1, expect.anything()]);
    },
  );
});

describeWith([goProgram], "uses of the instruments in Go", () => {
  it.each(kinds)("that are %s are taken or refused by the compiler, line by line", (kind) => {
    const folder = newFolder();
    mkdirSync(join(folder, "metrics"));
    for (const service of services) writeModule(join(folder, "metrics"), service, "go");
    makeGoModule(folder);
    const { text, wrongLines } = fileOf(goUses, kind);
    writeFileSync(join(folder, "uses.go"), text);
    const { status, stderr } = go(["build", "-gcflags=-e", "-o", "/dev/null", "."], folder);
    expect([linesIn(stderr, /uses\.go:(\d+):/g), stderr]).toEqual([wrongLines, expect.anything()]);
    expect(status).toBe(kind === "right" ? 0 : 1);
  });

  it("are in modules as gofmt has them", () => {
    const folder = newFolder();
    for (const service of services) writeModule(folder, service, "go");
    const { status, stdout } = gofmt(folder);
    expect([status, stdout]).toEqual([0, ""]);
  });
});

describe("uses of the instruments in TypeScript", () => {
  it.each(frameworks.flatMap((framework) => kinds.map((kind) => ({ framework, kind }))))(
    "on $framework that are $kind are taken or refused by the compiler, line by line",
    ({ framework, kind }) => {
      const folder = newFolder();
      makeTypescriptFolder(folder);
      for (const service of services) writeModule(folder, service, framework);
      const { text, wrongLines } = fileOf(typescriptUsesOn[framework], kind);
      writeFileSync(join(folder, "uses.ts"), text);
      const { status, stdout } = checkTypes(folder);
      expect([linesIn(stdout, /uses\.ts\((\d+),/g), stdout]).toEqual([wrongLines, expect.anything()]);
      expect(status).toBe(kind === "right" ? 0 : 2);
    },
  );
});
