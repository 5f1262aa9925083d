import type { AlertCase, CaseSeries } from "../../alerts/cases";
import type { AlertRule } from "../../alerts/rule";
import { entriesOf } from "../../metrics/catalogue";
import { everyService, everyTarget } from "../../metrics/targets";
import { seriesNames, storesSeries } from "../../signals/stored-series";
import type { Watched } from "../../signals/watched";

type Labels = Readonly<Record<string, string>>;

/** Labels that a scrape gives, which a case may have written as it liked. */
const ofTarget = ["job", "instance", "service", "environment"];

/** One of an environment's targets. */
interface Target {
  readonly job: string;
  readonly labels: Labels;
}

/**
 * The series of a case as this environment's own targets export them: with their jobs, instances and labels.
 * Those of further instances than there are targets are left out.
 * @throws Error for a series that no target exports, or that is not stored
 */
export function placedSeries(watched: Watched, rule: AlertRule, one: AlertCase): CaseSeries[] {
  const instances = new Map<string, string[]>();
  const placed = one.series.flatMap((input) => {
    const { name, labels } = read(input.series);
    const targets = targetsOf(watched, name, { ...labels, ...fixed(rule) });
    const [first] = targets;
    if (first === undefined) throw new Error(`No target exports ${name} as ${input.series} has it.`);
    // Other instances in the case are other targets here.
    const known = instances.get(first.job) ?? [];
    const { instance } = labels;
    if (instance !== undefined && !known.includes(instance)) known.push(instance);
    instances.set(first.job, known);
    // One of no instance is of the first.
    const target = targets[instance === undefined ? 0 : known.indexOf(instance)];
    // An instance more than there are here is not there.
    if (target === undefined) return [];
    const own = Object.entries(labels).filter(([label]) => !ofTarget.includes(label));
    const all = { ...Object.fromEntries(own), ...target.labels };
    const text = Object.entries(all).map(([label, value]) => `${label}="${value}"`);
    return [{ ...input, series: `${name}{${text.join(", ")}}` }];
  });
  const texts = placed.map(({ series }) => series);
  const twice = texts.find((text, index) => texts.indexOf(text) !== index);
  if (twice !== undefined) throw new Error(`Two series of the case are the same here: ${twice}`);
  return placed;
}

/** The targets that export a series whose job, service and environment are as a case or a rule says, if it does. */
function targetsOf(
  { environment, catalogue, jobs }: Watched,
  name: string,
  wanted: Labels,
): readonly Target[] {
  const entry = entriesOf(catalogue).find((each) => seriesNames(each).includes(name));
  if (entry === undefined) return [];
  const services: readonly string[] = environment.services.map((each) => each.name);
  const by = (job: string) =>
    entry.exportedBy.some(
      (each) => each === job || each === everyTarget || (each === everyService && services.includes(job)),
    );
  const isKept = (job: (typeof jobs)[number]) =>
    entry.exportedBy.includes(everyTarget) || storesSeries(job, name);
  const exporting = jobs.filter((job) => by(job.jobName) && isKept(job));
  const isOfService =
    wanted.service !== undefined && (wanted.job === undefined || wanted.job === wanted.service);
  const asked = exporting.filter(({ jobName }) => jobName === (wanted.job ?? wanted.service));
  const alike = exporting.filter(({ jobName }) => services.includes(jobName) === isOfService);
  const [job] = asked.length > 0 ? asked : alike.length > 0 ? alike : exporting;
  if (job === undefined) return [];
  return job.staticConfigs.flatMap(({ targets, labels = {} }) =>
    targets.map((address) => ({
      job: job.jobName,
      labels: { job: job.jobName, instance: address, ...labels },
    })),
  );
}

/** Labels of a rule that no template gives. */
function fixed({ labels = {} }: AlertRule): Labels {
  return Object.fromEntries(
    Object.entries(labels).filter(([label, value]) => label === "service" && !value.includes("{{")),
  );
}

function read(series: string): { name: string; labels: Labels } {
  const [, name = "", inner = ""] = /^([^{]+)\{(.*)\}$/s.exec(series) ?? [];
  return {
    name,
    labels: Object.fromEntries(
      [...inner.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label = "", value = ""]) => [label, value]),
    ),
  };
}
