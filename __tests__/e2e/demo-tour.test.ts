import { readFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { noSmallFileSystem } from "../../demo/faults/small-file-system";
import { InboxClient, type InboxMessage } from "../../operations/clients/inbox-client";
import { PrometheusClient } from "../../operations/clients/prometheus-client";
import {
  brokenRules,
  chromiumProgram,
  complaintsOf,
  fits,
  keepPicture,
  startBrowser,
} from "../support/browser-page";
import { DemoCommand, demoFolders, type DemoEvent } from "../support/demo-command";
import { alertmanagerProgram, nodeExporterProgram, prometheusProgram } from "../support/programs";
import { describeWith } from "../support/require-program";
import { TourPage, type ShownStep } from "../support/tour-page";
import { criticalReceivers as receivers } from "../support/critical-receivers";

type Started = Extract<DemoEvent, { event: "started" }>;

const speed = 15;
const startMs = 90_000;
const stepMs = 60_000;
/** Seconds for which a first message of a critical alert waits: 20 as deployed. */
const groupWait = 20 / speed;
/** Seconds between two messages of a group: who just misses one gets the next. */
const groupInterval = 60 / speed;
/** Seconds between two scrapes, and between two evaluations. */
const scrape = 15 / speed;

/**
 * By how much a shown time may be below what it is compared with. Below a minute tenths are shown; what takes longer waits
 * for the last order, which may have come some seconds before the fault.
 */
const earlier = (seconds: number) => (seconds < 60 ? 0.3 : 3);

interface Expected {
  readonly alert: string;
  readonly service: string;
  /** Seconds for which nothing can be seen at best, as what a range looks back on must fill first. */
  readonly unseen: number;
}

/**
 * A third of a range's requests is to be above 5 %, and 30 minutes are to be without an order. Requests come unevenly:
 * that may be a scrape sooner.
 */
const share = (0.05 * 3 * 300) / speed - 2 * scrape;
const faults: Readonly<Record<string, Expected>> = {
  failing: { alert: "HighErrorRatio", service: "product-service", unseen: share },
  slow: { alert: "HighLatency", service: "product-service", unseen: share + 2.75 },
  killed: { alert: "ServiceDown", service: "api-gateway", unseen: 0 },
  orders: { alert: "NoOrders", service: "order-service", unseen: 1_800 / speed - 2 * scrape },
  disk: { alert: "HostFilesystemAlmostFull", service: "node-exporter", unseen: 0 },
};

/** Some machines let nobody mount anything: all but the full disk is tested there. */
const noDisk = noSmallFileSystem();
if (noDisk !== "") process.stderr.write(`SKIPPED the full disk of the tour: ${noDisk}\n`);
const tested = Object.keys(faults).filter((name) => name !== "disk" || noDisk === "");

jest.setTimeout(300_000);

describeWith(
  [prometheusProgram, alertmanagerProgram, nodeExporterProgram, chromiumProgram],
  "the demo as a tour, on its page",
  () => {
    const foldersBefore = demoFolders();
    let demo: DemoCommand;
    let started: Started;
    let browser: Browser;
    let page: Page;
    let tour: TourPage;
    let inbox: InboxClient;
    let messages: readonly InboxMessage[];
    /** What was shown of each fault in the end. */
    const shown = new Map<string, readonly ShownStep[]>();
    /** What axe found while faults were told, by what was looked at. */
    const findings = new Map<string, readonly unknown[]>();
    let complaints: readonly string[];
    let focusedAfterKeyboard = "";
    let runMs = 0;

    const urlOf = (name: string) => started.programs.find((program) => program.name === name)?.url ?? "";

    /** Breaks, waits until all are told, mends, and waits until all know that. */
    async function wholeWay(fault: string): Promise<void> {
      await tour.press(fault, "break", stepMs);
      await tour.reached(fault, "message", 3 * stepMs);
      await tour.press(fault, "mend", stepMs);
      shown.set(fault, await tour.reached(fault, "resolved", 2 * stepMs));
    }

    /** The same by the keyboard alone. */
    async function wholeWayByKeyboard(fault: string): Promise<void> {
      await page.locator("body").press("Home");
      for (let tabs = 0; tabs < 60; tabs += 1) {
        await page.keyboard.press("Tab");
        if ((await page.locator(`[data-fault="${fault}"] button:focus-visible`).count()) > 0) break;
      }
      await page.keyboard.press("Enter");
      await tour.reached(fault, "message", stepMs);
      await page.keyboard.press("Enter");
      shown.set(fault, await tour.reached(fault, "resolved", stepMs));
      focusedAfterKeyboard =
        (await page.locator("[data-fault]:has(:focus)").getAttribute("data-fault")) ?? "";
    }

    async function examine(colorScheme: "light" | "dark", width: number): Promise<void> {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await keepPicture(page, `tour-${colorScheme}-${String(width)}`);
      findings.set(`${colorScheme} at ${String(width)} px`, [
        ...(await brokenRules(page)),
        ...((await fits(page)) ? [] : ["is too wide"]),
      ]);
    }

    beforeAll(async () => {
      browser = await startBrowser();
      demo = new DemoCommand(["--json", "--free-ports", "--speed", String(speed)]);
      started = await demo.event("started", startMs);
      await demo.event(
        "status",
        startMs,
        ({ targets }) => targets !== undefined && targets.up === targets.all,
      );
      inbox = new InboxClient(urlOf("inbox"));
      page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      complaints = complaintsOf(page);
      await page.goto(`${started.page}/`);
      tour = new TourPage(page);
      const begin = Date.now();
      // Each fault on its own page of messages: those of the gateway first, as without it nothing else is seen.
      const orders = wholeWay("orders");
      await wholeWayByKeyboard("killed");
      // What the gateway's absence did to the rates is forgotten.
      await sleep(3_000);
      const others = ["failing", "slow", ...(noDisk === "" ? ["disk"] : [])].map(wholeWay);
      await tour.reached("failing", "message", stepMs);
      for (const width of [1440, 360])
        for (const scheme of ["light", "dark"] as const) await examine(scheme, width);
      await page.setViewportSize({ width: 1440, height: 900 });
      await Promise.all([orders, ...others]);
      runMs = Date.now() - begin;
      messages = await inbox.messages();
    });
    afterAll(async () => {
      await browser.close();
      await demo.interrupt();
    });

    for (const fault of tested) {
      describe(fault, () => {
        const { alert, service, unseen } = faults[fault] ?? { alert: "", service: "", unseen: 0 };
        /** Whether it depends on a share of the requests, which come unevenly. */
        const isShare = fault === "failing" || fault === "slow";
        const stepsOf = (kind: string) => (shown.get(fault) ?? []).filter((step) => step.kind === kind);
        const about = (status: InboxMessage["status"]) =>
          messages.filter(
            (message) =>
              message.status === status &&
              [alert, service].every((word) => `${message.title}\n${message.text}`.includes(word)),
          );

        it("comes to every receiver and back, on the page and in the inbox", () => {
          for (const kind of ["message", "resolved"]) {
            expect(stepsOf(kind).map(({ receiver }) => receiver)).toEqual(receivers);
          }
          for (const status of ["firing", "resolved"] as const) {
            expect(
              about(status)
                .map(({ receiver }) => receiver)
                .sort(),
            ).toEqual([...receivers].sort());
          }
        });

        it("shows no step before the intervals let it happen, and none much later", async () => {
          const rules = (await new PrometheusClient(urlOf("prometheus")).ruleGroups()).flatMap(
            (group) => group.rules,
          );
          const rule = rules.find(({ name, labels }) => name === alert && labels?.severity === "critical");
          const holds = rule?.duration ?? Infinity;
          const first = { pending: unseen, firing: unseen + holds, message: unseen + holds + groupWait };
          for (const [kind, least] of Object.entries(first)) {
            for (const { text, after = Infinity, best = 0 } of stepsOf(kind)) {
              process.stdout.write(`${text}: ${String(after)} s, at best ${String(best)} s\n`);
              expect([text, after]).toEqual([text, expect.any(Number)]);
              const early = earlier(least);
              expect(after).toBeGreaterThanOrEqual(least - early);
              expect(best).toBeGreaterThanOrEqual(least - early);
              expect(best).toBeLessThan(least + 2 * scrape + early);
              expect(after).toBeGreaterThanOrEqual(best - early);
              expect(after).toBeLessThan(best * 1.2 + (isShare ? 3.2 : 2) * scrape);
            }
          }
        });

        it("shows when each receiver knew of the end, as the inbox has it", () => {
          for (const receiver of receivers) {
            const times = (status: InboxMessage["status"]) =>
              about(status)
                .filter((each) => each.receiver === receiver)
                .map(({ receivedAt }) => Date.parse(receivedAt));
            const [[firing = 0], [resolved = 0]] = [times("firing"), times("resolved")];
            const after = (kind: string) =>
              stepsOf(kind).find((step) => step.receiver === receiver)?.after ?? NaN;
            const between = after("resolved") - after("message");
            // Both shown in tenths, or in seconds from a minute on.
            expect(Math.abs(between - (resolved - firing) / 1_000)).toBeLessThan(1.1);
            const { best = Infinity } = stepsOf("resolved").find((step) => step.receiver === receiver) ?? {};
            expect(after("resolved")).toBeGreaterThanOrEqual(best - earlier(best));
            // The share of all requests that goes wrong is somewhere between the customers' half and all of theirs.
            const spread = isShare ? share + 2 * scrape : 0;
            expect(after("resolved")).toBeLessThan(best + spread + groupInterval + 2 * scrape);
          }
        });
      });
    }

    it("takes less than four minutes for all of them together", () => {
      process.stdout.write(`All faults of the tour in ${(runMs / 1_000).toFixed(0)} s\n`);
      expect(runMs).toBeLessThan(240_000);
    });

    it("is operated by the keyboard alone, and keeps the place", () => {
      expect(focusedAfterKeyboard).toBe("killed");
    });

    it("has nothing that axe finds, light and dark, wide and narrow, while faults are told", () => {
      expect(Object.fromEntries(findings)).toEqual({
        "light at 1440 px": [],
        "dark at 1440 px": [],
        "light at 360 px": [],
        "dark at 360 px": [],
      });
      expect(complaints).toEqual([]);
    });

    it("shows what runs where, the targets, and how fast it is", async () => {
      const rows = await page.locator("#programs tbody th").allInnerTexts();
      expect(rows).toEqual(started.programs.map(({ name }) => name));
      const jobs = await page.locator("#targets tbody th").allInnerTexts();
      expect(jobs).toContain("api-gateway");
      await expect(page.getByText("are divided by 15").isVisible()).resolves.toBe(true);
    });

    describe("whose button is pressed by somebody else", () => {
      const url = () => `${started.page}/api/demo/faults/failing/break`;
      const own = () => new URL(started.page).host;
      let token = "";

      beforeAll(async () => {
        token = (await page.locator('meta[name="demo-token"]').getAttribute("content")) ?? "";
      });

      it.each<[what: string, method: string, headers: () => Record<string, string>, status: number]>([
        ["without a token", "POST", () => ({ host: own(), origin: started.page }), 403],
        [
          "with another token",
          "POST",
          () => ({ host: own(), origin: started.page, "x-demo-token": `${token.slice(1)}x` }),
          403,
        ],
        [
          "from another origin",
          "POST",
          () => ({ host: own(), origin: "http://evil.example", "x-demo-token": token }),
          403,
        ],
        ["without an origin", "POST", () => ({ host: own(), "x-demo-token": token }), 403],
        [
          "by another name of this machine",
          "POST",
          () => ({ host: "evil.example", origin: "http://evil.example", "x-demo-token": token }),
          403,
        ],
        ["by a link", "GET", () => ({ host: own(), origin: started.page, "x-demo-token": token }), 405],
      ])("refuses it %s", async (_what, method, headers, status) => {
        expect(token).toMatch(/^[\w-]{32}$/);
        expect(await statusOf(url(), method, headers())).toBe(status);
        expect(await tour.button("failing").getAttribute("data-action")).toBe("break");
      });

      it("shows the page to nobody who comes by another name", async () => {
        expect(await statusOf(`${started.page}/`, "GET", { host: "evil.example" })).toBe(403);
      });
    });

    it("says on the page that it has ended, and leaves nothing", async () => {
      await demo.interrupt();
      await page.getByText("The demo has ended.").waitFor();
      expect(demoFolders(foldersBefore)).toEqual([]);
      const mounts = readFileSync("/proc/self/mounts", "utf8");
      // Another demo of this machine has its folder elsewhere.
      expect(mounts).not.toContain(join(tmpdir(), "microservices-monitoring-demo-"));
    });
  },
);

function statusOf(url: string, method: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    httpRequest(url, { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once("error", reject)
      .end();
  });
}
