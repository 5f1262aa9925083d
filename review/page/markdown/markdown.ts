import { isMade, type Review, type SkippedPart } from "../data/review";
import { verdictsOf, stateInWords, worstOf } from "../verdicts";
import { duration } from "../words";
import { longTime } from "../zoned";
import { alertLines, receiverLines, untoldLines } from "./alerts";
import { codeMarkdown, escapeMarkdown } from "./escape";
import { costLines, impactLines, looksLines } from "./parts";

/** By what the comment of a review is found again among others. */
export const marker = "<!-- monitoring-review -->";

/** Lines of the summary, at most. */
export const mostLines = 59;

export interface MarkdownOptions {
  /** Where the page is. Default: it is said to be attached. */
  readonly pageUrl?: string | undefined;
  /** Default: 59 */
  readonly mostLines?: number;
}

/** The summary of a review for a comment at GitHub: of few lines, and useful by itself. */
export function reviewMarkdown(review: Review, options: MarkdownOptions = {}): string {
  const most = options.mostLines ?? mostLines;
  // Fewer rows of each table until all of it fits.
  for (const rows of [8, 6, 4, 3, 2, 1]) {
    const lines = linesOf(review, rows, options.pageUrl);
    if (lines.length <= most || rows === 1) return `${lines.slice(0, most).join("\n")}\n`;
  }
  throw new Error("There is a last number of rows.");
}

function linesOf(review: Review, rows: number, pageUrl: string | undefined): readonly string[] {
  const { made, alerts, impact, looks, cost } = review;
  const verdicts = verdictsOf(review);
  const of = <T extends object>(part: T | SkippedPart, say: (part: T) => readonly string[]) =>
    isMade(part) ? say(part) : [];
  const blocks = [
    [
      `### Monitoring of ${escapeMarkdown(made.environment)}: ${stateInWords[worstOf(verdicts)]}`,
      ...verdicts.flatMap(({ title, state, sentence }, index) => [
        ...(index === 0 ? [""] : []),
        `- **${stateInWords[state]}** ${title}: ${escapeMarkdown(sentence, 400)}`,
      ]),
    ],
    of(alerts, (part) => receiverLines(part, rows)),
    of(alerts, (part) => alertLines(part, rows)),
    of(alerts, (part) => untoldLines(part, rows)),
    of(impact, (part) => impactLines(part, rows)),
    of(looks, (part) => looksLines(part, rows)),
    of(cost, (part) => costLines(part, rows)),
    [footer(review, pageUrl)],
  ];
  const shown = blocks.filter((block) => block.length > 0);
  return [marker, ...shown.flatMap((block, index) => (index === 0 ? block : ["", ...block]))];
}

function footer({ made }: Review, pageUrl: string | undefined): string {
  const page =
    pageUrl === undefined
      ? "The whole page is `review.html`."
      : `[The whole page](<${linkTarget(pageUrl)}>).`;
  const { past, zone } = made;
  const over = past
    ? ` Replayed over ${duration((past.to - past.from) / 1_000)} of ${escapeMarkdown(past.source)}, to ${longTime(past.to, zone)}.`
    : "";
  const tried =
    made.tried.length === 0 ? "" : ` Tried: ${made.tried.map((each) => codeMarkdown(each)).join(", ")}.`;
  return `${page} ${codeMarkdown(made.before, 60)} → ${codeMarkdown(made.after, 60)}.${over}${tried}`;
}

/** @throws Error unless it is a web address */
function linkTarget(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !["https:", "http:"].includes(url.protocol)) {
    throw new Error(`The page's address: found "${text}", allowed: one that begins with https:// or http://`);
  }
  return url.href.replace(/[<>]/g, encodeURIComponent);
}
