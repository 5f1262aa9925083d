/** Why a text cannot be read as a dashboard, as the end of a sentence that begins with the file's name. */
export class UnreadableDashboard extends Error {
  override readonly name = "UnreadableDashboard";
}

/** A dashboard in Grafana's classic schema, out of what it was wrapped in. */
export interface ClassicJson {
  readonly json: Readonly<Record<string, unknown>>;
  /** How panels find their places: by their own, or by rows, as before Grafana 5. */
  readonly layout: "grid" | "rows";
}

/**
 * The dashboard in a file: as Grafana exports it, as its API answers (`{ dashboard, meta }`), as a resource of
 * `dashboard.grafana.app` up to v1, or from before Grafana 5.
 * @throws UnreadableDashboard when there is none.
 */
export function classicOf(file: unknown): ClassicJson {
  for (let json = file; ;) {
    if (!isObject(json)) throw new UnreadableDashboard("is no dashboard: expected a JSON object.");
    if ("panels" in json || "rows" in json) return flat(json);
    if ("elements" in json) {
      throw new UnreadableDashboard(
        "is a dashboard in a newer schema (v2): export it from Grafana in the classic one.",
      );
    }
    if ("dashboard" in json) json = json.dashboard;
    else if (isObject(json.spec)) {
      const uid = isObject(json.metadata) ? json.metadata.name : undefined;
      json = uid === undefined ? json.spec : { uid, ...json.spec };
    } else throw new UnreadableDashboard('is no dashboard: it has no "panels".');
  }
}

/** Rows hold their panels before Grafana 5, and lay them out. */
function flat(json: Readonly<Record<string, unknown>>): ClassicJson {
  const { rows, panels } = json;
  if (!Array.isArray(rows) || (Array.isArray(panels) && panels.length > 0)) return { json, layout: "grid" };
  const inRows = rows.flatMap((row: unknown): unknown[] =>
    isObject(row) && Array.isArray(row.panels) ? row.panels : [],
  );
  return { json: { ...json, panels: inRows }, layout: "rows" };
}

function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
