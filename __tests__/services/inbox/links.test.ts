import { Links } from "../../../services/inbox/links";
import { Runbooks } from "../../../services/inbox/runbooks/runbooks";
import { TestInbox } from "../../support/inbox";

const links = new Links(
  {
    runbooksUrls: [
      new URL("https://git.example/blob/main/runbooks"),
      new URL("http://127.0.0.1:8025/runbooks/"),
    ],
    unservedUrls: [new URL("http://127.0.0.1:3300"), new URL("http://127.0.0.1:9090/graph")],
  },
  new Runbooks(),
);
const labels = { service: "order-service", instance: "10.0.0.1:9100", alertname: "HighErrorRatio" };

describe("a link of a message", () => {
  it.each([
    ["https://example.com/a?b=c#d", "https://example.com/a?b=c#d"],
    [
      "http://127.0.0.1:9093/#/silences/new?filter=%7B%7D",
      "http://127.0.0.1:9093/#/silences/new?filter=%7B%7D",
    ],
    ["http://127.0.0.1:9090/alerts", "http://127.0.0.1:9090/alerts"],
    ["http://127.0.0.1:9090/graphs", "http://127.0.0.1:9090/graphs"],
    ["http://127.0.0.1:33000/d/x", "http://127.0.0.1:33000/d/x"],
  ])("%s leads on", (url, href) => {
    expect(links.hrefOf(url, labels)).toBe(href);
  });

  it.each([
    "http://127.0.0.1:3300",
    "http://127.0.0.1:3300/d/service-health?var-service=a",
    "http://127.0.0.1:9090/graph?g0.expr=up",
    "HTTP://127.0.0.1:3300/d/x",
    // A runbook that there is not.
    "https://git.example/blob/main/runbooks/Nothing.md",
    "http://127.0.0.1:8025/runbooks/a/HighErrorRatio",
    "javascript:alert(1)",
    "data:text/html,x",
    "//evil.example",
    "runbooks/HighErrorRatio",
    "https://user:password@example.com/",
    " https://example.com",
    "not a link",
    "",
    `https://example.com/${"x".repeat(5_000)}`,
  ])("%s is none that is shown", (url) => {
    expect(links.hrefOf(url, labels)).toBeUndefined();
  });

  it("to a runbook leads to the inbox's own, with the labels that it has a place for", () => {
    const own = "runbooks/HighErrorRatio?service=order-service";
    expect(links.hrefOf("https://git.example/blob/main/runbooks/HighErrorRatio.md", labels)).toBe(own);
    expect(links.hrefOf("http://127.0.0.1:8025/runbooks/HighErrorRatio", labels)).toBe(own);
    expect(links.hrefOf("http://127.0.0.1:8025/runbooks/HighErrorRatio.md", {})).toBe(
      "runbooks/HighErrorRatio",
    );
  });

  it("takes no label along that could do harm in a command", () => {
    const hostile = { service: "$(reboot)" };
    expect(links.hrefOf("http://127.0.0.1:8025/runbooks/HighErrorRatio.md", hostile)).toBe(
      "runbooks/HighErrorRatio",
    );
  });
});

it("what is no address in the configuration is refused by name", () => {
  for (const [name, value] of [
    ["UNSERVED_URLS", "127.0.0.1:3300"],
    ["RUNBOOKS_URLS", "https://example.com/?a=b,ftp://example.com"],
  ] as const) {
    expect(() => new TestInbox({ [name]: value })).toThrow(`${name}: expected http(s) URLs`);
  }
});
