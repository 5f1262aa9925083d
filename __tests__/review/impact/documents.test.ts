import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { impactOf } from "../../../review/impact/impact-of";
import { metric, version } from "./versions";

const folder = mkdtempSync(join(tmpdir(), "project-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(file: string, ...lines: readonly string[]): void {
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, lines.join("\n"));
}

write(
  "shop/expectations.ts",
  "export const wanted = [",
  '  { alert: "ParcelsLate", reach: ["pager"] },',
  "];",
);
write("environments/prod.ts", 'const routes = [{ receivers: ["pager", "team"] }];', "// The pager is loud.");
write(
  "services/depot/index.ts",
  'metrics("parcels_total").inc(); // parcels_total_of_others, my-parcels_total',
);
write(
  "alerts/rules/post.ts",
  'const late = "post:parcels:rate5m";',
  'const other = "post:parcels:rate5m:max";',
);
write("docs/runbooks/ParcelsLate.md", "# Late", "Look at `parcels_total`.");
write("metrics/vans.ts", 'gauge("vans", { help: "Vans." })');
write("docs/vans.md", "How many `vans` there are.");
write("shop/metrics.ts", 'const all = ["vans"];');

const pager = { route: { receiver: "pager" }, receivers: [{ name: "pager" }] };
const team = { route: { receiver: "team" }, receivers: [{ name: "team" }] };

it("code, expectations and documents that name what is gone are told by file and line", () => {
  const rules = [
    { record: "post:parcels:rate5m", expr: "sum(rate(parcels_total[5m]))" },
    { alert: "ParcelsLate", expr: "post:parcels:rate5m > 1" },
  ];
  const metrics = [metric("parcels_total"), metric("vans")];
  const { findings } = impactOf(
    version({ metrics, rules, alertmanager: pager, folder }),
    version({ metrics: [], alertmanager: team, folder }),
  );
  const told = findings.flatMap(({ subject, readers }) =>
    readers
      .filter(({ consequence }) => consequence === "names what is not there")
      .map(({ where, place, verdict }) => `${subject.name}: ${verdict} ${where} ${place}`),
  );
  expect(told.sort()).toEqual([
    "ParcelsLate: warn code shop/expectations.ts:2",
    "ParcelsLate: warn runbook docs/runbooks/ParcelsLate.md:1",
    "pager: warn code environments/prod.ts:1",
    "pager: warn code shop/expectations.ts:2",
    "parcels_total: warn code services/depot/index.ts:1",
    "parcels_total: warn runbook docs/runbooks/ParcelsLate.md:2",
    "post:parcels:rate5m: warn code alerts/rules/post.ts:1",
  ]);
});
