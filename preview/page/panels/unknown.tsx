import { PanelPlugin } from "@grafana/data";
import { Message } from "./message";

/** In the place of a panel of a kind that is not drawn here. */
export function unknown(kind: string): PanelPlugin {
  const plugin = new PanelPlugin(() => (
    <Message>
      {kind === ""
        ? "A panel without a kind."
        : `Panels of the kind "${kind}" are not drawn here; Grafana draws them.`}
    </Message>
  ));
  plugin.setNoPadding();
  return plugin;
}
