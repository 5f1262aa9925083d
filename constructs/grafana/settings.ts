import { z } from "zod";
import { text, textThat } from "../../schema/primitives";

/** Stable id of a folder, a dashboard or a data source in Grafana's URLs. */
export const uid = text(/^[A-Za-z0-9_-]{1,40}$/, "1 to 40 letters, digits, dashes and underscores");

/** A basic role of Grafana, each with the rights of those before it. */
export const role = z.enum(["Viewer", "Editor", "Admin"]);

/** The least role that sees a folder unless another is said: that of everybody with an account. */
export const defaultRole = "Viewer";

function isTimezone(name: string): boolean {
  return name === "browser" || name === "utc" || Intl.supportedValuesOf("timeZone").includes(name);
}

/** Time zone of what has none of its own. */
export const timezone = textThat(isTimezone, `"browser", "utc" or a time zone such as "Europe/Berlin"`);
