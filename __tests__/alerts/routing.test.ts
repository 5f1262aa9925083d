import { parse } from "yaml";
import { renderAlertmanagerConfiguration, retentionHours } from "../../alerts/alertmanager-configuration";
import {
  type Inhibition,
  inhibitionProblems,
  inhibitionsOf,
  inhibits,
} from "../../alerts/routing/inhibitions";
import { pagesOf } from "../../alerts/own-alerts";
import { has, is, isOneOf } from "../../alerts/routing/matcher";
import { routingProblems, unreachable } from "../../alerts/routing/problems";
import { receiversOf, type RouteSettings, type RoutingSettings } from "../../alerts/routing/routes";
import { labelsOf, toldAlerts } from "../../review/documents/told-alerts";
import { withEdge } from "../support/edge-environment";
import { loadEnvironments, parseEnvironment } from "../support/environments";
import { system } from "../support/system";

const alerts = [...loadEnvironments(undefined), parseEnvironment(withEdge(), "prod.ts")].flatMap(
  (environment) => toldAlerts(environment).map((told) => labelsOf(told, environment)),
);

const timing = { groupWait: "30s", groupInterval: "5m", repeatInterval: "4h" };
const route = (severity: RouteSettings["severity"], receivers: string[], owner?: string): RouteSettings => ({
  severity,
  receivers,
  ...timing,
  ...(owner !== undefined && { owner }),
});
const services = [
  { name: "api-gateway", owner: "storefront" },
  { name: "order-service", owner: "checkout" },
];
const owners = ["storefront", "identity", "checkout"];
const pages = pagesOf(system.alerts);
const inhibitions = inhibitionsOf(pages);

describe("routes", () => {
  const settings: RoutingSettings = {
    defaultReceiver: "rest",
    heartbeat: "beat",
    routes: [
      route("warning", ["team"]),
      route("warning", ["checkout", "team"], "checkout"),
      route("critical", ["call"]),
    ],
    services,
  };

  it("ask the routes of owners first, wherever they stand", () => {
    const told = receiversOf(settings, { severity: "warning", service: "order-service" });
    expect(told).toEqual(["checkout", "team"]);
    expect(receiversOf(settings, { severity: "warning", service: "api-gateway" })).toEqual(["team"]);
    expect(receiversOf(settings, { severity: "warning" })).toEqual(["team"]);
  });

  it("give the Watchdog to the heartbeat alone, whatever its severity", () => {
    for (const severity of ["none", "critical", "warning", ""]) {
      expect(receiversOf(settings, { alertname: "Watchdog", severity })).toEqual(["beat"]);
    }
  });

  it("tell nobody of the Watchdog where there is no heartbeat", () => {
    const { defaultReceiver, routes } = settings;
    expect(
      receiversOf({ defaultReceiver, routes, services }, { alertname: "Watchdog", severity: "none" }),
    ).toEqual(["nobody"]);
  });

  it("lose no alert: the default receiver has the rest", () => {
    expect(receiversOf(settings, {})).toEqual(["rest"]);
    expect(receiversOf(settings, { severity: "Critical" })).toEqual(["rest"]);
  });
});

describe("the configuration of an environment", () => {
  const [dev] = loadEnvironments("dev");
  if (!dev) throw new Error("There is no dev.");
  const { alerting, services: watched } = dev;
  const rendered = parse(renderAlertmanagerConfiguration(alerting, watched, inhibitions)) as {
    route: { group_by: string[]; routes: Record<string, unknown>[] };
    receivers: { name: string }[];
    time_intervals: unknown[];
  };

  it("groups by what the title names", () => {
    expect(rendered.route.group_by).toEqual(["alertname", "service", "environment"]);
  });

  it("tells of critical alerts when what silences them would have come, and of warnings together", () => {
    const timings = (severity: string) =>
      rendered.route.routes
        .filter(({ matchers }) => (matchers as string[]).includes(`severity="${severity}"`))
        .map((each) => [each.group_wait, each.group_interval, each.repeat_interval]);
    expect(timings("critical")).toEqual([
      ["20s", "1m", "1h"],
      ["20s", "1m", "1h"],
    ]);
    expect(timings("warning")).toEqual([
      ["30s", "5m", "4h"],
      ["30s", "5m", "4h"],
    ]);
  });

  it("has working hours with a time zone, for the warnings alone", () => {
    expect(rendered.time_intervals).toEqual([
      {
        name: "working-hours",
        time_intervals: [
          {
            weekdays: ["monday", "tuesday", "wednesday", "thursday", "friday"],
            times: [{ start_time: "08:00", end_time: "18:00" }],
            location: "Europe/Berlin",
          },
        ],
      },
    ]);
    const waiting = rendered.route.routes.filter((each) => "active_time_intervals" in each);
    expect(new Set(waiting.flatMap(({ matchers }) => matchers as string[]))).toEqual(
      new Set([`severity="warning"`]),
    );
  });

  it("has a receiver that tells nobody", () => {
    expect(rendered.receivers).toContainEqual({ name: "nobody" });
  });
});

describe("how long Alertmanager remembers what it has told", () => {
  const hours = (repeatInterval: string, groupInterval = "5m") =>
    retentionHours({
      defaultReceiver: "a",
      receivers: [],
      routes: [{ ...route("critical", ["a"]), repeatInterval, groupInterval }],
    });

  it("is longer than it waits to tell the same again", () => {
    expect([hours("1h"), hours("95h"), hours("5d"), hours("30d", "1d")]).toEqual([120, 120, 145, 768]);
  });
});

describe("routes that the catalogue does not fit", () => {
  it("are named, with the owners that there are", () => {
    expect(routingProblems([route("warning", ["a"], "chekout")], services, owners)).toEqual([
      {
        path: ["alerting", "routes", 0, "owner"],
        found: "chekout",
        allowed: `an owner of services in the catalogue: ${owners.join(", ")}`,
        candidates: owners,
      },
    ]);
  });

  it("are those of an owner without a service in the environment, too", () => {
    expect(routingProblems([route("warning", ["a"], "identity")], services, owners)).toEqual([
      expect.objectContaining({
        found: "identity",
        allowed: "an owner of one of this environment's services: storefront, checkout",
      }),
    ]);
    expect(
      routingProblems([route("warning", ["a"], "checkout"), route("warning", [])], services, owners),
    ).toEqual([]);
  });

  it("are those that no alert reaches", () => {
    const settings = { defaultReceiver: "a", routes: [route("critical", ["b"], "checkout")], services };
    expect(unreachable(settings, [{ severity: "critical", service: "api-gateway" }], [])).toEqual([
      `no alert reaches the route to "b" of severity="critical", service="order-service"`,
    ]);
  });
});

describe("inhibitions", () => {
  const silenced = (firing: Record<string, string>, told: Record<string, string>) =>
    inhibitions.some((inhibition) => inhibits(inhibition, firing, told));
  const critical = { alertname: "HighErrorRatio", severity: "critical", service: "a", environment: "prod" };

  it.each<[string, boolean, Record<string, string>]>([
    ["the warning of the same alert and service", true, { ...critical, severity: "warning" }],
    ["another critical one", false, critical],
    ["the warning of another service", false, { ...critical, severity: "warning", service: "b" }],
    ["the warning of another environment", false, { ...critical, severity: "warning", environment: "dev" }],
    ["another warning of the service", false, { ...critical, severity: "warning", alertname: "HighLatency" }],
  ])("a critical alert silences %s: %s", (_, expected, told) => {
    expect(silenced(critical, told)).toBe(expected);
  });

  it("a critical burn rate silences the warning of the same objective alone", () => {
    const burn = {
      alertname: "AvailabilityBudgetBurn",
      severity: "critical",
      service: "a",
      objective: "availability",
      long: "1h",
    };
    expect(silenced(burn, { ...burn, severity: "warning", long: "1d" })).toBe(true);
    expect(silenced(burn, { ...burn, severity: "warning", objective: "latency" })).toBe(false);
  });

  it("a full file system silences the warning of itself, not that of another one or another host", () => {
    const full = {
      alertname: "HostFilesystemAlmostFull",
      severity: "critical",
      service: "node-exporter",
      instance: "a",
      mountpoint: "/",
    };
    expect(silenced(full, { ...full, severity: "warning" })).toBe(true);
    expect(silenced(full, { ...full, severity: "warning", mountpoint: "/srv" })).toBe(false);
    expect(silenced(full, { ...full, severity: "warning", instance: "b" })).toBe(false);
  });

  it("a machine that is gone silences all that is told of it, and nothing of another machine", () => {
    const labels = { service: "node-exporter", instance: "web-1", environment: "prod" };
    const down = { ...labels, alertname: "HostDown", severity: "critical" };
    for (const alertname of ["HostHighCpu", "HostFilesystemAlmostFull", "MonitoringTargetDown"]) {
      for (const severity of ["critical", "warning"]) {
        const told = { ...labels, service: "cadvisor", alertname, severity };
        expect(silenced(down, told)).toBe(true);
        expect(silenced(down, { ...told, instance: "web-2" })).toBe(false);
        expect(silenced(down, { ...told, environment: "dev" })).toBe(false);
        expect(silenced(told, down)).toBe(false);
      }
    }
    expect(silenced(down, down)).toBe(false);
    expect(silenced(down, { alertname: "HostsMissing", severity: "critical", environment: "prod" })).toBe(
      false,
    );
  });

  it.each(["HighErrorRatio", "HighLatency", "AvailabilityBudgetBurn", "LatencyBudgetBurn"])(
    "a service that is down silences its %s, critical or not, and that of no other",
    (alertname) => {
      const down = { alertname: "ServiceDown", severity: "critical", service: "a", environment: "prod" };
      for (const severity of ["critical", "warning"]) {
        expect(silenced(down, { alertname, severity, service: "a", environment: "prod" })).toBe(true);
        expect(silenced(down, { alertname, severity, service: "b", environment: "prod" })).toBe(false);
      }
      expect(silenced(down, { ...down, alertname: "CheckoutBroken" })).toBe(false);
    },
  );

  it.each(["AvailabilityBudgetBurn", "LatencyBudgetBurn", "NoOrders", "ContainerRestarting"])(
    "a fault that was told silences the critical %s of its service, and no warning, which is for others",
    (alertname) => {
      const recent = { alertname: "RecentServiceFault", severity: "none", service: "a", environment: "prod" };
      const slow = { ...critical, alertname };
      expect(silenced(recent, slow)).toBe(true);
      expect(silenced(recent, { ...slow, service: "b" })).toBe(false);
      expect(silenced(recent, { ...slow, severity: "warning" })).toBe(false);
      expect(silenced(slow, critical)).toBe(false);
    },
  );

  it("a service that answers with errors silences its orders that fail, not the other way round", () => {
    const orders = { ...critical, alertname: "OrdersFailing" };
    expect(silenced(critical, orders)).toBe(true);
    expect(silenced({ ...critical, severity: "warning" }, orders)).toBe(false);
    expect(silenced(orders, critical)).toBe(false);
  });

  it("never go both ways: two alerts that silence each other would both be lost", () => {
    const both = alerts.filter((one) => alerts.some((other) => silenced(one, other) && silenced(other, one)));
    expect(both).toEqual([]);
  });

  it("alerts of nothing in particular do not silence one another", () => {
    const nothing = { alertname: "Deadlock", severity: "critical" };
    expect(silenced(nothing, { ...nothing, severity: "warning" })).toBe(false);
    expect(silenced({ alertname: "ServiceDown", severity: "critical" }, { alertname: "HighLatency" })).toBe(
      false,
    );
  });
});

describe("inhibitions that are wrong are named", () => {
  const wrong = (change: Partial<Inhibition>): readonly string[] =>
    inhibitionProblems(
      [
        {
          name: "test",
          source: [is("severity", "critical"), has("service")],
          target: [is("severity", "warning"), has("service")],
          equal: ["service"],
          ...change,
        },
      ],
      alerts,
    );

  it("ours are not", () => {
    expect(inhibitionProblems(inhibitions, alerts)).toEqual([]);
    expect(wrong({})).toEqual([]);
  });

  it("of itself", () => {
    expect(wrong({ target: [isOneOf("severity", ["critical", "warning"]), has("service")] })).toEqual([
      `inhibition "test": is of itself: ServiceDown matches both sides`,
    ]);
  });

  it("of an alert that there is not", () => {
    expect(wrong({ source: [is("alertname", "ServiceDwon"), has("service")] })).toEqual([
      `inhibition "test": no alert matches alertname="ServiceDwon"`,
    ]);
  });

  it("of alerts that have no label in common", () => {
    const message = `inhibition "test": alerts that have none of the labels service, instance would count as being about the same`;
    expect(wrong({ target: [is("severity", "warning")] })).toEqual([message]);
    expect(wrong({ equal: ["environment"] })).toEqual([message]);
  });
});
