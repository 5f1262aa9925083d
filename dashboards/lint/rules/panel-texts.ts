import type { Rule } from "../rule";

/** Whoever is woken at night reads them. */
export const panelTexts: Rule = {
  name: "panel-texts",
  summary: "Every panel has a title, and every panel but rows and texts a description.",
  check({ panels }) {
    return panels.flatMap((panel) => {
      const { type, title, description, libraryPanel } = panel.json;
      if (type === "text" || libraryPanel) return [];
      const missing = [
        ...(title?.trim() ? [] : ["title"]),
        ...(type === "row" || description?.trim() ? [] : ["description"]),
      ];
      return missing.map((what) => ({ panel, message: `has no ${what}` }));
    });
  },
};
