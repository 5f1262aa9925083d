import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { html, Html } from "../../../services/platform/page/html";
import { isMade, type Made, type Review, type SkippedPart } from "../data/review";
import { duration } from "../words";
import { verdictsOf, worstOf, type PartName, type PartVerdict } from "../verdicts";
import { longTime } from "../zoned";
import { alertsSection } from "./alerts";
import { costSection } from "./cost";
import { impactSection } from "./impact";
import { looksSection } from "./looks";
import { bullets, stateSign } from "./pieces";

const fileOf = (...names: readonly string[]) => readFileSync(join(__dirname, ...names), "utf8");

/**
 * The whole page, which needs nothing but itself.
 * @param leftOut what it says of itself that it has not
 * @param verdicts Default: those of the review
 */
export function pageOf(
  review: Review,
  leftOut: readonly string[] = [],
  verdicts: readonly PartVerdict[] = verdictsOf(review),
): string {
  const { environment, before, after, zone, past } = review.made;
  const design = fileOf("../../../services/platform/page/design.css");
  const script = fileOf("in-browser.js");
  const hash = createHash("sha256").update(script).digest("base64");
  const policy = [
    "default-src 'none'",
    "img-src data:",
    "style-src 'unsafe-inline'",
    `script-src 'sha256-${hash}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>Review of ${environment}: ${before} → ${after}</title>
        <link rel="icon" href="data:," />
        ${new Html(`<style>${design}${fileOf("page.css")}</style>`)}
      </head>
      <body>
        <header>
          <h1>What this change does to the monitoring of ${environment}</h1>
          <p>
            <span class="side" data-side="before">${before}</span> →
            <span class="side" data-side="after">${after}</span>
          </p>
          ${
            past
              ? html`<p class="quiet">
                  Replayed over ${duration((past.to - past.from) / 1_000)} of ${past.source}:
                  ${longTime(past.from, zone)} to ${longTime(past.to, zone)}.
                </p>`
              : undefined
          }
          <p class="quiet">Times are those of ${zone}.</p>
        </header>
        <nav aria-label="Parts">
          <ol class="verdicts" data-state="${worstOf(verdicts)}">
            ${verdicts.map(
              ({ part, title, state, sentence }) =>
                html`<li data-state="${state}">
                  ${stateSign(state)} <a href="#${part}">${title}</a> <span>${sentence}</span>
                </li>`,
            )}
          </ol>
        </nav>
        <main>
          <p id="tools" hidden>
            <label>Show only what names <input type="search" id="filter" autocomplete="off" /></label>
            <button type="button" id="unfold">Unfold all</button>
            <span id="found" class="quiet" role="status"></span>
          </p>
          ${
            leftOut.length === 0
              ? undefined
              : html`<p class="left-out">
                  Left out so that the page stays small: ${leftOut.join("; ")}. The JSON beside it has
                  everything.
                </p>`
          }
          ${verdicts.map((verdict) => section(verdict, review))} ${madeSection(review.made)}
        </main>
        ${new Html(`<script>${script}</script>`)}
      </body>
    </html>`.text;
}

function section({ part, title, state }: PartVerdict, review: Review): Html {
  return html`<section id="${part}" aria-labelledby="${part}-heading">
    <h2 id="${part}-heading">${title} ${stateSign(state)}</h2>
    ${contentOf(part, review)}
  </section>`;
}

function contentOf(part: PartName, { alerts, impact, looks, cost, made }: Review): Html {
  const said = <T extends object>(content: T | SkippedPart, show: (content: T) => Html) =>
    isMade(content) ? show(content) : html`<p>${content.skipped}</p>`;
  switch (part) {
    case "alerts":
      return said(alerts, (content) => alertsSection(content, made.zone));
    case "impact":
      return said(impact, impactSection);
    case "looks":
      return said(looks, (content) => looksSection(content, made.zone));
    case "cost":
      return said(cost, costSection);
  }
}

function madeSection({ before, after, environment, zone, past, tried, command, at, took }: Made): Html {
  const total = took.reduce((sum, { seconds }) => sum + seconds, 0);
  return html`<section id="made" aria-labelledby="made-heading">
    <h2 id="made-heading">How this was made</h2>
    <dl>
      <dt>Command</dt>
      <dd><code>${command}</code></dd>
      <dt>Versions</dt>
      <dd>${before}, and ${after}, of ${environment}</dd>
      <dt>The past</dt>
      <dd>
        ${
          past
            ? `${past.source}, ${longTime(past.from, zone)} to ${longTime(past.to, zone)}`
            : "none: no alert was replayed"
        }
      </dd>
      ${
        tried.length === 0
          ? undefined
          : html`<dt>Tried without being written</dt>
              <dd>${bullets(tried)}</dd>`
      }
      <dt>When</dt>
      <dd>
        ${longTime(at, zone)}, in
        ${duration(total)}${took.length === 0 ? "" : ` (${took.map(({ what, seconds }) => `${what} ${duration(seconds)}`).join(", ")})`}
      </dd>
    </dl>
  </section>`;
}
