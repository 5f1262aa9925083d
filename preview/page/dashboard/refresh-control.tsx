import {
  sceneGraph,
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  type SceneComponentProps,
  type SceneObjectState,
  type SceneObjectUrlValues,
} from "@grafana/scenes";
import { Icon } from "@grafana/ui";
import { milliseconds } from "../prometheus/intervals";

const intervals = ["5s", "10s", "30s", "1m", "5m", "15m", "30m", "1h"];

interface RefreshState extends SceneObjectState {
  /** How often the dashboard is asked for anew by itself; empty: never. */
  readonly interval: string;
}

/** A button that asks for everything anew, and the choice of how often that happens by itself. */
export class RefreshControl extends SceneObjectBase<RefreshState> {
  protected override _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ["refresh"] });
  private timer?: ReturnType<typeof setInterval>;
  private readonly byDefault: string;

  /** @param options `stopped`: nothing comes anew by itself, as where the present stands still */
  constructor({ byDefault, stopped }: { readonly byDefault: string; readonly stopped: boolean }) {
    super({ interval: stopped ? "" : byDefault });
    this.byDefault = this.state.interval;
    this.addActivationHandler(() => {
      this.start();
      return () => clearInterval(this.timer);
    });
  }

  getUrlState(): SceneObjectUrlValues {
    const { interval } = this.state;
    // An empty one says that it was turned off.
    return { refresh: interval === this.byDefault ? undefined : interval };
  }

  updateFromUrl({ refresh }: SceneObjectUrlValues): void {
    if (typeof refresh === "string" && refresh !== this.state.interval) this.choose(refresh);
  }

  choose(interval: string): void {
    this.setState({ interval: milliseconds(interval) === undefined ? "" : interval });
    this.start();
  }

  now(): void {
    sceneGraph.getTimeRange(this).onRefresh();
  }

  private start(): void {
    clearInterval(this.timer);
    const ms = milliseconds(this.state.interval);
    if (!this.isActive || ms === undefined) return;
    this.timer = setInterval(
      () => {
        // Nobody looks: the next time will do.
        if (document.visibilityState === "visible") this.now();
      },
      Math.max(ms, 1_000),
    );
  }

  static Component = ({ model }: SceneComponentProps<RefreshControl>) => {
    const { interval } = model.useState();
    const offered = intervals.includes(interval) || interval === "" ? intervals : [interval, ...intervals];
    return (
      <div className="refresh">
        <button
          type="button"
          className="control"
          aria-label="Refresh"
          title="Refresh"
          onClick={() => model.now()}
        >
          <Icon name="sync" />
        </button>
        <select
          className="control"
          aria-label="Refresh every"
          value={interval}
          onChange={(event) => model.choose(event.currentTarget.value)}
        >
          <option value="">Off</option>
          {offered.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      </div>
    );
  };
}
