import { objectiveAlerts, objectiveSeries } from "../../../metrics/objectives";
import { gauge, type KnownSeries } from "../../../dashboards/known-traffic/series";
import { busy } from "../../../dashboards/known-traffic/timeline";
import type { Environment } from "../../../environments";

/** What the rules of the objectives recorded of the week before, of which nothing else is left: it went well. */
export function objectiveHistory({ services }: Environment): KnownSeries[] {
  return services.flatMap(({ name: service, publicUrl }, index) =>
    Object.keys(objectiveAlerts).flatMap((objective) => {
      if (objective === "reachability" && publicUrl === undefined) return [];
      const labels = { service, objective };
      const events = (time: number) => (55 - 12 * index) * busy(time);
      const errors = objective === "availability" ? 0.0002 : 0.0021 + 0.0009 * index;
      return [
        gauge(objectiveSeries.events.name, labels, events),
        gauge(objectiveSeries.errors.name, labels, (time) => errors * events(time)),
      ];
    }),
  );
}
