import { readConfiguration } from "../../../review/alertmanager/configuration";
import type { Told } from "../../../review/alertmanager/notification";
import { replayAlertmanager, type ReplayOptions } from "../../../review/alertmanager/replay";
import type { Firing } from "../../../review/replay/firing";
import { firingOf } from "../../support/firings";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const start = Date.UTC(2026, 6, 4, 12);

const root = `
route:
  receiver: team
  group_by: [alertname]
  group_wait: 30s
  group_interval: 5m
  repeat_interval: 4h
`;
const receivers = `
receivers:
  - name: team
    webhook_configs: [{ url: "http://127.0.0.1" }]
  - name: quiet
    slack_configs: [{ api_url: "http://127.0.0.1", channel: "#a" }]
  - name: nobody
time_intervals:
  - name: nights
    time_intervals: [{ times: [{ start_time: "22:00", end_time: "24:00" }], location: Europe/Berlin }]
`;

function told(
  firings: readonly Firing[],
  {
    routes = "",
    inhibitions = "",
    ...options
  }: Partial<ReplayOptions> & { routes?: string; inhibitions?: string } = {},
): Told {
  const configuration = readConfiguration(root + routes + receivers + inhibitions);
  return replayAlertmanager(firings, configuration, {
    from: start - hour,
    to: start + 24 * hour,
    ...options,
  });
}

/** When, in seconds from the start, and why; with how many alerts of each state. */
function summary({ notifications }: Told): readonly string[] {
  return notifications.map(({ time, receiver, reason, alerts }) => {
    const firing = alerts.filter(({ status }) => status === "firing").length;
    const counts = `${String(firing)}+${String(alerts.length - firing)}`;
    return `${String((time - start) / second)} ${receiver} ${reason} ${counts}`;
  });
}

const late = (labels: Record<string, string>, from: number, to?: number) =>
  firingOf({ alertname: "ParcelsLate", ...labels }, start + from, to === undefined ? undefined : start + to);

describe("a replay of Alertmanager", () => {
  it("waits for the group, says what is new at the interval, and repeats after the repeat interval has passed", () => {
    const firings = [late({ depot: "a" }, 0, 5 * hour), late({ depot: "b" }, minute, 5 * hour)];
    expect(summary(told(firings))).toEqual([
      "30 team first 1+0",
      "330 team more alerts 2+0",
      // 4 h after the last one, at 14730 s, the delivery is not yet so long ago.
      "15030 team repeated 2+0",
      "18030 team resolved 0+2",
    ]);
  });

  it("tells some that are over while others fire, where the receiver wants it", () => {
    const firings = [late({ depot: "a" }, 0, 2 * minute), late({ depot: "b" }, 0, hour)];
    expect(summary(told(firings))).toEqual([
      "30 team first 2+0",
      "330 team some resolved 1+1",
      "3630 team resolved 0+1",
    ]);
    const routes = "  routes: [{ receiver: quiet, matchers: ['depot=~\".+\"'] }]";
    expect(summary(told(firings, { routes }))).toEqual(["30 quiet first 2+0"]);
  });

  it("tells again that an alert is over, which Prometheus says for 15 minutes, once more has been told of its group", () => {
    const firings = [
      late({ depot: "a" }, 0, 2 * minute),
      late({ depot: "b" }, 0, hour),
      late({ depot: "c" }, 5 * minute + 45 * second, hour),
    ];
    expect(summary(told(firings)).slice(0, 3)).toEqual([
      "30 team first 2+0",
      "330 team some resolved 1+1",
      // Prometheus has sent the end of a again at 195 s, … 420 s.
      "630 team more alerts 2+1",
    ]);
  });

  it("says why nobody was told", () => {
    const routes = `
  routes:
    - { receiver: nobody, matchers: ['severity="none"'] }
    - { receiver: team, matchers: ['depot="night"'], mute_time_intervals: [nights] }
`;
    const inhibitions = `
inhibit_rules:
  - { source_matchers: ['severity="critical"'], target_matchers: ['severity="warning"'], equal: [depot] }
`;
    // 22:30 in Berlin is 20:30 UTC in July.
    const night = 8.5 * hour;
    const critical = late({ depot: "a", severity: "critical" }, 0, hour);
    const firings = [
      critical,
      firingOf({ alertname: "Slow", depot: "a", severity: "warning" }, start, start + hour),
      late({ severity: "none" }, 0, hour),
      late({ depot: "night" }, night, night + 20 * minute),
      firingOf({ alertname: "Short" }, start, start + 15 * second),
    ];
    const result = told(firings, { routes, inhibitions });
    expect(result.untold.map(({ firing, why }) => [firing, why])).toEqual([
      [firings[1], { kind: "inhibited", by: critical }],
      [firings[2], { kind: "no receiver", receiver: "nobody" }],
      [firings[3], { kind: "muted", receiver: "team", interval: "nights" }],
      [firings[4], { kind: "over before it was told", receiver: "team" }],
    ]);
    expect(summary(result)).toEqual(["30 team first 1+0", "3630 team resolved 0+1"]);
  });

  it("keeps a group for as long as Prometheus says that its alert is over, and waits anew after that", () => {
    const again = (after: number) =>
      summary(told([late({}, 0, 45 * second), late({}, after, after + hour)])).slice(2, 3);
    // The group was made anew, and flushed, by what Prometheus said at 345 s and 420 s.
    expect(again(7 * minute + 30 * second)).toEqual(["480 team first 1+0"]);
    expect(again(30 * minute)).toEqual(["1830 team first 1+0"]);
  });

  it("replays 30 days of an alert that fires all the time, and of thousands of others, in seconds", () => {
    const month = 30 * 24 * hour;
    const watchdog = firingOf({ alertname: "Watchdog" }, start, undefined);
    const others = Array.from({ length: 3000 }, (_, index) =>
      late(
        { depot: String(index % 50), parcel: String(index) },
        index * 14 * minute,
        index * 14 * minute + 20 * minute,
      ),
    );
    const routes =
      "  routes: [{ matchers: ['alertname=\"Watchdog\"'], group_wait: 0s, group_interval: 30s, repeat_interval: 1m }]";
    const began = process.cpuUsage();
    const shares: number[] = [];
    const result = told([watchdog, ...others], {
      routes,
      to: start + month,
      progress: (share) => shares.push(share),
    });
    // Of this process, however many others there are.
    expect(process.cpuUsage(began).user / 1e6).toBeLessThan(10);
    // A minute after the last one is not yet more than a minute: each third flush tells.
    expect(
      result.notifications.filter(({ groupLabels }) => groupLabels.alertname === "Watchdog"),
    ).toHaveLength(month / (90 * second) + 1);
    expect(result.untold).toEqual([]);
    expect(shares.at(-1)).toBe(1);
    expect(shares.length).toBeLessThanOrEqual(101);
  });
});
