import { PanelBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Options as LogsOptions } from "@grafana/grafana-foundation-sdk/logs";
import { checkPanel } from "./checks";
import type { LogLines } from "./logql";
import { ask, type PanelOptions, withOptions } from "./panel-options";
import type { Plain } from "./panels";

/** What a panel of lines may have. */
export interface LogsPanelOptions extends Pick<
  PanelOptions,
  "title" | "description" | "span" | "height" | "noValue"
> {
  readonly lines: LogLines;
}

/** Lines as they were written, the newest first; those that are JSON field by field. */
export function logsPanel(options: LogsPanelOptions): PanelBuilder {
  if (!checkPanel("logs", options)) return new PanelBuilder();
  const { lines, ...texts } = options;
  const shown: Plain<LogsOptions> = {
    showTime: true,
    showLabels: false,
    showCommonLabels: false,
    showLogContextToggle: true,
    wrapLogMessage: true,
    prettifyLogMessage: true,
    enableLogDetails: true,
    sortOrder: "Descending",
    dedupStrategy: "none",
  };
  const builder = new PanelBuilder().type("logs");
  withOptions(builder, { ...texts, queries: { lines } }, { span: 24, height: 12 }).options(shown);
  return ask(builder, "A", "", lines, { range: true });
}
