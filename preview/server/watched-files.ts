import { statSync, watch, type FSWatcher } from "node:fs";
import { basename, dirname } from "node:path";

/** Editors write a file in several steps, and a formatter writes it once more. */
const settleMs = 40;

/**
 * Tells when one of some files changes. Their folders are watched, as most editors put a new file in the old one's place.
 */
export class WatchedFiles {
  private readonly folders = new Map<string, FSWatcher>();
  private files = new Map<string, string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly onChange: () => void) {}

  /**
   * Watches these files from now on, and no others.
   * @param paths absolute ones; a folder among them stands for all that is directly in it
   */
  set(paths: readonly string[]): void {
    // What is known keeps its stamp: it may have changed since somebody read it.
    this.files = new Map(paths.map((path) => [path, this.files.get(path) ?? stampOf(path)]));
    const wanted = new Set(paths.flatMap((path) => [dirname(path), ...(isFolder(path) ? [path] : [])]));
    for (const [folder, watcher] of this.folders) {
      if (wanted.has(folder)) continue;
      watcher.close();
      this.folders.delete(folder);
    }
    for (const folder of wanted) if (!this.folders.has(folder)) this.watchFolder(folder);
  }

  close(): void {
    clearTimeout(this.timer);
    for (const watcher of this.folders.values()) watcher.close();
    this.folders.clear();
    this.files.clear();
  }

  private watchFolder(folder: string): void {
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        this.look(folder, name);
      });
      // A folder that is removed while it is watched.
      watcher.on("error", () => {
        watcher.close();
        this.folders.delete(folder);
      });
      this.folders.set(folder, watcher);
    } catch {
      // A folder that is not there has no changes.
    }
  }

  /** Waits until the files are quiet; one that is as it was, such as a file that was only read, is no change. */
  private look(folder: string, name: string | null): void {
    const isOurs = [...this.files.keys()].some(
      (path) => path === folder || (dirname(path) === folder && (name === null || basename(path) === name)),
    );
    if (!isOurs) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const stamps = [...this.files.keys()].map((path): [string, string] => [path, stampOf(path)]);
      const isChanged = stamps.some(([path, stamp]) => this.files.get(path) !== stamp);
      this.files = new Map(stamps);
      if (isChanged) this.onChange();
    }, settleMs);
  }
}

/** What tells whether a file has changed; of a folder, whether what is in it came or went. */
function stampOf(path: string): string {
  const status = statSync(path, { throwIfNoEntry: false });
  return status === undefined
    ? "none"
    : `${String(status.ino)} ${String(status.size)} ${String(status.mtimeMs)}`;
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
