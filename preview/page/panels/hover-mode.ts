import { TooltipDisplayMode } from "@grafana/schema";

/** What `TooltipPlugin2` calls its modes: a `const enum`, which no built file holds. */
const modes = { one: 0, all: 1 } as const;

/** How a tooltip finds what it tells: the nearest series, or all. */
export function hoverMode(mode: TooltipDisplayMode): number {
  return mode === TooltipDisplayMode.Single ? modes.one : modes.all;
}
