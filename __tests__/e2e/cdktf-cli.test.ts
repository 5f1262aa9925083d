import { join } from "node:path";
import { readFiles } from "../support/files";
import { projectCopies } from "../support/project-copy";

const copy = projectCopies();

describe("the cdktf CLI", () => {
  it("synthesizes what `npm run synth` synthesizes, byte for byte", () => {
    const ours = copy();
    const synth = ours.run("node", ["node_modules/tsx/dist/cli.mjs", "commands/synth.ts"]);
    expect(synth).toMatchObject({ status: 0 });

    const cli = copy();
    const { status, stdout, stderr } = cli.run("node", ["node_modules/cdktf-cli/bundle/bin/cdktf", "synth"]);
    expect({ status, output: status === 0 ? "" : stdout + stderr }).toEqual({ status: 0, output: "" });
    const files = readFiles(join(cli.folder, "cdktf.out"));
    expect(files.size).toBe(17);
    expect(files).toEqual(readFiles(join(ours.folder, "cdktf.out")));
  });

  it("says what is wrong with an environment, too", () => {
    const project = copy();
    project.edit("environments/prod.ts", "periodSeconds: 120", "periodSeconds: 125");
    const { status, stdout, stderr } = project.run("node", [
      "node_modules/cdktf-cli/bundle/bin/cdktf",
      "synth",
    ]);
    expect(status).toBe(1);
    expect(stdout + stderr).toContain("highCpu.periodSeconds: found 125");
  });
});
