import { parse, stringify } from "yaml";
import type { Deployment } from "../../operations/verify/deployment";
import type { VerifiedSystem } from "./verified-system";

type Undo = () => unknown;

/** Something that is made wrong in a system that runs, and what tells of it. */
export interface Hole {
  readonly what: string;
  /** Makes it; what it gives mends it. */
  readonly make: (system: VerifiedSystem) => Undo | Promise<Undo>;
  /** What is verified in place of the system as it was deployed. */
  readonly of?: (deployment: Deployment) => Deployment;
  /** `Check: text` of the finding. */
  readonly told: RegExp;
}

interface RuleFile {
  groups: { name: string; rules: { alert?: string; record?: string; expr: string }[] }[];
}

/** All that is made wrong while the system runs, but a certificate that is about to end. */
export const holes: readonly Hole[] = [
  {
    what: "a service that was stopped",
    make: async ({ demo }) => {
      await demo.program("order-service").stop();
      return () => demo.program("order-service").restart();
    },
    told: /^Targets: order-service at http:\S+ is down: .*connection refused/,
  },
  {
    what: "a metric that a service exports no longer",
    make: ({ metrics }) => {
      const own = /^(?:# \w+ )?process_resident_memory_bytes\b.*\n/gm;
      metrics.edit = (body) => body.replace(own, "");
      return () => (metrics.edit = (body) => body);
    },
    told: /^Series: process_resident_memory_bytes of product-service has no series; it is read by the panel "/,
  },
  {
    what: "a group of rules that Prometheus does not have",
    make: (system) =>
      changeRules(system, "monitoring.yml", (file) => ({
        groups: file.groups.filter(({ name }) => name !== "watchdog"),
      })),
    told: /^Rules: the group watchdog of monitoring.yml is not loaded/,
  },
  {
    what: "a rule that is not the one that was rendered",
    make: (system) =>
      changeRules(system, "hosts.yml", (file) =>
        withRule(file, "HostHighCpu", (expr) => expr.replace(/[\d.]+$/, "0.99")),
      ),
    told: /^Rules: the group hosts has rules that are not as they were rendered: HostHighCpu$/,
  },
  {
    what: "an Alertmanager with another configuration than the other",
    make: (system) =>
      system.change("alertmanager-2", "etc/alertmanager/alertmanager.yml", (text) => {
        const file = parse(text) as { route: { routes: { receiver: string }[] } };
        file.route.routes = file.route.routes.filter(({ receiver }) => receiver !== "pagerduty-on-call");
        return stringify(file);
      }),
    told: /^Alertmanager: http:\S+ has another configuration: route.routes\[\d\]\.receiver is "/,
  },
  {
    what: "a dashboard that was removed",
    make: ({ grafana }) => {
      const removed = grafana.dashboards.get("service-health");
      grafana.dashboards.delete("service-health");
      return () => removed && grafana.dashboards.set("service-health", removed);
    },
    told: /^Grafana: the dashboard service-health is not there/,
  },
  {
    what: "a data source whose program Grafana does not reach",
    make: ({ grafana }) => {
      grafana.unreached.set("jaeger", "dial tcp: lookup jaeger: no such host");
      return () => grafana.unreached.delete("jaeger");
    },
    told: /^Grafana: the data source jaeger is unhealthy: dial tcp: lookup jaeger: no such host/,
  },
  {
    what: "a data source that Grafana cannot check by itself, and does not reach",
    make: ({ grafana }) => {
      grafana.unreached.set("alertmanager", "dial tcp: connection refused");
      return () => grafana.unreached.delete("alertmanager");
    },
    told: /^Grafana: the data source alertmanager is unhealthy: dial tcp: connection refused/,
  },
  {
    what: "a subscription that nobody has confirmed",
    // The emulator confirms each at once. Of one that waits AWS says this in place of its ARN.
    make: ({ aws }) => {
      aws.edit = (body) =>
        body.replace(
          /<SubscriptionArn>[^<]*<\/SubscriptionArn>/,
          "<SubscriptionArn>PendingConfirmation</SubscriptionArn>",
        );
      return () => (aws.edit = (body) => body);
    },
    told: /^Topics: on-call@shop.test has not confirmed its subscription to \S+-local-critical/,
  },
  {
    what: "a placeholder that was deployed",
    make: () => () => undefined,
    of: ({ environment, ...rest }) => ({
      ...rest,
      environment: {
        ...environment,
        docker: { ...environment.docker, host: "ssh://deploy@monitoring.example.com" },
      },
    }),
    told: /^Placeholders: example.com was deployed: docker.host$/,
  },
  {
    what: "a service that exposes a metric by its former name alone, and rules that read no other",
    make: () => () => undefined,
    of: (deployment) => ({
      ...deployment,
      renamings: [
        { metric: { name: "product_pages_total", type: "counter" }, formerly: "products_viewed_total" },
      ],
    }),
    told: /^Renames: products_viewed_total is being renamed to product_pages_total: product-service \S+ exposes products_viewed_total alone\. the .* reads? products_viewed_total alone\./,
  },
  {
    what: "a group of rules that fails",
    make: (system) =>
      changeRules(system, "hosts.yml", (file) =>
        withRule(
          file,
          "HostHighLoad",
          () =>
            `label_replace(up, "job", "same", "", "") * on (job) group_left label_replace(up, "job", "same", "", "") > 0`,
        ),
      ),
    told: /^Rules: the group hosts cannot be evaluated: HostHighLoad: .*many-to-many/,
  },
];

function changeRules(system: VerifiedSystem, name: string, edit: (file: RuleFile) => RuleFile): Undo {
  return system.change("prometheus", `etc/prometheus/rules/${name}`, (text) =>
    stringify(edit(parse(text) as RuleFile)),
  );
}

function withRule({ groups }: RuleFile, alert: string, edit: (expr: string) => string): RuleFile {
  return {
    groups: groups.map((group) => ({
      ...group,
      rules: group.rules.map((rule) => (rule.alert === alert ? { ...rule, expr: edit(rule.expr) } : rule)),
    })),
  };
}
