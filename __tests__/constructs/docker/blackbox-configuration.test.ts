import { parse } from "yaml";
import {
  moduleNameOf,
  type Probe,
  renderBlackboxConfiguration,
} from "../../../constructs/docker/blackbox-configuration";
import { probeSchema } from "../../../constructs/docker/blackbox-settings";

const probe = (url: string, settings: unknown = {}): Probe => ({ url, ...probeSchema.parse(settings) });
const modulesOf = (...probes: Probe[]) =>
  (
    parse(renderBlackboxConfiguration(probes)) as {
      modules: Record<string, { timeout: string; http: unknown }>;
    }
  ).modules;

const plain = probe("http://a.example.com");

it("probes that ask in the same way share a module, in whatever order they stand", () => {
  const probes = [plain, probe("https://b.example.com"), probe("https://c.example.com")];
  expect(Object.keys(modulesOf(...probes))).toEqual(["http_2xx_5s", "https_2xx_5s"]);
  expect(renderBlackboxConfiguration(probes)).toBe(renderBlackboxConfiguration([...probes].reverse()));
});

it("each setting makes a module of another name", () => {
  const probes = [
    plain,
    ...[
      { statuses: [200, 401] },
      { statuses: [200] },
      { text: "ok" },
      { text: "OK" },
      { timeout: "2s" },
      { followRedirects: false },
    ].map((settings) => probe("http://a.example.com", settings)),
  ];
  expect(new Set(probes.map(moduleNameOf)).size).toBe(probes.length);
  expect(Object.keys(modulesOf(...probes))).toHaveLength(probes.length);
});

it("a module says all that a probe asks for", () => {
  const asked = probe("https://a.example.com", {
    statuses: [200, 401],
    text: '"status":"ok"',
    timeout: "2s",
    followRedirects: false,
  });
  expect(modulesOf(asked)[moduleNameOf(asked)]).toEqual({
    prober: "http",
    timeout: "2s",
    http: {
      valid_status_codes: [200, 401],
      fail_if_body_not_matches_regexp: ['"status":"ok"'],
      fail_if_not_ssl: true,
      follow_redirects: false,
      body_size_limit: "10MB",
      preferred_ip_protocol: "ip4",
    },
  });
});

it("what is asked without TLS need not have it", () => {
  expect(modulesOf(plain).http_2xx_5s?.http).not.toHaveProperty("fail_if_not_ssl");
});
