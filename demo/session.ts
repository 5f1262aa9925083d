import type { WatchedService } from "./watched-service";
import { entry } from "../services/programs";
import { startDemo } from "./demo";
import { ensurePackages } from "./flask/packages";
import { flaskServices } from "./flask/services";
import type { DemoOutput } from "./output";
import { DashboardPages } from "./page/dashboard-pages";
import { serveDemoPage, type DemoPage } from "./page/server";
import { tourFaults } from "./tour/faults";
import { guidedTour } from "./tour/guided";
import { ProcessTerminal } from "./tour/terminal";
import { Tour } from "./tour/tour";
import type { TrafficOptions, TrafficSummary } from "../services/customers/customers";
import { Disturbance } from "../services/customers/disturbance";
import { customers } from "../services/traffic";
import { watch } from "./watch";

/** What `npm run demo` is asked for. */
export interface SessionOptions {
  readonly ports: "published" | "free";
  readonly speed: number;
  readonly watch: readonly WatchedService[];
  /** What is sent. Undefined: nothing. */
  readonly traffic: Pick<TrafficOptions, "rate" | "errors" | "slow"> | undefined;
  /** Leads through the faults in this terminal, and ends with that. */
  readonly isGuided: boolean;
  /** Whether the services that there are in Python run in it. */
  readonly withPython: boolean;
  /** Passes the programs' own lines on. */
  readonly withLines: boolean;
  /** After so many seconds it ends. Infinity: when it is told to. */
  readonly seconds: number;
}

/**
 * Runs the demo with its page, traffic and tour until it is told to end.
 * @returns the programs that ended though nobody asked them to
 */
export async function runSession(
  options: SessionOptions,
  output: DemoOutput,
  stopped: Promise<unknown>,
): Promise<readonly string[]> {
  const { seconds, speed } = options;
  const traffic = customers && options.traffic;
  const over = new AbortController();
  const end = (): void => {
    over.abort();
  };
  void stopped.then(end);
  const instead = options.withPython
    ? flaskServices(
        await ensurePackages((step) => {
          output.preparing(step);
        }),
      )
    : undefined;
  output.starting(Object.keys(instead ?? {}));
  const demo = await startDemo({
    ports: options.ports,
    speed,
    watch: options.watch,
    page: true,
    ...(instead && { instead }),
    ...(options.withLines && {
      onLine: (program, line) => {
        output.line(program, line);
      },
    }),
  });
  let sent = traffic && 0;
  const disturbance = traffic && new Disturbance();
  const tour = new Tour(demo, tourFaults(demo, disturbance));
  let summary: TrafficSummary | undefined;
  let ended: readonly string[] = [];
  let page: DemoPage | undefined;
  try {
    page = await serveDemoPage({
      demo,
      tour,
      port: demo.pagePort ?? 0,
      sent: () => sent,
      dashboards: new DashboardPages(demo),
    });
    output.started(demo, page.url);
    if (seconds !== Infinity) setTimeout(end, seconds * 1000);
    const watching = watch(demo, output, () => sent, over.signal);
    if (options.isGuided) void guide(tour, over.signal).finally(end);
    if (customers && traffic && disturbance) {
      summary = await customers.send({
        ...traffic,
        disturbance,
        url: new URL(demo.serviceUrls[entry]),
        durationSeconds: Infinity,
        signal: over.signal,
        onProgress: ({ requests }) => {
          sent = requests;
        },
      });
    }
    ended = await watching;
  } finally {
    output.stopping();
    await tour.close();
    await page?.close();
    await demo.stop();
  }
  output.stopped(summary);
  return ended;
}

async function guide(tour: Tour, over: AbortSignal): Promise<void> {
  const terminal = new ProcessTerminal();
  try {
    await guidedTour(tour, terminal, over);
  } catch (error) {
    if (!over.aborted)
      terminal.print(`The tour ends: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    terminal.close();
  }
}
