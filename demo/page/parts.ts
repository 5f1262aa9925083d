import type { Demo } from "../demo";
import type { PrometheusAlert } from "../../operations/clients/prometheus-client";
import { describeVersion, missingPrograms, purposeOf, spansOfYours, withDockerOnly } from "../words";
import { html, type Html } from "../../services/platform/page/html";
import type { Look } from "./look";

/** How many requests there are, what fails of them, and how many messages came, in a line. */
export function stateLine({ status, targets }: Look): Html {
  const { requests, messages, ended } = status;
  const percent = requests && requests.perSecond > 0 ? requests.failedPerSecond / requests.perSecond : 0;
  const parts = [
    targets &&
      `${String(targets.filter(({ health }) => health === "up").length)} of ${String(targets.length)} targets up`,
    requests &&
      `${requests.perSecond.toFixed(1)} requests a second, ${(percent * 100).toFixed(1)} % of them failed`,
    messages === undefined
      ? undefined
      : `${String(messages)} message${messages === 1 ? "" : "s"} in the inbox`,
    ended.length > 0 ? `not running: ${ended.join(", ")}` : undefined,
  ];
  return html`${parts.filter((part) => part !== undefined).join(" · ")}`;
}

/** The alerts that fire, the worst first; those apart that fire all the time. */
export function firingList({ alerts }: Look): Html {
  if (!alerts) return html`<p>Nobody can tell: Prometheus is missing or does not answer.</p>`;
  const firing = alerts.filter(({ state }) => state === "firing");
  const isSilent = ({ labels }: PrometheusAlert) => labels.severity === "none";
  const told = firing.filter((alert) => !isSilent(alert));
  const rank = ({ labels }: PrometheusAlert) => (labels.severity === "critical" ? 0 : 1);
  const rows = [...told]
    .sort((a, b) => rank(a) - rank(b) || nameOf(a).localeCompare(nameOf(b)))
    .map((alert) => {
      const { severity = "", service = "" } = alert.labels;
      return html`<li data-severity="${severity}">
        <strong class="severity">${severity === "critical" ? "▲ critical" : severity}</strong>
        ${nameOf(alert)} of ${service}
        <span class="quiet">${alert.annotations.summary}</span>
      </li>`;
    });
  const list = html`<ul class="firing">
    ${rows}
  </ul>`;
  return html`${rows.length === 0 ? html`<p>Nothing: all is well.</p>` : list}
  ${forAlertmanager(firing.filter(isSilent))}`;
}

/** What fires for Alertmanager alone. */
function forAlertmanager(silent: readonly PrometheusAlert[]): Html {
  const names = [...new Set(silent.map(nameOf))].sort();
  return html`<p class="quiet">
    ${names.length > 0 ? `Besides, for Alertmanager alone: ${names.join(", ")}.` : undefined}
  </p>`;
}

function nameOf({ labels }: PrometheusAlert): string {
  return labels.alertname ?? "";
}

/** What runs where, and what does not. */
export function programTable(demo: Demo): Html {
  const rows = demo.programs.map(
    ({ name, url, isRunning }) =>
      html`<tr data-running="${String(isRunning)}">
        <th scope="row">${name}</th>
        <td><a href="${url}">${url.replace("http://", "")}</a></td>
        <td>
          ${isRunning ? "" : html`<strong class="bad">✗ not running</strong> `}${purposeOf(name, demo.pages[name] ?? [])}
        </td>
      </tr>`,
  );
  const watched = demo.watched.map(({ name, host, port, metricsPath }) => {
    const url = `http://${host}:${String(port)}`;
    return html`<tr>
      <th scope="row">${name}</th>
      <td><a href="${url}">${url.replace("http://", "")}</a></td>
      <td>yours: its metrics are read at ${metricsPath}</td>
    </tr>`;
  });
  const notes = [
    ...spansOfYours(demo),
    ...demo.versions.map(describeVersion),
    ...missingPrograms(demo),
    ...withDockerOnly(demo),
  ];
  return html`${scrollTable("What runs where", ["What", "Where", "What for"], [...rows, ...watched])}
    <ul class="notes quiet">
      ${notes.map((note) => html`<li>${note}</li>`)}
    </ul>`;
}

/** What Prometheus scrapes, and whether it can. */
export function targetTable({ targets }: Look): Html {
  if (!targets) return html`<p>Nobody can tell: Prometheus is missing or does not answer.</p>`;
  const signs = { up: "✓ up", down: "✗ down", unknown: "not scraped yet" } as const;
  const rows = [...targets]
    .sort((a, b) => a.scrapePool.localeCompare(b.scrapePool))
    .map(
      ({ scrapePool, scrapeUrl, health, lastError }) =>
        html`<tr>
          <th scope="row">${scrapePool}</th>
          <td class="${health === "up" ? "good" : "bad"}">${signs[health]}</td>
          <td><a href="${scrapeUrl}">${scrapeUrl.replace("http://", "")}</a> ${lastError}</td>
        </tr>`,
    );
  return scrollTable("Targets", ["Job", "State", "Its metrics"], rows);
}

/** A table that scrolls where it is wider than the page. */
function scrollTable(label: string, headings: readonly string[], rows: readonly Html[]): Html {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${label}">
    <table>
      <thead>
        <tr>
          ${headings.map((heading) => html`<th scope="col">${heading}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
