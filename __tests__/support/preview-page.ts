import { chromium, type Browser, type Page } from "playwright-core";
import { findProgram } from "../../operations/find-program";
import type { PreviewSettings } from "../../preview/server/handler";
import { ensurePreview } from "../../preview/server/installation";
import { startPreviewServer, type PreviewServer } from "../../preview/server/server";
import type { Finding, PreviewContent, PreviewDashboard, PreviewSource } from "../../preview/server/source";
import type { Program } from "./require-program";

export const chromiumProgram: Program = { name: "chromium", hint: "Get it: apt-get install chromium" };

const limitMs = 20_000;

/** Dashboards that a test changes. */
export class TestSource implements PreviewSource {
  private readonly listeners = new Set<() => void>();

  constructor(private content: PreviewContent) {}

  current(): Promise<PreviewContent> {
    return Promise.resolve(this.content);
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  change(content: Partial<PreviewContent>): void {
    this.content = { ...this.content, ...content };
    for (const listener of this.listeners) listener();
  }

  close(): Promise<void> {
    this.listeners.clear();
    return Promise.resolve();
  }
}

/** A dashboard for a test's source. */
export function previewDashboard(json: object, folder = "Tests"): PreviewDashboard {
  const { uid, title } = json as { uid: string; title: string };
  return { uid, title, folder, json };
}

/** Installs the preview before the tests of a suite: where it is not there yet, that takes minutes on a busy machine. */
export function installPreview(): void {
  beforeAll(() => ensurePreview(() => undefined), 600_000);
}

/** The preview with a browser. What the pages complain of is kept. */
export class TestPreview {
  readonly complaints: string[] = [];

  private constructor(
    readonly server: PreviewServer,
    readonly browser: Browser,
    readonly source: TestSource,
  ) {}

  static async start(
    content: {
      readonly dashboards: readonly PreviewDashboard[];
      readonly findings?: Record<string, Finding[]>;
    },
    prometheus: string,
    settings: PreviewSettings,
  ): Promise<TestPreview> {
    const source = new TestSource({ findings: {}, ...content });
    const server = await startPreviewServer({ source, prometheus: new URL(prometheus), settings }, 0);
    const browser = await chromium.launch({
      executablePath: findProgram("chromium") ?? "",
      args: ["--no-sandbox"],
    });
    return new TestPreview(server, browser, source);
  }

  /** Opens a page, in the dark unless told. */
  async open(
    path: string,
    viewport = { width: 1440, height: 5_000 },
    colorScheme: "light" | "dark" = "dark",
  ): Promise<Page> {
    const page = await this.browser.newPage({ viewport, colorScheme });
    page.setDefaultTimeout(limitMs);
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) this.complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.complaints.push(error.message));
    await page.goto(this.server.url + path);
    return page;
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.server.close();
  }
}

/** The panel of a dashboard with this id. */
export function panel(page: Page, id: number) {
  return page.locator(`[data-viz-panel-key="panel-${String(id)}"]`);
}

const settledScript = `[...document.querySelectorAll("[data-viz-panel-key]")].every(
    (panel) => panel.textContent !== "" && panel.querySelector("[data-testid$='content']")?.textContent !== "",
  ) && document.querySelector('[aria-label="Panel loading bar"]') === null`;

/** Waits until every panel in sight shows something and none is being loaded. */
export async function settled(page: Page): Promise<void> {
  await page.locator("[data-viz-panel-key]").first().waitFor();
  // Twice in a row, as one that begins to load has nothing to show before.
  for (let [quiet, end] = [0, Date.now() + limitMs]; quiet < 2; await page.waitForTimeout(150)) {
    quiet = (await page.evaluate(settledScript)) ? quiet + 1 : 0;
    if (Date.now() > end)
      throw new Error(`Not all panels showed something within ${String(limitMs / 1_000)} s.`);
  }
}

/** Unfolds all rows, and waits for their panels. */
export async function unfold(page: Page): Promise<void> {
  await page.locator("[data-viz-panel-key]").first().waitFor();
  const folded = page.locator('h2 > button[aria-expanded="false"]');
  while ((await folded.count()) > 0) await folded.first().press("Enter");
  await settled(page);
}
