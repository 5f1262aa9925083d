import { withChoices } from "../../preview/page/dashboard/link-url";
import { notesOf } from "../../preview/page/dashboard/notes";
import { modern } from "../../preview/page/dashboard/old-panels";
import { sectionsOf } from "../../preview/page/dashboard/sections";

describe("the rows of a dashboard", () => {
  const stat = (title: string, x: number, y: number) => ({
    type: "stat",
    title,
    gridPos: { x, y, w: 12, h: 4 },
  });
  const titles = (dashboard: Parameters<typeof sectionsOf>[0]) =>
    sectionsOf(dashboard).map(({ title, folded, panels }) => [
      title,
      folded,
      panels.map(({ panel }) => panel.title),
    ]);

  it("have the panels below them, folded ones those inside", () => {
    const panels = [
      stat("b", 12, 0),
      stat("a", 0, 0),
      { type: "row", title: "open", gridPos: { x: 0, y: 4, w: 24, h: 1 }, panels: [] },
      stat("c", 0, 5),
      {
        type: "row",
        title: "shut",
        collapsed: true,
        gridPos: { x: 0, y: 9, w: 24, h: 1 },
        panels: [stat("d", 0, 10)],
      },
    ];
    expect(titles({ panels })).toEqual([
      [undefined, false, ["a", "b"]],
      ["open", false, ["c"]],
      ["shut", true, ["d"]],
    ]);
    // From the top of each row, wherever that stands.
    expect(sectionsOf({ panels }).map(({ panels: [first] }) => first?.at.y)).toEqual([0, 0, 0]);
  });

  it("may be those of an old export", () => {
    const rows = [
      {
        title: "old",
        panels: [
          { type: "graph", title: "a", span: 8 },
          { type: "graph", title: "b", span: 8 },
        ],
      },
    ];
    expect(titles({ rows })).toEqual([["old", false, ["a", "b"]]]);
    expect(sectionsOf({ rows })[0]?.panels.map(({ at }) => at)).toEqual([
      { x: 0, y: 0, w: 16, h: 8 },
      { x: 0, y: 8, w: 16, h: 8 },
    ]);
  });
});

describe("a link's address", () => {
  const search = "?from=now-1h&to=now&var-service=a&var-service=b&theme=light&viewPanel=3";

  it.each([
    ["keeps the time", "/d/b", { keepTime: true }, "/d/b?from=now-1h&to=now&theme=light"],
    ["keeps the choices", "/d/b", { includeVars: true }, "/d/b?var-service=a&var-service=b&theme=light"],
    [
      "keeps its own over them",
      "/d/b?from=now-6h",
      { keepTime: true },
      "/d/b?from=now-6h&to=now&theme=light",
    ],
    [
      "is left alone when it leads elsewhere",
      "https://example.org/x",
      { keepTime: true },
      "https://example.org/x",
    ],
  ])("%s", (_what, url, link, address) => {
    expect(withChoices(url, search, link)).toBe(address);
  });
});

describe("what is not drawn of a panel", () => {
  const isKnown = (id: string) => id === "organize";

  it("is said in a sentence each", () => {
    const panel = {
      type: "table",
      repeat: "host",
      timeFrom: "7d",
      timeShift: "1d",
      links: [{}],
      options: { showHeader: true, footer: { show: true } },
      datasource: { type: "loki" },
      transformations: [{ id: "organize" }, { id: "spatial" }, { id: "spatial" }],
    };
    const notes = notesOf("table", panel, isKnown).join("\n");
    expect(notes).toMatch(/for each value of host/);
    expect(notes).toMatch(/not made: spatial\./);
    expect(notes).toMatch(/"loki"/);
    expect(notes).toMatch(/options\.footer\.show = true\./);
    expect(notes).toMatch(/\(7d\)[^]*\(1d\)/);
    expect(notesOf("table", panel, isKnown)).toHaveLength(7);
  });

  it("is nothing of a plain panel", () => {
    const datasource = { type: "prometheus", uid: "${datasource}" };
    expect(
      notesOf(
        "stat",
        { type: "stat", options: { graphMode: "none" }, datasource, transformations: [{ id: "organize" }] },
        isKnown,
      ),
    ).toEqual([]);
  });
});

describe("panels of old kinds", () => {
  it("become their successors, with their unit", () => {
    expect(modern({ type: "graph", yaxes: [{ format: "bytes" }] })).toMatchObject({
      type: "timeseries",
      fieldConfig: { defaults: { unit: "bytes" } },
    });
    expect(modern({ type: "singlestat", format: "s" })).toMatchObject({
      type: "stat",
      fieldConfig: { defaults: { unit: "s" } },
    });
  });
});
