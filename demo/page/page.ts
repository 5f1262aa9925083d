import type { Demo } from "../demo";
import type { Offer } from "../tour/tour";
import { forecastInWords, speedInWords, stepInWords, stepTimes } from "../tour/words";
import { html, Html } from "../../services/platform/page/html";
import type { Look } from "./look";
import { firingList, programTable, stateLine, targetTable } from "./parts";
import { buttonOf, timeline, type ButtonState } from "./timeline";

/** What changes on the page, as it is sent to it. */
export interface PageState {
  /** HTML of the parts, by their id. */
  readonly parts: Readonly<Record<string, string>>;
  /** By the fault's name. */
  readonly buttons: Readonly<Record<string, ButtonState>>;
  /** What has happened last, for those who do not see the page. */
  readonly news: string;
}

/** What is on the page beside what changes. */
export interface PageFrame {
  readonly demo: Demo;
  /** What its buttons send, so that other pages' cannot. */
  readonly token: string;
  /** How the dashboards are come by, where they are not here; undefined where they are. */
  readonly withoutDashboards: string | undefined;
}

/** What changes on the page, of what is seen now. */
export function pageState(seen: Look, { demo, withoutDashboards }: Omit<PageFrame, "token">): PageState {
  const faults = seen.offers.flatMap((offer): [string, Html | undefined][] => [
    [`forecast-${offer.fault.name}`, html`${forecastInWords(offer)}`],
    [`timeline-${offer.fault.name}`, timeline(offer, seen.time)],
  ]);
  const parts: [string, Html | undefined][] = [
    ["state", stateLine(seen)],
    [
      "dashboards",
      withoutDashboards === undefined
        ? html`<a href="/dashboards">Dashboards</a>`
        : html`${withoutDashboards}`,
    ],
    ["firing", firingList(seen)],
    ["programs", programTable(demo)],
    ["targets", targetTable(seen)],
    ...faults,
  ];
  return {
    parts: Object.fromEntries(parts.map(([id, part]) => [id, part?.text ?? ""])),
    buttons: Object.fromEntries(seen.offers.map((offer) => [offer.fault.name, buttonOf(offer)])),
    news: newsOf(seen.offers),
  };
}

/** The step that came last, in a sentence. */
function newsOf(offers: readonly Offer[]): string {
  const steps = offers.flatMap(({ run }) => run?.happened.map((step) => ({ step, run })) ?? []);
  const last = steps.sort((a, b) => a.step.at - b.step.at).at(-1);
  if (!last) return "";
  const { step, run } = last;
  const what = `${run.fault.title}: ${stepInWords(step, run.fault)}`;
  return step.kind === "fault" ? `${what}.` : `${what}, ${stepTimes(step, run.since).after} after the fault.`;
}

/** The whole page. */
export function renderPage(frame: PageFrame, seen: Look): string {
  const { demo, token } = frame;
  const state = pageState(seen, frame);
  const part = (id: string) => new Html(state.parts[id] ?? "");
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="demo-token" content="${token}" />
        <title>Demo: break it, and see who is told</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/design.css" />
        <link rel="stylesheet" href="/demo.css" />
        <script src="/demo.js" defer></script>
      </head>
      <body>
        <header>
          <h1>The whole system, on this machine</h1>
          <p>
            Break it, and see what Prometheus says of it and who is told.
            <a href="${demo.inbox.url}/">Inbox</a> ·
            <span id="dashboards">${part("dashboards")}</span>
          </p>
          <p class="quiet">${speedInWords(demo.speed)}</p>
          <p id="state" class="state">${part("state")}</p>
          <p id="connection" role="status" hidden></p>
        </header>
        <main>
          <div class="beside">
            <section aria-labelledby="break-heading">
              <h2 id="break-heading">Break it</h2>
              <p id="news" class="visually-hidden" role="status" aria-live="polite"></p>
              <div class="faults">${seen.offers.map((offer) => card(offer, state))}</div>
            </section>
            <section aria-labelledby="firing-heading">
              <h2 id="firing-heading">What is firing</h2>
              <div id="firing">${part("firing")}</div>
            </section>
          </div>
          <section aria-labelledby="programs-heading">
            <h2 id="programs-heading">What runs where</h2>
            <div id="programs">${part("programs")}</div>
          </section>
          <section aria-labelledby="targets-heading">
            <h2 id="targets-heading">Targets</h2>
            <div id="targets">${part("targets")}</div>
          </section>
          <noscript><p>The buttons, and what changes by itself, need JavaScript.</p></noscript>
        </main>
      </body>
    </html>`.text;
}

function card({ fault }: Offer, { parts, buttons }: PageState): Html {
  const { name, title, what } = fault;
  const { action, label } = buttons[name] ?? { action: "none", label: "" };
  return html`<article class="fault" data-fault="${name}">
    <h3 id="title-${name}">${title}</h3>
    <p>${what}</p>
    <p class="quiet" id="forecast-${name}">${new Html(parts[`forecast-${name}`] ?? "")}</p>
    <button
      type="button"
      data-action="${action}"
      aria-disabled="${String(action === "none")}"
      aria-describedby="title-${name}"
    >
      ${label}
    </button>
    <p class="answer" role="alert"></p>
    <div id="timeline-${name}">${new Html(parts[`timeline-${name}`] ?? "")}</div>
  </article>`;
}
