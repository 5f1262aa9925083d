import type { PostedAlert } from "./alertmanager";

/** Texts that break what is careless: markup of every service, characters of several code points, far too long. */
export const hostileTexts = {
  html: `</td><script>alert(1)</script><img src=x onerror="alert(2)"> & "quotes" 'single'`,
  slack: `<!channel> <@U123> <https://evil.example|click> & *bold* _it_ \`code\` ~no~`,
  markdown: `[click](https://evil.example) **bold** __x__ ~~y~~ ||spoiler|| \\ \`\`\`code`,
  families: "\u{1F469}\u200D\u{1F469}\u200D\u{1F467}\u200D\u{1F466}".repeat(300),
  skinTones: "\u{1F44D}\u{1F3FD}".repeat(400),
  flags: "\u{1F1E9}\u{1F1EA}".repeat(500),
  england: "\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}".repeat(200),
  combining: "e\u0301".repeat(500),
  stacked: `Z${"\u0301\u0302\u0303".repeat(400)}`,
  chinese: "服务器磁盘空间不足".repeat(100),
  lines: "first\nsecond\r\nthird\u2028fourth\tend\u0000\u0007",
  turned: "\u202Etxt.exe\u202C",
  template: '{{ .Labels }} {{ template "x" }} ${HOME} %s %!d',
  long: "x".repeat(5000),
} as const;

/** Alerts of one group, with a hostile text each in its annotations and labels. */
export function hostileGroup(count: number, severity: string, service: string): PostedAlert[] {
  const texts = Object.values(hostileTexts);
  return Array.from({ length: count }, (_, index) => {
    const text = texts[index % texts.length] ?? "";
    return {
      labels: {
        alertname: "Hostile",
        severity,
        service,
        environment: "local",
        instance: `10.0.0.${String(index)}:9100`,
        path: text,
      },
      // Every fifth has none at all.
      ...(index % 5 < 4 && {
        annotations: {
          summary: text,
          description: text,
          runbook_url: "https://example.com/runbooks/Hostile.md",
          dashboard_url: "https://grafana.example.com/d/service-health?var-service=order-service",
        },
      }),
    };
  });
}
