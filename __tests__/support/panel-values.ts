import type { Page } from "playwright-core";
import type { Dashboard } from "../../dashboards/lint/dashboard";
import { type AnsweredSeries, type AnsweredTarget, typeOf } from "./grafana-queries";
import { panel } from "./preview-page";
import { shows } from "./shown-values";

type PanelJson = Dashboard["panels"][number]["json"];

/** A series as a panel shows it: its name, and the texts of its values. */
interface ShownSeries {
  readonly name: string;
  readonly texts: readonly string[];
}

/** A series as Prometheus answered it: its name, and the values that the panel must show. */
interface WantedSeries {
  readonly name: string;
  readonly values: readonly number[];
}

/** What of a dashboard's panels is not what Prometheus answers, as sentences; empty where all is. */
export async function differences(
  page: Page,
  dashboard: Dashboard,
  answers: readonly AnsweredTarget[],
): Promise<{ readonly wrong: readonly string[]; readonly compared: number }> {
  const wrong: string[] = [];
  let compared = 0;
  for (const { json, name } of dashboard.panels) {
    // In place of log lines there is a note, which has a test of its own.
    if (json.type === "row" || typeOf(json.datasource) === "loki") continue;
    const answered = answers.filter(({ panelId }) => panelId === json.id);
    const one = await ofPanel(page, json, answered);
    compared += one.compared;
    wrong.push(...one.wrong.map((text) => `${dashboard.uid}: ${name}: ${text}`));
  }
  return { wrong, compared };
}

async function ofPanel(page: Page, json: PanelJson, answered: readonly AnsweredTarget[]) {
  switch (json.type) {
    case "timeseries":
      return compare(json, await legend(page, json), inLegend(json, answered), (series) => {
        const numbers = finite(series);
        return numbers.length === 0 ? [] : calcsOf(json).map((calc) => calculated[calc](numbers));
      });
    case "bargauge":
    case "stat":
      return compare(json, await bigValues(page, json), answered, ({ samples }) => [
        samples.at(-1)?.value ?? NaN,
      ]);
    case "heatmap":
      return heatmap(page, json, answered);
    default:
      return { wrong: [`the test knows no panels of the kind ${json.type}`], compared: 0 };
  }
}

/** The targets whose series the legend has: it may be told to leave those of a query out. */
function inLegend(
  { fieldConfig }: PanelJson,
  answered: readonly AnsweredTarget[],
): readonly AnsweredTarget[] {
  const { overrides = [] } = (fieldConfig ?? {}) as {
    readonly overrides?: readonly {
      readonly matcher: { readonly id: string; readonly options?: unknown };
      readonly properties: readonly { readonly id: string; readonly value?: { readonly legend?: boolean } }[];
    }[];
  };
  const hidden = overrides
    .filter(({ properties }) => properties.some(({ id, value }) => id === "custom.hideFrom" && value?.legend))
    .map(({ matcher }) => String(matcher.options));
  return answered.filter(({ name }) => !hidden.some((refId) => name.endsWith(`: ${refId}`)));
}

function compare(
  json: PanelJson,
  shown: readonly ShownSeries[] | string,
  answered: readonly AnsweredTarget[],
  valuesOf: (series: AnsweredSeries) => readonly number[],
) {
  const wanted = answered.flatMap(({ answer, legendFormat }) =>
    answer.map((series): WantedSeries => ({ name: nameOf(legendFormat, series), values: valuesOf(series) })),
  );
  const nothing = noValue(json);
  if (typeof shown === "string") {
    const isRight = wanted.length === 0 && shown === nothing;
    return { wrong: isRight ? [] : [`shows "${shown}", wanted ${inWords(wanted)}`], compared: 1 };
  }
  const left = [...shown];
  const unit = json.fieldConfig?.defaults?.unit ?? "short";
  const missing = wanted.filter(({ name, values }) => {
    const index = left.findIndex(
      (one) =>
        (one.name === name || one.name === "") &&
        one.texts.length === Math.max(values.length, one.texts.length) &&
        values.every((value, place) => isShown(one.texts[place] ?? "", unit, value)),
    );
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  const wrong =
    missing.length + left.length > 0 ? [`shows ${JSON.stringify(left)}, wanted ${inWords(missing)}`] : [];
  return { wrong, compared: wanted.reduce((sum, { values }) => sum + values.length, 0) };
}

function isShown(text: string, unit: string, value: number): boolean {
  return Number.isNaN(value) ? text === "NaN" : shows(text, unit, value);
}

/** The least and the greatest count of a bucket, at the ends of the scale. */
async function heatmap(page: Page, json: PanelJson, answered: readonly AnsweredTarget[]) {
  const [target] = answered;
  const buckets = [...(target?.answer ?? [])].sort((one, other) => boundOf(one) - boundOf(other));
  const counts = buckets.flatMap(({ samples }, index) => {
    const below = new Map(buckets[index - 1]?.samples.map(({ time, value }) => [time, value]));
    return samples.map(({ time, value }) => value - (below.get(time) ?? 0));
  });
  const { filterValues } = json.options as { filterValues: { le: number } };
  const filled = counts.filter((count) => count > filterValues.le);
  const place = panel(page, json.id ?? NaN);
  if (filled.length === 0) {
    const text = await place.locator(".panel-message").innerText();
    return { wrong: text === noValue(json) ? [] : [`shows "${text}", wanted ${noValue(json)}`], compared: 1 };
  }
  const ends = await place.locator(".heatmap-scale > span").allInnerTexts();
  const wanted = [Math.min(...filled), Math.max(...filled)];
  const texts = ends.filter((text) => text !== "");
  const isRight =
    texts.length === 2 && wanted.every((value, index) => shows(texts[index] ?? "", "short", value));
  return {
    wrong: isRight ? [] : [`its scale goes from ${texts.join(" to ")}, wanted ${wanted.join(" to ")}`],
    compared: 2,
  };
}

function boundOf({ metric }: AnsweredSeries): number {
  return Number((metric.le ?? "").replace("Inf", "Infinity"));
}

function finite({ samples }: AnsweredSeries): readonly number[] {
  return samples.map(({ value }) => value).filter(Number.isFinite);
}

function nameOf(legendFormat: string, { metric }: AnsweredSeries): string {
  return legendFormat.replace(/\{\{(\w+)\}\}/g, (_whole, label: string) => metric[label] ?? "").trim();
}

function noValue({ fieldConfig }: PanelJson): string {
  return (fieldConfig?.defaults as { noValue?: string } | undefined)?.noValue ?? "No data";
}

function inWords(wanted: readonly WantedSeries[]): string {
  return wanted.map(({ name, values }) => `${name}: ${values.join(" and ")}`).join(", ") || "nothing";
}

/** What a legend shows of the values of a series. */
const calculated = {
  lastNotNull: (numbers: readonly number[]) => numbers.at(-1) ?? NaN,
  max: (numbers: readonly number[]) => Math.max(...numbers),
  min: (numbers: readonly number[]) => Math.min(...numbers),
};

function calcsOf({ options }: PanelJson): readonly (keyof typeof calculated)[] {
  const { legend: shown } = options as { legend: { calcs: readonly (keyof typeof calculated)[] } };
  return shown.calcs;
}

/** The rows or entries of a graph's legend, or what it says where it has none. */
async function legend(page: Page, json: PanelJson): Promise<readonly ShownSeries[] | string> {
  const place = panel(page, json.id ?? NaN);
  const message = place.locator(".panel-message");
  if ((await message.count()) > 0) return message.innerText();
  const columns = await place.locator("thead th").count();
  if (columns === 0) {
    return (await place.locator("li:has(li)").allInnerTexts()).map((text) => {
      const [, name = text, value = ""] = /^(.*?)\s*Last \*:\s*(.*)$/s.exec(text) ?? [];
      return { name: name.trim(), texts: [value.trim()] };
    });
  }
  const cells = (await place.locator("tbody td").allInnerTexts()).map((text) => text.trim());
  return Array.from({ length: cells.length / columns }, (_, row) => {
    const own = cells.slice(row * columns, (row + 1) * columns);
    const texts = own.slice(-calcsOf(json).length);
    return { name: own.at(-texts.length - 1) ?? "", texts };
  });
}

/** The numbers of a panel with their names, where it shows those. */
async function bigValues(page: Page, json: PanelJson): Promise<readonly ShownSeries[] | string> {
  const text = await panel(page, json.id ?? NaN).innerText();
  const [, ...lines] = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  if (lines.length === 1 && lines[0] === noValue(json)) return lines[0];
  const { textMode } = (json.options ?? {}) as { textMode?: string };
  if (textMode === "value") return lines.map((line) => ({ name: "", texts: [line] }));
  return lines.flatMap((name, index) => (index % 2 === 0 ? [{ name, texts: [lines[index + 1] ?? ""] }] : []));
}
