import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Construct } from "constructs";
import { wholeNumber } from "../../schema/primitives";
import { Problems } from "../props-error";
import { renderWidget, type Widget } from "./widgets";

/** Width of CloudWatch's grid, in columns. */
export const gridWidth = 24;

const widgetWidth = wholeNumber(1, gridWidth);
const widgetHeight = wholeNumber(1, 1000);
const lineCount = wholeNumber(1, 10_000);

/** Props of `Dashboard`. */
export interface DashboardProps {
  /** Name, unique in the account: 1 to 255 letters, digits, `-` and `_`. */
  readonly name: string;
  /** Region of every widget, such as `eu-central-1`. */
  readonly region: string;
  /**
   * The widgets, row by row from above, each row from the left. Refused: a row wider than 24 columns, an empty row,
   * more than 500 widgets, a size that is not a whole number.
   */
  readonly rows: readonly (readonly Widget[])[];
  /**
   * How far back the dashboard looks when it is opened, as an ISO 8601 duration.
   * @default "-PT3H" - three hours
   */
  readonly start?: string;
}

/** A CloudWatch dashboard whose widgets are typed and laid out by rows. */
export class Dashboard extends Construct {
  /** Name of the dashboard. */
  readonly name: string;

  /** @throws PropsError for what AWS would refuse */
  constructor(scope: Construct, id: string, props: DashboardProps) {
    const { name, region, rows, start = "-PT3H" } = props;
    const problems = new Problems()
      .expect(/^[A-Za-z0-9_-]{1,255}$/.test(name), "name", name, "1 to 255 letters, digits, - and _")
      .expect(/^-P[0-9A-Z]+$/.test(start), "start", start, 'a negative duration such as "-PT3H"');
    checkRows(rows, problems);
    problems.throwFor(scope, id);
    super(scope, id);
    const dashboard = new CloudwatchDashboard(this, "dashboard", {
      dashboardName: name,
      // "inherit": each graph keeps its own period, however long a time it shows.
      dashboardBody: JSON.stringify({ start, periodOverride: "inherit", widgets: layOut(rows, region) }),
    });
    this.name = dashboard.dashboardName;
  }
}

function layOut(rows: readonly (readonly Widget[])[], region: string): readonly unknown[] {
  const placed: unknown[] = [];
  let y = 0;
  for (const row of rows) {
    let x = 0;
    for (const widget of row) {
      const { width, height } = widget;
      placed.push({ x, y, width, height, ...renderWidget(widget, region) });
      x += width;
    }
    y += Math.max(...row.map(({ height }) => height));
  }
  return placed;
}

function checkRows(rows: readonly (readonly Widget[])[], problems: Problems): void {
  const count = rows.flat().length;
  problems.expect(count >= 1 && count <= 500, "rows", count, "1 to 500 widgets");
  rows.forEach((row, index) => {
    const prop = `rows[${String(index)}]`;
    problems.expect(row.length > 0, prop, row, "at least one widget");
    const width = row.reduce((sum, widget) => sum + widget.width, 0);
    problems.expect(width <= gridWidth, prop, width, `a width of ${String(gridWidth)} columns together`);
    row.forEach((widget, position) => {
      checkWidget(widget, `${prop}[${String(position)}]`, problems);
    });
  });
}

function checkWidget(widget: Widget, prop: string, problems: Problems): void {
  const { width, height } = widget;
  problems.holds(widgetWidth, `${prop}.width`, width).holds(widgetHeight, `${prop}.height`, height);
  switch (widget.kind) {
    case "alarm-status": {
      const count = widget.alarmArns.length;
      problems.expect(count >= 1 && count <= 100, `${prop}.alarmArns`, count, "1 to 100 alarms");
      return;
    }
    case "graph": {
      const { metrics, periodSeconds: period } = widget;
      const count = metrics.length;
      problems.expect(count >= 1 && count <= 500, `${prop}.metrics`, count, "1 to 500 metrics");
      const isPeriod = [1, 5, 10, 30].includes(period) || (period > 0 && period % 60 === 0);
      problems.expect(isPeriod, `${prop}.periodSeconds`, period, "1, 5, 10, 30 or a multiple of 60");
      return;
    }
    case "log-lines": {
      const { lines, logGroupName } = widget;
      problems.holds(lineCount, `${prop}.lines`, lines);
      problems.expect(
        !logGroupName.includes("'"),
        `${prop}.logGroupName`,
        logGroupName,
        "a log group's name",
      );
      return;
    }
  }
}
