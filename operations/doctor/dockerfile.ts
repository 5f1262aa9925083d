/**
 * The images that a Dockerfile builds from: the `FROM` of each stage, less `scratch` and the stages before it.
 * @param given arguments of the build, which win over the defaults of `ARG`
 */
export function baseImages(dockerfile: string, given: Readonly<Record<string, string>>): string[] {
  const args: Record<string, string> = {};
  const stages: string[] = ["scratch"];
  const images = new Set<string>();
  for (const line of dockerfile.split("\n")) {
    const [, name, value] = /^\s*ARG\s+(\w+)(?:=(\S+))?/i.exec(line) ?? [];
    // Declared again in a stage, without a value, it keeps the one that it had.
    if (name !== undefined)
      args[name] = given[name] ?? value?.replaceAll(/^["']|["']$/g, "") ?? args[name] ?? "";
    const [, from, stage] = /^\s*FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(line) ?? [];
    if (from === undefined) continue;
    const image = from.replaceAll(
      /\$(?:\{(\w+)\}|(\w+))/g,
      (_, braced?: string, plain?: string) => args[braced ?? plain ?? ""] ?? "",
    );
    if (!stages.includes(image)) images.add(image);
    if (stage !== undefined) stages.push(stage);
  }
  return [...images];
}
