import { html, type Html } from "../../../services/platform/page/html";
import type { CostPart, CostRow, Money, Volume } from "../data/cost";
import { count, difference, many, percent, short } from "../words";
import { bullets, folded, table, type Cell, type Column } from "./pieces";

const right = (heading: string): Column => ({ heading, kind: "number" });
const changes = (first: string): readonly (string | Column)[] => [
  first,
  right("Series before"),
  right("after"),
  right("Difference"),
  right("Samples/s before"),
  right("after"),
];

/** What it costs: in all, by job and metric, and what nothing reads. */
export function costSection({ totals, jobs, metrics, money, unused, relabelling, notes }: CostPart): Html {
  return html`${table(
      "Series and samples in all",
      changes("Counted"),
      totals.map(({ source, before, after }) => row(source, before, after)),
    )}
    ${
      money.length === 0
        ? undefined
        : table(
            "Cost in a month",
            ["Engine", right("Before"), right("After"), right("Difference")],
            money.map(moneyRow),
          )
    }
    ${rows("job", jobs)} ${rows("metric", metrics)}
    <h3>What nothing reads</h3>
    ${
      unused.length === 0
        ? html`<p>Everything that is stored is read.</p>`
        : folded(
            `${many(unused.length, "metric")} that no panel, rule or recorded name reads`,
            table(
              "Metrics that nothing reads",
              ["Metric", "Job", right("Series"), right("Samples/s")],
              unused.map(({ metric, job, series, samplesPerSecond }) => [
                metric,
                job,
                count(series),
                short(samplesPerSecond),
              ]),
            ),
          )
    }
    ${relabelling.map(({ job, yaml, series, samples }) =>
      folded(
        html`What would leave it out of the job <code>${job}</code>: ${percent(series)} of the series,
          ${percent(samples)} of the samples`,
        html`<pre tabindex="0" role="group" aria-label="Relabelling of ${job}">${yaml}</pre>`,
      ),
    )}
    ${bullets(notes)}`;
}

function rows(what: "job" | "metric", all: readonly CostRow[]): Html | undefined {
  if (all.length === 0) return undefined;
  const isChanged = ({ before, after }: CostRow) =>
    before?.series !== after?.series || before?.samplesPerSecond !== after?.samplesPerSecond;
  const changed = all.filter(isChanged);
  const label = `By ${what}: ${many(all.length, what)}, ${changed.length === 0 ? "none" : count(changed.length)} with a change`;
  return folded(
    label,
    table(
      label,
      changes(what === "job" ? "Job" : "Metric"),
      [...changed, ...all.filter((each) => !isChanged(each))].map(({ name, before, after }) =>
        row(name, before, after),
      ),
    ),
    what === "job" && changed.length > 0,
  );
}

function row(name: string, before: Volume | undefined, after: Volume | undefined): Cell[] {
  return [
    name,
    before ? count(before.series) : "–",
    after ? count(after.series) : "–",
    before || after ? difference(before?.series ?? 0, after?.series ?? 0) : "",
    before ? short(before.samplesPerSecond) : "–",
    after ? short(after.samplesPerSecond) : "–",
  ];
}

function moneyRow({ engine, before, after }: Money): Cell[] {
  const dollars = (value: number) => `$${value.toFixed(2)}`;
  return [
    engine,
    before === undefined ? "–" : dollars(before),
    after === undefined ? "–" : dollars(after),
    before === undefined || after === undefined ? "" : difference(before, after, dollars),
  ];
}
