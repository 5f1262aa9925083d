import type { ReadVersion } from "../../version/version";
import type { AlertmanagerFile } from "../readers/alertmanager-file";
import type { MessageSide } from "../readers/configurations";
import { changedAlertLabels } from "./alert-labels";
import { changedMetrics } from "./metrics";
import { likenessOf, nameLikeness, renamesOf } from "./renames";
import { changedRules } from "./rules";
import { goneOr, isValueOf, type ChangedThing } from "./thing";

/** All that can be read and is not what it was. */
export function changedThings(before: MessageSide, after: MessageSide): readonly ChangedThing[] {
  return [
    ...changedMetrics(before.version.catalogue, after.version.catalogue),
    ...changedRules(before.world, after.world),
    ...changedAlertLabels(before.alerts, after.alerts),
    ...changedServices(before, after),
    ...changedDashboards(before.version, after.version),
    ...changedReceivers(before.configuration, after.configuration),
  ];
}

/** Services and jobs that are not there any more: a service's job has its name. */
function changedServices(before: MessageSide, after: MessageSide): readonly ChangedThing[] {
  const [old, now] = [before, after].map(({ version }) => ({
    services: version.catalogue.services.map(({ name }) => name),
    jobs: [...new Set(version.catalogue.metrics.flatMap(({ exportedBy }) => exportedBy))],
  }));
  if (old === undefined || now === undefined) return [];
  const gone = [...new Set([...old.services, ...old.jobs])].filter(
    (name) => !now.services.includes(name) && !now.jobs.includes(name),
  );
  return gone.map((name): ChangedThing => ({
    subject: { kind: old.services.includes(name) ? "service" : "job", name, change: "gone" },
    words: [],
    explains: (reason) =>
      isValueOf(reason, undefined, "job", name) || isValueOf(reason, undefined, "service", name),
  }));
}

function changedDashboards(before: ReadVersion, after: ReadVersion): readonly ChangedThing[] {
  const named = ({ dashboards }: ReadVersion) => dashboards.map((each) => ({ ...each, name: each.uid }));
  const [old, now] = [named(before), named(after)];
  const gone = old.filter(({ uid }) => !now.some((other) => other.uid === uid));
  const added = now.filter(({ uid }) => !old.some((other) => other.uid === uid));
  const renames = renamesOf(gone, added, (one, other) =>
    likenessOf([[one.title === other.title, 2, "title"]], nameLikeness(one.uid, other.uid)),
  );
  return gone.map((dashboard): ChangedThing => {
    const rename = renames.get(dashboard);
    return {
      ...goneOr(
        { kind: "dashboard", name: dashboard.uid },
        rename && { name: rename.to.uid, because: rename.because },
      ),
      words: [`/d/${dashboard.uid}`],
      explains: () => false,
    };
  });
}

function changedReceivers(old: AlertmanagerFile, now: AlertmanagerFile): readonly ChangedThing[] {
  const gone = old.receivers.filter(({ name }) => !now.receivers.some((other) => other.name === name));
  const added = now.receivers.filter(({ name }) => !old.receivers.some((other) => other.name === name));
  const renames = renamesOf(gone, added, (one, other) =>
    likenessOf([[one.settings === other.settings, 2, "settings"]], nameLikeness(one.name, other.name)),
  );
  const intervals = old.intervals.filter((name) => !now.intervals.includes(name));
  return [
    ...gone.map((receiver): ChangedThing => {
      const rename = renames.get(receiver);
      return {
        ...goneOr(
          { kind: "receiver", name: receiver.name },
          rename && { name: rename.to.name, because: rename.because },
        ),
        words: [],
        quoted: [receiver.name],
        explains: () => false,
      };
    }),
    ...intervals.map((name): ChangedThing => ({
      subject: { kind: "time interval", name, change: "gone" },
      words: [],
      explains: () => false,
    })),
  ];
}
