import type { Demo } from "../../../demo/demo";
import type { Look } from "../../../demo/page/look";
import { pageState, renderPage } from "../../../demo/page/page";
import { Tour } from "../../../demo/tour/tour";
import { ScriptedDemo } from "../../support/scripted-demo";

const hostile = `<script>alert("1")</script>&'`;
const escaped = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;";

const demo = {
  ...new ScriptedDemo().demo,
  speed: 15,
  programs: [
    { name: "inbox", url: "http://127.0.0.1:8025", isRunning: true },
    { name: "api-gateway", url: "http://127.0.0.1:3000", isRunning: false },
  ],
  pages: {},
  versions: [],
  watched: [{ name: "payment-service", host: "127.0.0.1", port: 8000, metricsPath: "/m" }],
  missing: [{ name: "prometheus", reason: "There is none. .ci/install-programs prometheus" }],
  absent: [{ job: "grafana", address: "grafana:3000" }],
  inbox: { url: "http://127.0.0.1:8025" },
} as unknown as Demo;

const alert = (alertname: string, severity: string, service: string) => ({
  labels: { alertname, severity, service },
  annotations: { summary: hostile },
  state: "firing" as const,
  activeAt: "",
  value: "1",
});

async function seen(): Promise<Look> {
  const script = new ScriptedDemo();
  const tour = new Tour(script.demo, [
    script.fault,
    { ...script.fault, name: "disk", hindrance: "Only root can." },
  ]);
  await tour.close();
  return {
    time: 0,
    status: {
      seconds: 1,
      sent: 1,
      ended: ["api-gateway"],
      targets: undefined,
      requests: { perSecond: 10, failedPerSecond: 1 },
      firing: [],
      messages: 1,
    },
    targets: undefined,
    alerts: [
      alert("Watchdog", "none", ""),
      alert("HostHighLoad", "warning", "node-exporter"),
      alert("ServiceDown", "critical", "api-gateway"),
    ],
    offers: await tour.offers(),
  };
}

const frame = { demo, withoutDashboards: "They come with npm run preview." };

it("shows the worst alert first, and apart what fires all the time", async () => {
  const { firing = "" } = pageState(await seen(), frame).parts;
  const names = [...firing.matchAll(/<\/strong>\s*(\w+) of/g)].map(([, name]) => name);
  expect(names).toEqual(["ServiceDown", "HostHighLoad"]);
  expect(firing).toMatch(/Besides, for Alertmanager alone: Watchdog\./);
});

it("shows what programs say as text, never as markup", async () => {
  const page = renderPage({ ...frame, token: hostile }, await seen());
  expect(page).not.toContain("<script>alert");
  expect(page).toContain(`content="${escaped}"`);
  expect(page).toContain(escaped);
});

it("says what runs, what does not, what is missing and how to get it", async () => {
  const { programs = "", state = "", targets = "" } = pageState(await seen(), frame).parts;
  expect(programs).toMatch(/data-running="false">\s*<th scope="row">api-gateway<\/th>[^]*✗ not running/);
  expect(programs).toContain("payment-service");
  expect(programs).toContain("yours: its metrics are read at /m");
  expect(programs).toContain("prometheus: There is none. .ci/install-programs prometheus");
  expect(state).toContain("10.0 requests a second, 10.0 % of them failed");
  expect(state).toContain("not running: api-gateway");
  expect(targets).toContain("Prometheus is missing");
});

it("offers what can be broken, and says of the rest why not", async () => {
  const { parts, buttons } = pageState(await seen(), frame);
  expect(buttons).toEqual({
    killed: { action: "break", label: "Break it" },
    disk: { action: "none", label: "Not here" },
  });
  expect(parts["forecast-disk"]).toBe("Only root can.");
  expect(parts["forecast-killed"]).toContain("ServiceDown of api-gateway is pending after 0 to 1 s");
});

it("links to the dashboards, or says how they are come by", async () => {
  const look = await seen();
  expect(pageState(look, frame).parts.dashboards).toBe("They come with npm run preview.");
  expect(pageState(look, { demo, withoutDashboards: undefined }).parts.dashboards).toContain(
    'href="/dashboards"',
  );
});
