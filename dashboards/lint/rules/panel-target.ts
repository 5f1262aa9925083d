import { showsData } from "../dashboard";
import type { Rule } from "../rule";

/** A panel that asks nothing stays empty. */
export const panelTarget: Rule = {
  name: "panel-target",
  summary:
    "Every panel asks something; rows, texts and Grafana's own lists (alerts, dashboards, news) need not.",
  check({ panels }) {
    return panels.filter(showsData).flatMap((panel) => {
      const targets = panel.json.targets ?? [];
      if (targets.length === 0) return [{ panel, message: "has no target" }];
      return targets
        .filter(({ expr }) => expr?.trim() === "")
        .map(({ refId }) => ({ panel, message: `target ${refId ?? ""} asks nothing` }));
    });
  },
};
