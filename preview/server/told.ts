import { formatTable } from "../../operations/terminal/table";
import type { PreviewContent, PreviewSource } from "./source";

/** What the command says at its start: whose dashboards, where each is. */
export function startMessage(
  { environment, dashboards, problem }: PreviewContent,
  url: string,
  prometheus: URL,
): string {
  const rows = dashboards.map(({ uid, title, folder }) => [
    folder,
    title,
    `${url}/d/${encodeURIComponent(uid)}`,
  ]);
  const whose = environment === undefined ? "Dashboards of files" : `Dashboards of ${environment}`;
  return [
    `${whose}, with the data of ${prometheus.href.replace(/\/$/, "")}: ${url}/dashboards`,
    ...(rows.length === 0 ? [] : [formatTable(["FOLDER", "DASHBOARD", "PAGE"], rows).trimEnd()]),
    ...(problem === undefined ? [] : [problem]),
    `A saved change of ${environment === undefined ? "them" : "dashboards/, or of what they import,"} is on the page at once. Ctrl-C ends it.`,
  ].join("\n");
}

/**
 * Says in a line what became of each change.
 * @param say is given each line
 */
export function tellChanges(source: PreviewSource, first: PreviewContent, say: (line: string) => void): void {
  let before = new Map(first.dashboards.map(({ uid, json }) => [uid, JSON.stringify(json)]));
  source.onChange(() => {
    void source.current().then(({ dashboards, findings, problem }) => {
      const now = new Map(dashboards.map(({ uid, json }) => [uid, JSON.stringify(json)]));
      const changed = dashboards.filter(({ uid }) => before.get(uid) !== now.get(uid));
      before = now;
      if (problem !== undefined) {
        say(`The page keeps what was last good:\n${problem}`);
        return;
      }
      const found = Object.values(findings).flat().length;
      const titles = changed.map(({ title }) => title).join(", ") || "nothing that is shown";
      say(`Changed: ${titles}${found === 0 ? "" : `; ${String(found)} findings of the linter`}.`);
    });
  });
}
