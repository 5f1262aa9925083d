import { reasonForAbsence } from "../../../operations/verify/series/may-be-absent";
import { readSelectors, textOf } from "../../../operations/verify/series/selectors";
import { owedSeries } from "../../../operations/verify/series/services";
import { Feed } from "../../../metrics/feed";
import { readableOf } from "../../../stacks/system";
import { loadEnvironments } from "../../support/environments";
import { catalogue } from "../../support/system";

const feed = new Feed(catalogue, {
  services: ["api-gateway", "order-service"],
  publicServices: [],
  publicPrograms: [],
  monitoringJobs: ["prometheus", "alertmanager", "node-exporter"],
  given: ["prometheus-server"],
});
const equal = (name: string, value: string, operator: "=" | "=~" = "=") => ({ name, value, operator });
const reason = (metric: string, labels: ReturnType<typeof equal>[] = [], rest = {}) =>
  reasonForAbsence(
    { selector: { metric, labels }, hasOthers: false, isAnnounced: false, ...rest },
    catalogue,
    feed,
  );

describe("a selector without series", () => {
  it("is a hole where its target should have them", () => {
    expect(reason("node_load5")).toBeUndefined();
    expect(reason("http_requests_total")).toBeUndefined();
    expect(reason("prometheus_tsdb_head_series")).toBeUndefined();
    expect(reason("nobody_knows_it")).toBeUndefined();
  });

  it("is none where the catalogue says when the metric is absent", () => {
    expect(reason("ALERTS")).toBe("no alert is pending or fires");
  });

  it("is none where its exporter is not scraped", () => {
    expect(reason("container_oom_events_total")).toContain("not part of this system");
    expect(reason("up", [equal("job", "cadvisor")])).toContain("not part of this system");
    expect(reason("products_viewed_total")).toContain("not part of this system");
  });

  it("is none where it asks for values that did not come up, while others did", () => {
    const errors = [equal("status_code", "5..", "=~")];
    expect(reason("http_requests_total", errors, { hasOthers: true })).toContain("nothing of that kind");
    expect(reason("http_requests_total", errors)).toBeUndefined();
  });

  it("is none where a target announces it", () => {
    expect(reason("http_requests_total", [], { isAnnounced: true })).toContain("announced");
  });

  it("is none where an exporter counts by labels, and shows them from the first count on", () => {
    expect(reason("alertmanager_notifications_failed_total")).toContain("happened once");
  });
});

describe("what an environment reads", () => {
  const [environment] = loadEnvironments("local");
  if (!environment) throw new Error("The tests have no environment local.");
  const selectors = readSelectors(readableOf(environment));

  it("is each selector once, with those who read it, and without recorded names and variables", () => {
    const texts = selectors.map(textOf);
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts.filter((text) => text.includes("$") || /^\w+:/.test(text))).toEqual([]);
    const down = selectors.find((each) => textOf(each).startsWith('up{service!=""'));
    expect(down?.readers).toContain("the alert ServiceDown");
    // By a recorded name.
    const requests = selectors.filter(({ metric }) => metric === "http_requests_total");
    expect(requests.flatMap(({ readers }) => readers)).toContain("the alert HighErrorRatio");
  });

  it("is owed by each service that exports it; what runtimes export, by programs of Node alone", () => {
    const services = ["api-gateway", "payments"];
    const owed = owedSeries(selectors, services, catalogue, (service) => service === "api-gateway");
    const by = (metric: string) =>
      owed.filter((each) => each.selector.metric === metric).map(({ service }) => service);
    expect(by("http_requests_total")).toEqual(["api-gateway", "payments"]);
    expect(by("process_resident_memory_bytes")).toEqual(["api-gateway"]);
    expect(by("node_load5")).toEqual([]);
  });
});
