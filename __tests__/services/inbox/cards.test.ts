import type { Entry } from "../../../services/inbox/cards/entry";
import { Links } from "../../../services/inbox/links";
import { Runbooks } from "../../../services/inbox/runbooks/runbooks";
import { MessageStore, type Incoming } from "../../../services/inbox/store";
import { everyKind, messageOf, type Told } from "../../support/notifications";

const links = new Links({ runbooksUrls: [], unservedUrls: [] }, new Runbooks());

/** What the page is told of messages that come one after the other. */
function entriesOf(messages: readonly Incoming[]): Entry[] {
  const store = new MessageStore(100, 2e6, links);
  for (const message of messages) store.add(message);
  return store.after(0).messages.map(({ entry }) => JSON.parse(entry) as Entry);
}

const cardsOf = (messages: readonly Incoming[]) => entriesOf(messages).map(({ card }) => card);
const countOf = (messages: readonly Incoming[]) => new Set(cardsOf(messages)).size;
const ofEveryKind = (told?: Told) => Promise.all(everyKind.map((kind) => messageOf(kind, told)));

describe("one alert is one card", () => {
  it("whatever kinds of receivers are told, firing and resolved, in any order", async () => {
    const all = [...(await ofEveryKind()), ...(await ofEveryKind({ status: "resolved" }))];
    expect(countOf(all)).toBe(1);
    expect(countOf([...all].reverse())).toBe(1);
    for (const first of all) for (const second of all) expect(countOf([first, second])).toBe(1);
  });

  it("of which another service, another name and another severity are no part", async () => {
    const groups = await Promise.all([
      ofEveryKind(),
      ofEveryKind({ service: "auth-service" }),
      ofEveryKind({ alertname: "HighLatency" }),
      ofEveryKind({ severity: "warning" }),
    ]);
    const mixed = everyKind.flatMap((_, index) => groups.flatMap((group) => group[index] ?? []));
    expect(countOf(mixed)).toBe(groups.length);
  });

  it("by its name, where the link to a silence cannot hold the group's labels", async () => {
    const told: Told = { service: 'a "quoted" one', isSilencePlain: false };
    const all = await ofEveryKind(told);
    expect(countOf(all)).toBe(1);
    expect(countOf([...all].reverse())).toBe(1);
    expect(countOf([...all, ...(await ofEveryKind({ ...told, severity: "warning" }))])).toBe(2);
  });

  it("for PagerDuty, which has no severity of that name, too", async () => {
    const all = await ofEveryKind({ severity: "page" });
    expect(countOf(all)).toBe(1);
    expect(countOf([...all].reverse())).toBe(1);
  });

  it("by the titles of Alertmanager's own templates", async () => {
    const title = "[FIRING:1] HighErrorRatio local order-service (critical)";
    const slack: Incoming = { kind: "slack", receiver: "a", status: "firing", title, text: "", payload: {} };
    expect(countOf([await messageOf("webhook"), slack])).toBe(1);
  });

  it("and its id is the same after a restart", async () => {
    const [first] = cardsOf(await ofEveryKind());
    const [again] = cardsOf([...(await ofEveryKind({ status: "resolved" }))].reverse());
    expect(again).toBe(first);
    expect(first).toMatch(/^[0-9a-f]{12}$/);
  });

  it("and what names nothing is a card of its own", () => {
    const nameless: Incoming = {
      kind: "webhook",
      receiver: "a",
      status: "unknown",
      title: "",
      text: "",
      payload: {},
    };
    expect(countOf([nameless, nameless])).toBe(2);
  });

  it("which is forgotten with its last message", async () => {
    const [slack] = await ofEveryKind();
    const note: Incoming = {
      kind: "slack",
      receiver: "a",
      status: "unknown",
      title: "x",
      text: "",
      payload: 1,
    };
    if (!slack) throw new Error("No message.");
    const store = new MessageStore(2, 1e6, links);
    for (const message of [slack, note, note]) store.add(message);
    expect(new Set(store.after(0).messages.map(({ card }) => card.id)).size).toBe(1);
  });
});

describe("a card says the same, whatever kind it is read from", () => {
  it.each(everyKind)("%s", async (kind) => {
    const [entry] = entriesOf([
      await messageOf(kind, { status: "resolved", description: "1 < 2 & *3* [x]" }),
    ]);
    expect(entry).toMatchObject({
      name: "HighErrorRatio · order-service · local",
      severity: "critical",
      labels: { alertname: "HighErrorRatio", service: "order-service", environment: "local" },
      more: 0,
      alerts: [
        {
          status: "resolved",
          summary: "order-service answers with errors",
          description: "1 < 2 & *3* [x]",
        },
      ],
    });
    const [alert] = entry?.alerts ?? [];
    expect(new Date(alert?.since ?? "").toISOString()).toBe("2026-11-26T04:26:20.000Z");
    expect(new Date(alert?.resolved ?? "").toISOString()).toBe("2026-11-26T04:31:20.000Z");
    const hrefs = Object.fromEntries((entry?.links ?? []).map(({ words, href }) => [words, href]));
    expect(hrefs).toMatchObject({
      Runbook: "https://example.com/runbooks/HighErrorRatio.md",
      Dashboard: "http://127.0.0.1:3300/d/service-health?var-service=order-service",
      Silence:
        "http://127.0.0.1:9093/#/silences/new?filter=%7Balertname%3D%22HighErrorRatio%22%2C" +
        "environment%3D%22local%22%2Cservice%3D%22order-service%22%7D",
    });
  });

  it("and takes no link from an alert's own text", async () => {
    const description =
      "[Runbook](http://evil.example/) <http://evil.example/|Runbook>\nRunbook: http://evil.example/";
    for (const kind of everyKind) {
      const [entry] = entriesOf([await messageOf(kind, { description })]);
      expect(JSON.stringify(entry?.links)).not.toContain("evil");
    }
  });
});

it("what the page is told of a message is bounded", async () => {
  const message = await messageOf("webhook", { summary: "x".repeat(500_000) });
  const [entry] = entriesOf([message]);
  expect(JSON.stringify(entry).length).toBeLessThan(30_000);
});
