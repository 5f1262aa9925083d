import { html, type Html } from "../../../services/platform/page/html";
import type { AlertChange, AlertsPart, AlertSide, Audience, Tally } from "../data/alerts";
import { firingOf, noTally, sumOf } from "../tallies";
import { count, difference, duration, many } from "../words";
import { wokenInWords } from "../verdicts";
import { shortTime } from "../zoned";
import { calendars } from "./calendar";
import { messagePairs } from "./messages";
import { bullets, changeSign, folded, severitySign, table, type Cell } from "./pieces";
import { sweepChart } from "./sweep";
import { timelineChart } from "./timeline";

const audiences: Readonly<Record<Audience, string>> = {
  wakes: "wakes somebody",
  people: "people read it",
  machine: "machines alone",
};

/** Who would have been woken: figures first, then each alert, then what nobody is told of. */
export function alertsSection(part: AlertsPart, zone: string): Html {
  const { alerts, calendar, untold, messages, sweep, unknown } = part;
  return html`<p class="headline">${wokenInWords(part)}</p>
    <h3>Receivers</h3>
    ${receiverTable(part)}
    <h3>Alerts</h3>
    ${alertTable(alerts)}
    ${
      calendar.days.length === 0
        ? undefined
        : html`<h3>When</h3>
            ${calendars(calendar)}`
    }
    ${timelines(alerts, zone)}
    ${
      sweep
        ? html`<h3>Messages by the value of a setting</h3>
            ${sweepChart(sweep)}`
        : undefined
    }
    <h3>What nobody would have been told</h3>
    ${
      untold.length === 0
        ? html`<p>Somebody is told of everything that fired.</p>`
        : table(
            "What nobody would have been told",
            ["Alert", "Severity", "Why", "By", "Before", "After", "First"],
            untold.map(({ alert, severity, why, by, before, after, first }) => [
              alert,
              severitySign(severity),
              why,
              by,
              many(before, "time"),
              many(after, "time"),
              shortTime(first, zone),
            ]),
          )
    }
    ${
      messages.length === 0
        ? undefined
        : html`<h3>Messages as their receivers show them</h3>
            ${messagePairs(messages, zone)}`
    }
    <h3>What a replay cannot know</h3>
    ${bullets(unknown) ?? html`<p>Nothing was named.</p>`}`;
}

function receiverTable({ receivers }: AlertsPart): Html {
  const row = (name: Cell, told: string, before: Tally | undefined, after: Tally | undefined): Cell[] => {
    const [was, is] = [before ?? noTally, after ?? noTally];
    return [
      name,
      told,
      before ? count(firingOf(was)) : "no such receiver",
      after ? count(firingOf(is)) : "no such receiver",
      difference(firingOf(was), firingOf(is)),
      count(was.night),
      count(is.night),
      `${count(was.resolved)} → ${count(is.resolved)}`,
    ];
  };
  const read = receivers.filter(({ audience }) => audience !== "machine");
  const sum = row(
    html`<strong>All that people read</strong>`,
    "",
    sumOf(read.map(({ before }) => before)),
    sumOf(read.map(({ after }) => after)),
  );
  const order: readonly Audience[] = ["wakes", "people", "machine"];
  const sorted = order.flatMap((kind) => receivers.filter(({ audience }) => audience === kind));
  return table(
    "Messages by receiver",
    [
      "Receiver",
      "Who reads it",
      { heading: "Before", kind: "number" },
      { heading: "After", kind: "number" },
      { heading: "Difference", kind: "number" },
      { heading: "At night before", kind: "number" },
      { heading: "after", kind: "number" },
      { heading: "Of an end", kind: "number" },
    ],
    [
      ...sorted.map(({ receiver, audience, before, after }) =>
        row(receiver, audiences[audience], before, after),
      ),
      ...(read.length > 1 ? [sum] : []),
    ],
  );
}

/** The alerts whose rule or number of messages changes, and the others folded. */
function alertTable(alerts: readonly AlertChange[]): Html {
  const differs = (alert: AlertChange) =>
    alert.change !== "same" || toldBy(alert.before) !== toldBy(alert.after);
  const weight = (alert: AlertChange) => Math.abs(toldBy(alert.after) - toldBy(alert.before));
  const changed = alerts.filter(differs).sort((a, b) => weight(b) - weight(a));
  const same = alerts.filter((alert) => !differs(alert));
  return html`${
    changed.length === 0
      ? html`<p>No alert tells more or less than before.</p>`
      : table("Alerts that change", alertColumns, changed.map(alertRow))
  }
  ${
    same.length === 0
      ? undefined
      : folded(
          `${many(same.length, "alert")} with as many messages as before`,
          table("Alerts that tell the same", alertColumns, same.map(alertRow)),
        )
  }`;
}

const alertColumns = [
  "Alert",
  "Severity",
  "Rule",
  { heading: "Fired", kind: "number" },
  { heading: "For", kind: "number" },
  { heading: "Messages", kind: "number" },
  { heading: "At night", kind: "number" },
  "Told",
] as const;

function alertRow({ alert, severity, change, what, source, before, after }: AlertChange): Cell[] {
  const both = (say: (side: AlertSide) => string) =>
    [before, after].map((side) => (side ? say(side) : "–")).join(" → ");
  return [
    html`${alert} ${source === undefined ? undefined : html`<small class="quiet">${source}</small>`}`,
    severitySign(severity),
    html`${changeSign(change)} ${bullets(what, "what")}`,
    both(({ firings }) => count(firings)),
    both(({ firingSeconds }) => duration(firingSeconds)),
    both((side) => count(toldBy(side))),
    both(({ told }) => count(told.night)),
    receiversOf(before, after),
  ];
}

function toldBy(side: AlertSide | undefined): number {
  return side ? firingOf(side.told) : 0;
}

function receiversOf(before: AlertSide | undefined, after: AlertSide | undefined): Html {
  const all = [...new Set([...(before?.receivers ?? []), ...(after?.receivers ?? [])])];
  return html`${all.map((name, index) => {
    const [was, is] = [before?.receivers.includes(name), after?.receivers.includes(name)];
    const shown = was === is ? html`${name}` : is ? html`<ins>${name}</ins>` : html`<del>${name}</del>`;
    return html`${index > 0 ? ", " : ""}${shown}`;
  })}`;
}

function timelines(alerts: readonly AlertChange[], zone: string): Html | undefined {
  const drawn = alerts.filter((alert) => alert.timelines.length > 0);
  if (drawn.length === 0) return undefined;
  return html`<h3 id="timelines">Timelines</h3>
    <p class="quiet">
      ▲ a message that it fires, ▼ one of its end, a bar while it fires, a thin line while it waits for its
      <code>for</code>.
    </p>
    <div class="folds">${drawn.map((alert) => timelinesOf(alert, zone))}</div>`;
}

function timelinesOf(change: AlertChange, zone: string): Html {
  const { alert, before, after } = change;
  const told = `${count(toldBy(before))} → ${count(toldBy(after))} messages`;
  return folded(
    html`<span class="name">${alert}</span> ${changeSign(change.change)} <span class="quiet">${told}</span>`,
    html`${expressions(before?.expression, after?.expression)}
    ${change.timelines.map((timeline) => timelineChart(timeline, alert, zone))}`,
    change.change !== "same",
  );
}

/** Both versions of an expression, or the one where they are the same. */
function expressions(before: string | undefined, after: string | undefined): Html {
  if (before === after) return html`<pre class="wrapped">${after}</pre>`;
  return html`<div class="pair">
    <div>
      <p class="side" data-side="before">Before</p>
      ${before === undefined ? html`<p>There is no such alert.</p>` : html`<pre class="wrapped">${before}</pre>`}
    </div>
    <div>
      <p class="side" data-side="after">After</p>
      ${after === undefined ? html`<p>There is no such alert.</p>` : html`<pre class="wrapped">${after}</pre>`}
    </div>
  </div>`;
}
