import { PanelPlugin } from "@grafana/data";
import { logLines, notShown } from "../dashboard/log-lines";
import { Message } from "./message";

/** In the place of a panel of a kind that is not drawn here. */
export function unknown(kind: string): PanelPlugin {
  const plugin = new PanelPlugin(() => <Message>{messageOf(kind)}</Message>);
  plugin.setNoPadding();
  return plugin;
}

function messageOf(kind: string): string {
  switch (kind) {
    case "":
      return "A panel without a kind.";
    case logLines:
      return notShown;
    default:
      return `Panels of the kind "${kind}" are not drawn here; Grafana draws them.`;
  }
}
