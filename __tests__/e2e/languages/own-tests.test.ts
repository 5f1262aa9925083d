import { cpSync } from "node:fs";
import { join } from "node:path";
import { go, gofmt, goModule, goProgram, python, pythonServices } from "../../support/languages/programs";
import { describeWith } from "../../support/require-program";
import { temporaryFolder } from "../../support/temporary-folder";

const root = join(__dirname, "../../..");
const newFolder = temporaryFolder();

jest.setTimeout(300_000);

describeWith([pythonServices], "the package in python/", () => {
  it("passes its own tests", () => {
    const args = ["-m", "pytest", "-q", "-p", "no:cacheprovider"];
    const { status, stdout, stderr } = python(args, join(root, "python"));
    expect([status, stdout + stderr]).toEqual([0, expect.stringMatching(/\n\d+ passed[^\n]*\n$/)]);
  });

  it.each([
    ["mypy", ["-m", "mypy", "--strict", "--cache-dir", "/dev/null"]],
    ["pyright", ["-m", "pyright"]],
  ])("and the services in examples/flask are taken by %s", (_, args) => {
    for (const folder of ["python/src", "examples/flask"]) {
      const interpreter = python(["-c", "import sys; print(sys.executable)"], root).stdout.trim();
      const options = args.includes("pyright") ? ["--pythonpath", interpreter] : [];
      const { status, stdout, stderr } = python([...args, ...options, "."], join(root, folder), {
        MYPYPATH: join(root, "python/src"),
      });
      expect([folder, status, stdout + stderr]).toEqual([folder, 0, expect.anything()]);
    }
  });

  it("is installed by pip, with its types", () => {
    const folder = newFolder();
    cpSync(join(root, "python"), join(folder, "package"), { recursive: true });
    const args = [
      "-m",
      "pip",
      "install",
      "--quiet",
      "--no-deps",
      "--no-build-isolation",
      "--target",
      "there",
    ];
    const installed = python([...args, "./package"], folder);
    expect([installed.status, installed.stderr]).toEqual([0, expect.anything()]);
    const found = python(
      ["-c", "import microservices_monitoring as m, os; print(os.listdir(os.path.dirname(m.__file__)))"],
      folder,
      { PYTHONPATH: join(folder, "there") },
    );
    expect(found.stdout).toContain("'py.typed'");
  });
});

describeWith([goProgram], "the module in go/", () => {
  it("passes its own tests, is as gofmt has it, and is sound to vet", () => {
    expect(gofmt(goModule)).toEqual({ status: 0, stdout: "", stderr: "" });
    const vet = go(["vet", "./..."], goModule);
    expect([vet.status, vet.stderr]).toEqual([0, expect.anything()]);
    const { status, stdout, stderr } = go(["test", "-race=false", "-count=1", "./..."], goModule);
    expect([status, stdout + stderr]).toEqual([0, expect.stringContaining("ok")]);
  });
});
