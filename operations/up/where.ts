import type { StackContents } from "../terraform/stack-contents";
import { formatTable } from "../terminal/table";

/** A table of what the containers publish: their names and addresses. */
export function whereTable(contents: readonly StackContents[]): string {
  const rows = contents
    .flatMap(({ containers }) => containers)
    .flatMap(({ ownName: name, ports }) =>
      ports
        .filter(({ byEngine }) => byEngine)
        .map(({ address, port }) => [name, urlOf(address, port)] as const),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return formatTable(["WHAT", "WHERE"], rows);
}

function urlOf(address: string, port: number): string {
  return `http://${address === "0.0.0.0" ? "127.0.0.1" : address}:${String(port)}`;
}
