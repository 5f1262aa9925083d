import fc from "fast-check";
import { fittingPageOf, pageLimit } from "../../../review/page/html/fitting-page";
import { pageOf } from "../../../review/page/html/page";
import { reviewJson } from "../../../review/page/json";
import { alertsPart, hostileReview, hugeReview, review, withTexts } from "../../support/reviewed";

/** Names of the elements of a page, in order: what only markup decides, and no text. */
function elementsOf(page: string): readonly string[] {
  return [...page.matchAll(/<\/?([a-z!][a-z0-9-]*)/gi)].map(([tag]) => tag.toLowerCase());
}

describe("the page", () => {
  const page = pageOf(review);

  it("says in a line each what the four parts found, the worst state by a word", () => {
    const text = page.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
    expect(text).toContain("Messages that wake: 3 before, 41 after, 12 of them between 22:00 and 7:00.");
    expect(text).toContain("1 change must not be merged so: parcels_sent_total.");
    expect(text).toContain("reaches nobody: its route is muted by nights. Different: 2 dashboards");
    expect(text).toContain("12,400 series before, 13,100 after (+700, 5.65 %)");
    expect(text).toContain("Times are those of Europe/Berlin.");
    expect(text).toContain("Sun 1 Nov 2026 0:00 UTC+01:00");
  });

  it("names what a replay cannot know, and why somebody is not told", () => {
    for (const sentence of [...alertsPart.unknown, "inhibited", "working-hours"])
      expect(page).toContain(sentence);
  });

  it("draws thresholds of both versions, firings and messages", () => {
    expect(page).toMatch(/class="threshold"\s+data-side="before"/);
    expect(page).toMatch(/class="threshold"\s+data-side="after"/);
    expect(page.match(/class="firing"/g)).toHaveLength(3 + 24 + 0 + 2 + 2 + 2);
  });

  it("marks lines of a message that are different, and none that are not", () => {
    expect(page).toContain("<mark>More than 0.5 s is too long.</mark>");
    expect(page).not.toContain("<mark>Runbook: docs/runbooks/ParcelsSlow.md</mark>");
    // The space before and after a text that keeps its lines would be seen.
    expect(page).toContain('<p class="text"><mark>95 % take less than 1.2 s.</mark>');
  });

  it("has no address but within itself, and forbids all others", () => {
    const addresses = [...page.matchAll(/\b(?:src|href)="([^"]*)"/g)].map(([, address = ""]) => address);
    expect(addresses.length).toBeGreaterThan(5);
    expect(addresses.filter((address) => !/^(#|data:)/.test(address))).toEqual([]);
    expect(page).toContain("default-src &#39;none&#39;");
  });

  it("shows why a part was not made in its place", () => {
    const without = pageOf({ ...review, cost: { skipped: "No catalogue: <none>." } });
    expect(without).toContain("<p>No catalogue: &lt;none&gt;.</p>");
    expect(without).toContain("– not looked at");
  });
});

it("texts of others stay texts, whatever they are", () => {
  const plain = elementsOf(pageOf(withTexts(review, () => "text")));
  expect(plain.length).toBeGreaterThan(500);
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom("<", ">", '"', "'", "&", "/", "a", "!", "-", "`", "=", "$", "{") }),
    fc.constantFrom(
      "</script><script>alert(1)</script>",
      "]]>",
      "<!--",
      "--><img src=x>",
      '" onload="alert(1)',
    ),
  );
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 20 }), (texts) => {
      // Lines make marks, and texts that are the same are shown once: both are asked elsewhere.
      const line = (index: number) =>
        `x${(texts[index % texts.length] ?? "").replace(/\n/g, " ")}x${String(index)}`;
      const same = (index: number) => `x${String(index)}`;
      expect(elementsOf(pageOf(withTexts(review, line))).filter((tag) => !/mark|ins|del/.test(tag))).toEqual(
        elementsOf(pageOf(withTexts(review, same))).filter((tag) => !/mark|ins|del/.test(tag)),
      );
    }),
    { numRuns: 15 },
  );
});

it("hostile texts make no element", () => {
  const page = pageOf(hostileReview());
  expect(page).not.toContain("<img src=x");
  expect(page.match(/<script>/g)).toHaveLength(1);
});

describe("a page of a great system", () => {
  const { html, leftOut } = fittingPageOf(hugeReview());

  it("stays below 5 MB, and says what it left out", () => {
    expect(Buffer.byteLength(html)).toBeLessThan(pageLimit);
    expect(leftOut[0]).toMatch(/^messages as their receivers show them/);
    expect(html).toContain(`Left out so that the page stays small: ${leftOut[0] ?? ""}`);
  });

  it("still says the figures of all of it", () => {
    expect(html).toContain("200 changes must not be merged so");
  });

  it("leaves nothing out of one that is small", () => {
    const { leftOut: nothing, html: whole } = fittingPageOf(review);
    expect(nothing).toEqual([]);
    expect(whole).toBe(pageOf(review));
  });

  it("is refused where it cannot be small enough", () => {
    expect(() => fittingPageOf(review, 1_000)).toThrow(/allowed: less than 1,000/);
  });
});

describe("the JSON", () => {
  it("is the review", () => {
    expect(JSON.parse(reviewJson(review))).toEqual(review);
  });

  it("refuses numbers that JSON has not, by their place", () => {
    const broken = { ...review, alerts: { ...alertsPart, sweep: { setting: "x", points: [], before: NaN } } };
    expect(() => reviewJson(broken)).toThrow("review.alerts.sweep.before: found NaN");
  });
});
