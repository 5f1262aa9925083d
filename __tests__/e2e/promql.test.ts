import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { promtool } from "../support/programs";
import { interpolated } from "../support/promql";
import { expressions } from "../support/promql-expressions";
import { describeWith } from "../support/require-program";

describeWith([promtool], "Prometheus itself", () => {
  const directory = mkdtempSync(join(tmpdir(), "promql-"));
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  function check(queries: readonly string[]): { readonly status: number | null; readonly output: string } {
    const rules = queries.map((expr, index) => ({ record: `random:expression:${String(index)}`, expr }));
    const file = join(directory, "rules.yml");
    writeFileSync(file, JSON.stringify({ groups: [{ name: "random", rules }] }));
    const { status, stdout, stderr } = spawnSync("promtool", ["check", "rules", file], { encoding: "utf8" });
    return { status, output: stdout + stderr };
  }

  it("takes any expression that the builder can make, as to its syntax and its types", () => {
    const queries = [...new Set(fc.sample(expressions(), 3000).map((expr) => interpolated(String(expr))))];
    expect(queries.length).toBeGreaterThan(1000);
    const { status, output } = check(queries);
    expect(output).toContain(`SUCCESS: ${String(queries.length)} rules found`);
    expect(status).toBe(0);
  });

  it("refuses what is wrong", () => {
    expect(check(["up", "rate(up)"])).toMatchObject({
      status: 1,
      output: expect.stringContaining("expected type range vector") as string,
    });
  });
});
