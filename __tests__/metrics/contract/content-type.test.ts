import { announcedFormat } from "../../../metrics/contract/content-type";

describe("the format that a Content-Type announces", () => {
  it.each([
    ["text/plain", "text"],
    ["text/plain; version=0.0.4; charset=utf-8", "text"],
    ["Text/Plain; Version=0.0.4;", "text"],
    ['text/plain; note="a;b"', "text"],
    ["application/openmetrics-text; version=1.0.0", "OpenMetrics"],
    ["APPLICATION/OPENMETRICS-TEXT", "OpenMetrics"],
  ] as const)("knows %j", (header, format) => {
    expect(announcedFormat(header)).toEqual({ format, findings: [] });
  });

  it.each([
    [
      "text/html; charset=utf-8",
      'found "text/html; charset=utf-8", allowed: "text/plain; version=0.0.4" or ',
    ],
    ["application/json", 'found "application/json"'],
    ["text/plain; charset", 'found "text/plain; charset"'],
    ["", "found nothing, allowed: "],
    [undefined, "found nothing, allowed: "],
  ])("refuses %j", (header, message) => {
    const { findings } = announcedFormat(header);
    expect(findings.map(({ kind, metric }) => [kind, metric])).toEqual([["format", "Content-Type"]]);
    expect(findings[0]?.message).toContain(message);
  });
});
