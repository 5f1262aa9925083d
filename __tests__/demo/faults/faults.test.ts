import { failing } from "../../../demo/faults/failing";
import { courseOfShare, hasLabels, isAbout } from "../../../demo/faults/fault";
import { slow, slowerThan } from "../../../demo/faults/slow";
import type { InboxMessage } from "../../../operations/clients/inbox-client";

const nothing = { begin: () => 0, mend: () => undefined };

describe("a share of what a range looks back on", () => {
  it("fills it as far as the limit, and leaves it again", () => {
    const { onset, outlast } = courseOfShare(0.5, 0.1, { seconds: 300, history: 1_000, scrape: 1 });
    expect(onset.least).toBeCloseTo(60 - 1);
    expect(outlast.most).toBeCloseTo(240);
  });

  it("fills it sooner where there is less history", () => {
    // 5 s of failures after 20 s without: a half of 25 s is 10 %.
    expect(courseOfShare(0.5, 0.1, { seconds: 300, history: 20, scrape: 1 }).onset.least).toBeCloseTo(5 - 1);
  });

  it("takes longer, and is over sooner, where half of the requests come from other services", () => {
    const { onset, outlast } = courseOfShare(0.5, 0.1, { seconds: 300, history: 1_000, scrape: 1 });
    expect(onset.most).toBeCloseTo(120);
    expect(outlast.least).toBeCloseTo(180);
  });

  it("never does where it is too small", () => {
    expect(courseOfShare(0.05, 0.05, { seconds: 300, history: 20, scrape: 1 }).onset.least).toBe(Infinity);
  });
});

it("slow answers are in a bucket above the limit", () => {
  expect(slowerThan(2.5)).toBe(2_750);
  expect(slowerThan(0.6)).toBe(1_100);
  const fault = slow("a-service", { share: 1 / 3, answerMs: 2_750, limit: 2.5, ...nothing });
  expect(fault.course?.({ seconds: 20, history: 100, scrape: 1 }).onset.least).toBeCloseTo(3 - 1 + 2.75);
  expect(fault.what).toContain("A third of the customers' requests to a-service take 2.75 s longer");
});

it("says what it does with its own numbers", () => {
  const { title, what } = failing("a-service", { share: 0.4, limit: 0.05, ...nothing });
  expect(title).toBe("40% of the requests fail");
  expect(what).toContain("more than 5% of all is too much");
});

it("is told from another by all its labels", () => {
  const fault = {
    alert: "Full",
    severity: "critical",
    service: "host",
    labels: { mountpoint: "/a" },
  } as const;
  const message = (text: string) => ({ title: "Full of host", text }) as InboxMessage;
  expect(isAbout(fault, message("/a is full"))).toBe(true);
  expect(isAbout(fault, message("/b is full"))).toBe(false);
  const labels = {
    alertname: "Full",
    severity: "critical",
    service: "host",
    mountpoint: "/a",
    instance: "i",
  };
  expect(hasLabels(fault, labels)).toBe(true);
  expect(hasLabels(fault, { ...labels, severity: "warning" })).toBe(false);
  expect(hasLabels(fault, { ...labels, mountpoint: "/b" })).toBe(false);
});
