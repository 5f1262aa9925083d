import { matches, variable } from "../metrics/promql";
import type { Row } from "./dashboard";
import { logsPanel } from "./log-panels";
import { lines, linesPerSecond } from "./logql";
import type { Colors } from "./palette";
import { timeseriesPanel } from "./panels";
import { serviceVariable } from "./variables";

/** The containers of the chosen services, which have their names. */
const ofServices = lines({ container: variable(serviceVariable) });

/** Levels of an error or worse: the numbers of pino and bunyan from 50 on, and the words of others. */
const errorLevels = matches("[5-9][0-9]|error|ERROR|fatal|FATAL|critical|CRITICAL");
const errors = ofServices.where("level", errorLevels);

/** What the chosen services wrote. Not there where no lines are kept. */
export function logRow(colors: Colors): Row {
  return {
    title: "Logs",
    panels: [
      timeseriesPanel({
        title: "Lines",
        description: "Lines per second that each service wrote; all of its instances.",
        unit: "cps",
        queries: { "{{container}}": linesPerSecond(ofServices, ["container"]) },
        colors,
        noValue: "No lines",
      }),
      timeseriesPanel({
        title: "Error lines",
        description:
          "JSON lines per second of each service with the level error (50) or worse. What is no JSON has no level, and is not counted.",
        unit: "cps",
        queries: { "{{container}}": linesPerSecond(errors, ["container"]) },
        colors,
        noValue: "No error lines",
      }),
      logsPanel({
        title: "Newest lines",
        description:
          "Lines of the chosen services, the newest first. A click on one shows its fields; that of its trace leads to the trace.",
        lines: ofServices,
        noValue: "No lines",
      }),
    ],
  };
}
