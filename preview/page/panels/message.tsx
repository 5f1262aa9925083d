import type { PanelData, FieldConfigSource } from "@grafana/data";
import type { ReactNode } from "react";

/** A text in the middle of a panel. */
export function Message({
  children,
  isError = false,
}: {
  readonly children: ReactNode;
  readonly isError?: boolean;
}) {
  return <div className={isError ? "panel-message panel-error" : "panel-message"}>{children}</div>;
}

/** What a panel says where its queries found nothing: why they failed, else its own words, or Grafana's. */
export function NoData({
  data,
  fieldConfig,
}: {
  readonly data: PanelData;
  readonly fieldConfig: FieldConfigSource;
}) {
  const [error] = data.errors ?? [];
  if (error?.message) return <Message isError>{error.message}</Message>;
  return <Message>{fieldConfig.defaults.noValue ?? "No data"}</Message>;
}

/** Whether there is something to draw. */
export function hasData({ series }: PanelData): boolean {
  return series.some(({ length, fields }) => length > 0 && fields.length > 1);
}
