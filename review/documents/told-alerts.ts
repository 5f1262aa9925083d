import { standardCases } from "../../alerts/all-cases";
import { type AlertRule, isAlert } from "../../alerts/rule";

import type { Labels } from "../../alerts/routing/matcher";
import { receiversOf } from "../../alerts/routing/routes";
import type { Environment } from "../../environments";
import { servicesOf } from "../../metrics/catalogue";
import { monitoringJobs } from "../../metrics/exporters";
import { routingSettingsOf, rulesOf, system } from "../../stacks/system";

/** An alert as a rule fires it, about one service, and whom an environment's routes tell of it. */
export interface ToldAlert {
  readonly alert: string;
  readonly severity: AlertRule["severity"];
  /** Value of the label `service`. */
  readonly service: string;
  /** Whether it may be about any service: then it is here once for each. */
  readonly ofAnyService: boolean;
  readonly receivers: readonly string[];
}

/** What the cases of the alerts are about, by name: each alert's labels are tested with these. */
const subjects = new Map(
  [...standardCases, ...system.alerts.cases].map(({ alert, labels }) => [alert, labels]),
);
const known: readonly string[] = [...servicesOf(system.catalogue), ...monitoringJobs];

/** The alerts that the rules of an environment can fire, in the rules' order, each once for each service. */
export function toldAlerts(environment: Environment): ToldAlert[] {
  const services = environment.services.map(({ name }) => name);
  const settings = routingSettingsOf(environment);
  const rules = Object.values(rulesOf(environment))
    .flatMap((groups) => groups.flatMap((group) => group.rules))
    .filter(isAlert);
  const all = rules.flatMap(({ alert, severity, labels }) => {
    const own = labels?.service?.includes("{{") === false ? labels.service : undefined;
    const subject = subjects.get(alert)?.service ?? own ?? "";
    const ofAnyService = !known.includes(subject);
    return (own !== undefined ? [own] : ofAnyService ? services : [subject]).map((service) => ({
      alert,
      severity,
      service,
      ofAnyService,
      receivers: receiversOf(settings, labelsOf({ alert, severity, service }, environment)),
    }));
  });
  // A rule for each service, and one for each pair of windows, are one alert.
  return [...new Map(all.map((one) => [`${one.alert} ${one.severity} ${one.service}`, one])).values()];
}

/** The labels of an alert that are known before it fires, with an instance of its case where it is about one. */
export function labelsOf(
  { alert, severity, service }: Pick<ToldAlert, "alert" | "severity" | "service">,
  { name }: Environment,
): Labels {
  const { instance } = subjects.get(alert) ?? {};
  return {
    alertname: alert,
    severity,
    service,
    environment: name,
    ...(instance !== undefined && { instance }),
  };
}
