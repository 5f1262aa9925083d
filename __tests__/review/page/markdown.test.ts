import fc from "fast-check";
import { escapeMarkdown } from "../../../review/page/markdown/escape";
import { marker, reviewMarkdown } from "../../../review/page/markdown/markdown";
import { hostileReview, hugeReview, review } from "../../support/reviewed";

const pageUrl = "https://github.com/parcels/monitoring/actions/runs/12#artifacts";

describe("the summary", () => {
  const summary = reviewMarkdown(review, { pageUrl });

  it("begins with what it is found by", () => {
    expect(summary.startsWith(`${marker}\n### Monitoring of prod: ✗ do not merge\n`)).toBe(true);
  });

  it("is useful by itself: figures, receivers, alerts, what breaks and where, routes, cost", () => {
    for (const line of [
      "Messages that wake: 3 before, 41 after, 12 of them between 22:00 and 7:00.",
      "| pager &#40;wakes&#41; | 3 | 41 | +38 | 0 → 12 |".replace("&#40;wakes&#41;", "(wakes)"),
      "| ParcelsSlow | changed; threshold 1 → 0.5; for 5m → 10m | 3 → 24 | 3 → 41 | 12 |",
      "| ParcelsLost | gone | 1 → – | 1 → – | 0 |",
      "<code>foreign/logistics/rules.yml:12</code>",
      "- ParcelsQueue: team-parcels → **nobody**",
      "$214.31 → $226.40 a month",
      `[The whole page](<${pageUrl}>)`,
    ])
      expect(summary).toContain(line);
  });

  it("counts no message to a machine", () => {
    expect(summary).not.toContain("40,320");
    expect(summary).not.toContain("heartbeat");
  });

  it("has fewer than 60 lines of a great system, and says how many more there are", () => {
    for (const each of [review, hostileReview(), hugeReview()]) {
      expect(reviewMarkdown(each, { pageUrl }).trimEnd().split("\n").length).toBeLessThan(60);
    }
    const huge = reviewMarkdown(hugeReview(), { pageUrl });
    expect(huge).toMatch(/\| and \d+ receivers more \|/);
    expect(huge).toMatch(/- and \d+ more/);
    expect(huge).toContain(`[The whole page](<${pageUrl}>)`);
    // GitHub takes comments of 65,536 characters.
    expect(reviewMarkdown(hostileReview(), { pageUrl }).length).toBeLessThan(60_000);
  });

  it("refuses an address that is none of the web", () => {
    expect(() => reviewMarkdown(review, { pageUrl: "javascript:alert(1)" })).toThrow(
      'The page\'s address: found "javascript:alert(1)"',
    );
  });
});

describe("a text of others", () => {
  it("is no markup, link, mention, issue or emoji", () => {
    const gap = "\u200b";
    expect(escapeMarkdown("@team #12 GH-3 :tada: http://x.example www.x.example")).toBe(
      `@${gap}team #${gap}12 GH${gap}-3 :${gap}tada: http:${gap}//x.example www${gap}.x.example`,
    );
    expect(escapeMarkdown("**b** `c` [l](u) <b> a|b &amp;")).toBe(
      "&#42;&#42;b&#42;&#42; &#96;c&#96; &#91;l&#93;&#40;u&#41; &lt;b&gt; a&#124;b &amp;amp;",
    );
  });

  it("is one line, keeps no character that means something, and its own words come back", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" })), (text) => {
        const escaped = escapeMarkdown(text, 1_000);
        expect(escaped).not.toMatch(/[\n\r\u2028\u2029\u202a-\u202e]/);
        expect(escaped.replace(/&(#\d+|amp|lt|gt);/g, "")).not.toMatch(/[\\`*_{}[\]()+!|~^$<>&]/);
        const shown = escaped
          .replace(/\u200b/g, "")
          .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
          .replace(/&lt;/g, "<")
          .replace(/&gt;/g, ">")
          .replace(/&amp;/g, "&");
        const words = (each: string) => each.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Cf}\s]+/gu, "");
        expect(words(shown)).toBe(words(text));
      }),
      { numRuns: 500 },
    );
  });
});
