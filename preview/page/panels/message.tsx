import type { PanelData, FieldConfigSource } from "@grafana/data";
import type { ReactNode } from "react";

/** A text in the middle of a panel. */
export function Message({ children }: { readonly children: ReactNode }) {
  return <div className="panel-message">{children}</div>;
}

/** What a panel says where its queries found nothing: its own words, or Grafana's. */
export function NoData({ fieldConfig }: { readonly fieldConfig: FieldConfigSource }) {
  return <Message>{fieldConfig.defaults.noValue ?? "No data"}</Message>;
}

/** Whether there is something to draw. */
export function hasData({ series }: PanelData): boolean {
  return series.some(({ length, fields }) => length > 0 && fields.length > 1);
}
