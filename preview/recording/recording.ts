import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { previewFolder } from "../server/places";
import type { RecordedAnswer, RecordedAnswers } from "../server/recorded-answers";

/** What the Prometheus of the known traffic answered to the page. */
export const recordingFile = join(previewFolder, "recording/answers.json.gz");

/** Where answers come from that were not recorded. */
export type Ask = (path: string, parameters: URLSearchParams) => Promise<RecordedAnswer>;

/** Answers by their questions, kept in a file. */
export class Recording implements RecordedAnswers {
  private readonly asked = new Map<string, RecordedAnswer>();

  /**
   * @param known by `keyOf` the question
   * @param ask for what is not known. Default: that has no answer
   */
  constructor(
    private readonly known: ReadonlyMap<string, RecordedAnswer>,
    private readonly ask?: Ask,
  ) {}

  /** @param file of an earlier `save`; none is an empty one */
  static read(file = recordingFile, ask?: Ask): Recording {
    if (!existsSync(file)) return new Recording(new Map(), ask);
    const all = JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) as Record<string, RecordedAnswer>;
    return new Recording(new Map(Object.entries(all)), ask);
  }

  /** The questions that were asked of it and not known before. */
  get unknown(): string[] {
    return [...this.asked.keys()].filter((key) => !this.known.has(key));
  }

  async answer(path: string, parameters: URLSearchParams): Promise<RecordedAnswer | undefined> {
    const key = keyOf(path, parameters);
    const answer = this.known.get(key) ?? this.asked.get(key) ?? (await this.ask?.(path, parameters));
    if (answer !== undefined) this.asked.set(key, answer);
    return answer;
  }

  /**
   * Writes what was asked for. The same answers give the same bytes.
   * @param keepOthers whether what was known before and not asked for is kept. Default: nobody asks for it any more
   */
  save(file = recordingFile, { keepOthers = false } = {}): void {
    const all = new Map([...(keepOthers ? this.known : []), ...this.asked]);
    const sorted = [...all].sort(([one], [other]) => (one < other ? -1 : 1));
    mkdirSync(dirname(file), { recursive: true });
    const fresh = `${file}.new`;
    writeFileSync(fresh, gzipSync(JSON.stringify(Object.fromEntries(sorted)), { level: 9 }));
    renameSync(fresh, file);
  }
}

/** Names a question, whatever the order of its parameters. */
export function keyOf(path: string, parameters: URLSearchParams): string {
  const sorted = new URLSearchParams(parameters);
  sorted.sort();
  return `${path}?${sorted.toString()}`;
}

/** Asks a Prometheus. */
export function asking(url: URL): Ask {
  return async (path, parameters) => {
    const response = await fetch(new URL(`${path}?${parameters.toString()}`, url));
    return { status: response.status, body: await response.text() };
  };
}
