import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FileSource } from "../../preview/server/file-source";
import type { PreviewContent } from "../../preview/server/source";
import { temporaryFolder } from "../support/temporary-folder";

const folder = temporaryFolder();
const panel = {
  id: 7,
  type: "stat",
  title: "Up",
  gridPos: { x: 0, y: 0, w: 6, h: 4 },
  targets: [{ refId: "A", expr: "up" }],
};
const dashboard = (uid: string, title: string) => JSON.stringify({ uid, title, panels: [panel] });
let source: FileSource | undefined;
afterEach(() => source?.close());

function open(...paths: string[]): FileSource {
  source = new FileSource(paths);
  return source;
}

/** The content after the next change. */
function next(of: FileSource): Promise<PreviewContent> {
  return new Promise((resolve) => {
    const stop = of.onChange(() => {
      stop();
      resolve(of.current());
    });
  });
}

it("shows the dashboards of a folder, unchanged, with what the linter says of their panels", async () => {
  const path = folder();
  writeFileSync(join(path, "b.json"), dashboard("b", "B"));
  writeFileSync(
    join(path, "a.json"),
    JSON.stringify({ dashboard: JSON.parse(dashboard("a", "A")) as object, meta: {} }),
  );
  writeFileSync(join(path, "notes.txt"), "none");
  const { dashboards, findings, problem } = await open(path).current();
  expect(dashboards.map(({ uid, title, json }) => [uid, title, JSON.stringify(json)])).toEqual([
    ["a", "A", dashboard("a", "A")],
    ["b", "B", dashboard("b", "B")],
  ]);
  expect(problem).toBeUndefined();
  expect(findings.a).toContainEqual({
    panelId: 7,
    panelTitle: "Up",
    rule: "panel-unit",
    severity: "warning",
    message: expect.stringContaining("has no unit") as string,
  });
});

it("takes the name of a file for the uid and title that an export for others has not", async () => {
  const file = join(folder(), "node exporter full.json");
  writeFileSync(file, JSON.stringify({ panels: [] }));
  const { dashboards } = await open(file).current();
  expect(dashboards).toMatchObject([{ uid: "node-exporter-full", title: "node exporter full" }]);
});

it("shows a change, and keeps what was last good while a file is none", async () => {
  const file = join(folder(), "a.json");
  writeFileSync(file, dashboard("a", "first"));
  const of = open(file);
  await of.current();
  let changed = next(of);
  writeFileSync(file, dashboard("a", "second"));
  expect((await changed).dashboards).toMatchObject([{ title: "second" }]);
  changed = next(of);
  writeFileSync(file, '{"title": ');
  const broken = await changed;
  expect(broken.problem).toContain(`${file} is no JSON`);
  expect(broken.dashboards).toMatchObject([{ title: "second" }]);
  changed = next(of);
  // As most editors do it.
  writeFileSync(`${file}~`, dashboard("a", "third"));
  renameSync(`${file}~`, file);
  expect(await changed).toMatchObject({ dashboards: [{ title: "third" }] });
  expect((await of.current()).problem).toBeUndefined();
});

it("sees files of a folder come and go", async () => {
  const path = folder();
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, "a.json"), dashboard("a", "A"));
  const of = open(path);
  await of.current();
  let changed = next(of);
  writeFileSync(join(path, "b.json"), dashboard("b", "B"));
  expect((await changed).dashboards.map(({ uid }) => uid)).toEqual(["a", "b"]);
  changed = next(of);
  rmSync(join(path, "a.json"));
  expect((await changed).dashboards.map(({ uid }) => uid)).toEqual(["b"]);
});

it("names what it cannot show", async () => {
  const path = folder();
  writeFileSync(join(path, "a.json"), dashboard("same", "A"));
  writeFileSync(join(path, "b.json"), dashboard("same", "B"));
  writeFileSync(join(path, "c.json"), "[]");
  const { problem } = await open(path).current();
  expect(problem?.split("\n")).toEqual([
    `${path}/b.json has the uid of the dashboard "A": same.`,
    `${path}/c.json is no dashboard: expected a JSON object.`,
  ]);
  await source?.close();
  expect((await open(folder()).current()).problem).toMatch(/found no file that ends in \.json\.$/);
});
