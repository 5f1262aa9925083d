import { faster } from "../../../demo/speed/faster";

const rules = `groups:
  - name: services
    interval: 30s
    rules:
      - record: service:http_requests:rate5m
        expr: sum by (service) (rate(http_requests_total{route=~"[0-9]+:5m"}[5m]))
      - alert: HighErrorRatio
        expr: changes(up[15m:1m]) > 5 and up offset 1d > predict_linear(up[1h30m], 3600)
        for: 2m
        keep_firing_for: 1m30s
        annotations:
          description: over the last [5m]
`;

it("divides intervals, holding times, ranges and offsets, and nothing else", () => {
  expect(faster(rules, 15)).toBe(`groups:
  - name: services
    interval: 2000ms
    rules:
      - record: service:http_requests:rate5m
        expr: sum by (service) (rate(http_requests_total{route=~"[0-9]+:5m"}[20000ms]))
      - alert: HighErrorRatio
        expr: changes(up[60000ms:4000ms]) > 5 and up offset 5760000ms > predict_linear(up[360000ms], 3600)
        for: 8000ms
        keep_firing_for: 6000ms
        annotations:
          description: over the last [5m]
`);
});

it("divides the intervals of scrapes and routes, and lets a scrape take its whole interval", () => {
  const yaml = `global:
  scrape_interval: 15s
  scrape_timeout: 10s
  evaluation_interval: 15s
route:
  group_wait: 0s
  group_interval: 1m
  repeat_interval: 1h
`;
  expect(faster(yaml, 15)).toBe(`global:
  scrape_interval: 1000ms
  evaluation_interval: 1000ms
route:
  group_wait: 0ms
  group_interval: 4000ms
  repeat_interval: 240000ms
`);
});
