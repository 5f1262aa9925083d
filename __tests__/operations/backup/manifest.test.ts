import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assertNotOlder } from "../../../operations/backup/image-version";
import { backupAt, manifestOf, newestBackup } from "../../../operations/backup/manifest";
import { ageText, sizeText } from "../../../operations/backup/sizes";
import { programsIn } from "../../../operations/backup/subject";
import { temporaryFolder } from "../../support/temporary-folder";

const makeFolder = temporaryFolder();

function write(
  folder: string,
  name: string,
  environment: string,
  takenAt: string,
  change: object = {},
): void {
  mkdirSync(join(folder, name));
  const manifest = manifestOf({
    environment,
    project: "parcels",
    takenAt,
    writtenBy: "0.1.0",
    parts: [
      {
        name: "grafana",
        program: "grafana",
        image: "grafana/grafana:13.0.2",
        file: "grafana.tar",
        bytes: 3,
        sha256: "0".repeat(64),
        pausedMs: 400,
      },
    ],
  });
  writeFileSync(join(folder, name, "manifest.json"), JSON.stringify({ ...manifest, ...change }));
}

describe("a backup", () => {
  it("is found by its folder, its manifest, or as the newest of its environment", () => {
    const folder = makeFolder();
    write(folder, "a", "dev", "2026-11-28T10:00:00.000Z");
    write(folder, "b", "dev", "2026-11-28T12:00:00.000Z");
    write(folder, "c", "prod", "2026-11-28T13:00:00.000Z");
    write(folder, ".d.partial", "dev", "2026-11-28T14:00:00.000Z");
    expect(backupAt(join(folder, "a"), "dev").folder).toBe(join(folder, "a"));
    expect(backupAt(join(folder, "a", "manifest.json"), "dev").folder).toBe(join(folder, "a"));
    expect(backupAt(folder, "dev").folder).toBe(join(folder, "b"));
    expect(newestBackup(join(folder, "none"), "dev")).toBeUndefined();
    expect(() => backupAt(folder, "local")).toThrow(/no folder with a backup of local/);
  });

  it("is refused where it is of a newer form, or leads out of its folder", () => {
    const folder = makeFolder();
    write(folder, "newer", "dev", "2026-11-28T10:00:00.000Z", { format: 2 });
    expect(() => backupAt(join(folder, "newer"), "dev")).toThrow(/form 2, which a newer version/);
    write(folder, "outside", "dev", "2026-11-28T10:00:00.000Z", {
      parts: [{ name: "grafana", file: "../x.tar" }],
    });
    expect(() => backupAt(join(folder, "outside"), "dev")).toThrow(/parts\.0\.file/);
  });
});

describe("the program that is to read a backup", () => {
  it.each([
    ["prom/prometheus:v3.13.5", "prom/prometheus:v3.13.5"],
    ["prom/prometheus:v3.14.0", "prom/prometheus:v3.13.5"],
    ["registry:5000/grafana/grafana:13.0.10", "grafana/grafana:13.0.9"],
    ["x/y@sha256:aa", "x/y@sha256:aa"],
  ])("may be %s for data of %s", (now, of) => {
    expect(() => {
      assertNotOlder("x", now, of);
    }).not.toThrow();
  });

  it.each([
    ["prom/prometheus:v3.13.4", "prom/prometheus:v3.13.5", /is older than/],
    ["grafana/grafana:12.9", "grafana/grafana:13.0.2", /is older than/],
    ["x/y@sha256:aa", "x/y@sha256:bb", /cannot be compared/],
  ])("may not be %s for data of %s", (now, of, message) => {
    expect(() => {
      assertNotOlder("x", now, of);
    }).toThrow(message);
  });
});

it("says sizes, ages and wrong names for people", () => {
  expect([sizeText(0), sizeText(1536), sizeText(50 * 1024 ** 3)]).toEqual(["0 bytes", "1.5 KiB", "50.0 GiB"]);
  const now = new Date("2026-11-28T12:00:00Z");
  const ages = ["2026-11-28T11:59:00Z", "2026-11-28T09:00:00Z", "2026-11-20T12:00:00Z"];
  expect(ages.map((each) => ageText(new Date(each), now))).toEqual(["1 minute", "3 hours", "8 days"]);
  expect(() => programsIn("grafana,jaeger")).toThrow(/--only: found "jaeger"/);
});
