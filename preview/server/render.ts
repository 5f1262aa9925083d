/**
 * The program that makes the dashboards of an environment, each time in a process of its own: a file that has changed is
 * read anew, and one that never ends or ends the process ends only this one. Its argument is the environment's name; it
 * sends one message to the process that started it.
 */
import { problemOf, tell } from "./tell-crash";
import { dashboardOf } from "../../dashboards/lint/dashboard";
import { lint } from "../../dashboards/lint/lint";
import { EnvironmentError, loadEnvironments } from "../../environments";
import { dashboardFoldersOf, system } from "../../stacks/system";
import { findingsOf } from "./findings";
import type { PreviewContent } from "./source";

/** What it sends. */
export type Rendered = { readonly content: PreviewContent } | { readonly problem: string };

tell(rendered(process.argv[2] ?? ""));

function rendered(name: string): Rendered {
  try {
    const [environment] = loadEnvironments(name);
    if (environment === undefined) throw new Error("No environment is named.");
    const dashboards = dashboardFoldersOf(environment).flatMap(({ title: folder, dashboards: all }) =>
      all.map((json) => ({
        uid: json.uid ?? "",
        title: json.title ?? "",
        folder,
        ...(json.description !== undefined && { description: json.description }),
        json,
      })),
    );
    const findings = Object.fromEntries(
      dashboards.map(({ uid, json }) => [uid, findingsOf(lint(dashboardOf(json), system), "error")]),
    );
    return { content: { environment: name, dashboards, findings } };
  } catch (error) {
    return { problem: error instanceof EnvironmentError ? error.message : problemOf(error) };
  }
}
