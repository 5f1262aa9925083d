import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { marker, postComment, postFile } from "../../../.github/review-comment";
import { marker as markerOfSummary } from "../../../review/page/markdown/markdown";

interface StoredComment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string };
}

/** A stand-in of GitHub's API for comments of pull request 7. */
class GithubStandIn {
  comments: StoredComment[] = [];
  mayWrite = true;
  readonly requests: string[] = [];
  readonly tokens = new Set<string | undefined>();
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { status, body } = this.answer(
        request.method ?? "",
        request.url ?? "",
        Buffer.concat(chunks).toString(),
      );
      this.tokens.add(request.headers.authorization);
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private answer(method: string, path: string, text: string): { status: number; body: unknown } {
    this.requests.push(`${method} ${path}`);
    const url = new URL(path, "http://github.example");
    const listed = url.pathname === "/repos/parcels/monitoring/issues/7/comments";
    if (method === "GET" && listed) {
      const page = Number(url.searchParams.get("page"));
      const size = Number(url.searchParams.get("per_page"));
      return { status: 200, body: this.comments.slice((page - 1) * size, page * size) };
    }
    if (method === "GET") return { status: 404, body: { message: "Not Found" } };
    if (!this.mayWrite) return { status: 403, body: { message: "Resource not accessible by integration" } };
    const { body } = JSON.parse(text) as { body: string };
    if (method === "POST" && listed) {
      this.comments.push({ id: this.comments.length + 1, body, user: { login: "github-actions[bot]" } });
      return { status: 201, body: {} };
    }
    const id = Number(/^\/repos\/parcels\/monitoring\/issues\/comments\/(\d+)$/.exec(url.pathname)?.[1]);
    const found = this.comments.find((comment) => comment.id === id);
    if (method !== "PATCH" || !found) return { status: 404, body: { message: "Not Found" } };
    found.body = body;
    return { status: 200, body: {} };
  }
}

const github = new GithubStandIn();
let api: string;
beforeAll(async () => {
  api = await github.start();
});
afterAll(() => {
  github.stop();
});
beforeEach(() => {
  github.comments = [];
  github.mayWrite = true;
  github.requests.length = 0;
});

const target = () => ({
  api,
  repository: "parcels/monitoring",
  number: 7,
  token: "token-of-a-job",
  author: "github-actions[bot]",
});
const by = (login: string, id: number, body: string): StoredComment => ({ id, body, user: { login } });

it("the marker is that of the summary", () => {
  expect(marker).toBe(markerOfSummary);
});

it("writes a comment, and changes it the next time", async () => {
  expect(await postComment(target(), `${marker}\nfirst`)).toBe("created");
  expect(await postComment(target(), `${marker}\nsecond`)).toBe("updated");
  expect(github.comments.map(({ body }) => body)).toEqual([`${marker}\nsecond`]);
  expect([...github.tokens]).toEqual(["Bearer token-of-a-job"]);
});

it("finds its own among hundreds, on a later page", async () => {
  github.comments = Array.from({ length: 250 }, (_, index) => by("somebody", index + 1, "words"));
  github.comments[230] = by("github-actions[bot]", 231, `${marker}\nold`);
  expect(await postComment(target(), `${marker}\nnew`)).toBe("updated");
  expect(github.comments[230]?.body).toBe(`${marker}\nnew`);
  expect(github.comments).toHaveLength(250);
});

it("touches no comment of others, whatever they hold", async () => {
  const others = [
    by("somebody", 1, `${marker}\ncopied`),
    by("github-actions[bot]", 2, `of another workflow, which quotes ${marker}`),
    by("github-actions[bot]", 3, "of another workflow"),
  ];
  github.comments = others.map((each) => ({ ...each }));
  expect(await postComment(target(), `${marker}\nmine`)).toBe("created");
  expect(github.comments.slice(0, 3)).toEqual(others);
  expect(github.requests.filter((request) => request.startsWith("PATCH"))).toEqual([]);
});

it("refuses a text that it would not find again", async () => {
  await expect(postComment(target(), "no marker")).rejects.toThrow("found no <!-- monitoring-review -->");
  expect(github.requests).toEqual([]);
});

it("cuts what is longer than a comment may be, behind a whole line", async () => {
  const line = `${"ü".repeat(99)}\n`;
  expect(await postComment(target(), `${marker}\n${line.repeat(700)}`)).toBe("created");
  const [{ body } = { body: "" }] = github.comments;
  expect(body.length).toBeLessThanOrEqual(65_536);
  expect(body.length).toBeGreaterThan(65_000);
  const lines = body.split("\n");
  expect(lines.slice(-3)).toEqual(["", "The rest is on the page: a comment has no more room.", ""]);
  expect(new Set(lines.slice(1, -3))).toEqual(new Set([line.trim()]));
  expect(await postComment(target(), `${marker}\n${"x".repeat(70_000)}`)).toBe("updated");
  expect(github.comments[0]?.body).toMatch(/^<!-- monitoring-review -->\n\nThe rest is/);
});

it("says what GitHub answers", async () => {
  await expect(postComment({ ...target(), api: `${api}/elsewhere` }, `${marker}\nx`)).rejects.toThrow(
    /elsewhere\/repos\/parcels\/monitoring\/issues\/7\/comments: GitHub answers 404 .*Not Found/,
  );
});

describe("by the workflow's variables", () => {
  const folder = mkdtempSync(join(tmpdir(), "review-comment-"));
  const [file, summary] = [join(folder, "review.md"), join(folder, "summary.md")];
  const variables = () => ({
    GITHUB_API_URL: api,
    GITHUB_REPOSITORY: "parcels/monitoring",
    GITHUB_STEP_SUMMARY: summary,
    PULL_REQUEST: "7",
    GITHUB_TOKEN: "token-of-a-job",
  });
  beforeEach(() => {
    writeFileSync(file, `${marker}\nof a file\n`);
    writeFileSync(summary, "before\n");
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("posts the file", async () => {
    expect(await postFile(file, variables())).toBe("The comment is created.");
    expect(github.comments.map(({ body }) => body)).toEqual([`${marker}\nof a file\n`]);
    expect(readFileSync(summary, "utf8")).toBe("before\n");
  });

  it("writes into the job's summary where the token of a fork may not write", async () => {
    github.mayWrite = false;
    expect(await postFile(file, variables())).toMatch("the summary is in the job's");
    expect(readFileSync(summary, "utf8")).toBe(`before\n${marker}\nof a file\n`);
  });

  it("does so without a token, too, and asks nobody", async () => {
    expect(await postFile(file, { ...variables(), GITHUB_TOKEN: "" })).toMatch("the summary is in the job's");
    expect(github.requests).toEqual([]);
  });

  it.each([
    ["without a file", () => undefined],
    [
      "with a link in its place, which is not read",
      () => {
        symlinkSync(summary, file);
      },
    ],
  ])("says that the review has failed, in the comment's place: %s", async (_what, put) => {
    github.comments = [by("github-actions[bot]", 1, `${marker}\nof an older version`)];
    rmSync(file);
    put();
    const run = { GITHUB_SERVER_URL: "https://github.example", GITHUB_RUN_ID: "12" };
    expect(await postFile(file, { ...variables(), ...run })).toBe("The comment is updated.");
    rmSync(file, { force: true });
    expect(github.comments.map(({ body }) => body)).toEqual([
      `${marker}\n**The review of the monitoring failed.** [Its log](https://github.example/parcels/monitoring/actions/runs/12) says why.\n`,
    ]);
  });

  it("names what is missing", async () => {
    await expect(postFile(file, {})).rejects.toThrow(
      "Missing: GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_STEP_SUMMARY, PULL_REQUEST.",
    );
  });
});
