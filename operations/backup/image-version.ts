import { CommandError } from "../terminal/command";

/**
 * Checks that a program can read the data of a backup: it is as new as the program that wrote them, or newer. An older
 * one may not know their form.
 * @throws CommandError where it is older, or where that cannot be told from the images' tags
 */
export function assertNotOlder(container: string, now: string, ofBackup: string): void {
  if (now === ofBackup) return;
  const [running, wanted] = [versionOf(now), versionOf(ofBackup)];
  const way = `Nothing was touched. Deploy with the image of the backup first (\`images\` of the environment), restore, and change the image then.`;
  if (!running || !wanted)
    throw new CommandError(
      `${container}: ${now} cannot be compared with ${ofBackup}, of which the backup is, as not both have a version.\n${way}`,
    );
  for (const [index, number] of wanted.entries()) {
    const own = running[index] ?? 0;
    if (own > number) return;
    if (own < number)
      throw new CommandError(
        `${container}: ${now} is older than ${ofBackup}, of which the backup is.\n${way}`,
      );
  }
}

/** The numbers of an image's tag: `13, 0, 2` of `grafana/grafana:13.0.2`. */
function versionOf(image: string): number[] | undefined {
  const tag = /:v?(\d+(?:\.\d+)*)(?:-[\w.]+)?(?:@|$)/.exec(image)?.[1];
  return tag?.split(".").map(Number);
}
