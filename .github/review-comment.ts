import { appendFileSync, lstatSync, readFileSync } from "node:fs";

/** By what the comment is found again; the summary begins with it (review/page/markdown/markdown.ts). */
export const marker = "<!-- monitoring-review -->";

/** A comment of GitHub has so many characters at most. */
const mostCharacters = 65_536;

/** Where a comment goes. */
export interface Target {
  /** URL of GitHub's API. */
  readonly api: string;
  /** `owner/name` */
  readonly repository: string;
  /** Number of the pull request. */
  readonly number: number;
  readonly token: string;
  /** Who writes comments with this token. */
  readonly author: string;
}

/** What was done: a comment written or changed; or none, as the token may not. */
export type Posted = "created" | "updated" | "forbidden";

interface Comment {
  readonly id: number;
  readonly body?: string | null;
  readonly user?: { readonly login?: string } | null;
}

/** Comments that one request asks for: GitHub's greatest number. */
const pageSize = 100;
/** Requests for comments, at most: more comments than any pull request has. */
const mostPages = 50;

/**
 * Writes the summary of a review below a pull request, or puts it in the place of the one that is there.
 * @param body begins with the marker
 * @throws Error with what GitHub answers, but where the token may not write
 */
export async function postComment(target: Target, body: string): Promise<Posted> {
  if (!body.startsWith(marker)) throw new Error(`The summary: found no ${marker} at its start.`);
  const fitting = shortened(body, mostCharacters);
  const own = await ownComment(target);
  const path =
    own === undefined ? `issues/${String(target.number)}/comments` : `issues/comments/${String(own)}`;
  const response = await ask(target, path, own === undefined ? "POST" : "PATCH", { body: fitting });
  // A token of a fork's pull request may read only.
  if (response.status === 403) return "forbidden";
  await refuseFailure(response);
  return own === undefined ? "created" : "updated";
}

/** Whole lines of a text, as many as fit, and a sentence that says so where these are not all. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const said = "\n\nThe rest is on the page: a comment has no more room.\n";
  const end = text.lastIndexOf("\n", most - said.length);
  return text.slice(0, Math.max(end, marker.length)) + said;
}

/** The id of the comment that was written before: one of the same author that begins with the marker. */
async function ownComment(target: Target): Promise<number | undefined> {
  for (let page = 1; page <= mostPages; page++) {
    const path = `issues/${String(target.number)}/comments?per_page=${String(pageSize)}&page=${String(page)}`;
    const response = await ask(target, path, "GET");
    await refuseFailure(response);
    const comments = (await response.json()) as readonly Comment[];
    const own = comments.find(
      ({ body, user }) => body?.startsWith(marker) === true && user?.login === target.author,
    );
    if (own || comments.length < pageSize) return own?.id;
  }
  return undefined;
}

function ask(
  { api, repository, token }: Target,
  path: string,
  method: string,
  body?: unknown,
): Promise<Response> {
  return fetch(`${api}/repos/${repository}/${path}`, {
    method,
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "user-agent": "monitoring-review",
      "x-github-api-version": "2022-11-28",
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
}

async function refuseFailure(response: Response): Promise<void> {
  if (response.ok) return;
  const text = (await response.text()).slice(0, 300);
  throw new Error(`${new URL(response.url).pathname}: GitHub answers ${String(response.status)} ${text}`);
}

/** What the workflow sets. */
type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The summary in a file. Where there is none the review has failed, and that is said: what an older one has found would stay.
 * A link is no file: what it names is not the review's.
 */
function summaryIn(file: string, { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID }: Variables): string {
  if (lstatSync(file, { throwIfNoEntry: false })?.isFile() === true) return readFileSync(file, "utf8");
  const run = `${GITHUB_SERVER_URL ?? ""}/${GITHUB_REPOSITORY ?? ""}/actions/runs/${GITHUB_RUN_ID ?? ""}`;
  return `${marker}\n**The review of the monitoring failed.** [Its log](${run}) says why.\n`;
}

/**
 * Posts the summary in a file, or that there is none; where the token may not, or there is none, writes it into the job's
 * summary.
 * @returns what was done, in a sentence
 * @throws Error that names the variables that are missing
 */
export async function postFile(file: string, variables: Variables): Promise<string> {
  const body = summaryIn(file, variables);
  const { GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_STEP_SUMMARY, PULL_REQUEST, GITHUB_TOKEN } = variables;
  const missing = Object.entries({ GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_STEP_SUMMARY, PULL_REQUEST })
    .filter(([, value]) => value === undefined || value === "")
    .map(([name]) => name);
  if (missing.length > 0) throw new Error(`Missing: ${missing.join(", ")}. A workflow of GitHub sets these.`);
  const posted =
    GITHUB_TOKEN === undefined || GITHUB_TOKEN === ""
      ? "forbidden"
      : await postComment(
          {
            api: GITHUB_API_URL ?? "",
            repository: GITHUB_REPOSITORY ?? "",
            number: Number(PULL_REQUEST),
            token: GITHUB_TOKEN,
            author: variables.COMMENT_AUTHOR ?? "github-actions[bot]",
          },
          body,
        );
  if (posted !== "forbidden") return `The comment is ${posted}.`;
  appendFileSync(GITHUB_STEP_SUMMARY ?? "", body);
  return "The token may not write comments: the summary is in the job's.";
}

// By Node alone, which takes the types away: a file of a job that may write runs nothing that is installed.
if (process.argv[1]?.endsWith("review-comment.ts") === true) {
  postFile(process.argv[2] ?? "review.md", process.env).then(
    (said) => {
      console.log(said);
    },
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    },
  );
}
