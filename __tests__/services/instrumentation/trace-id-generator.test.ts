import { traceIdGenerator } from "../../../services/instrumentation/trace-id-generator";

it("makes ids of traces and spans that differ", () => {
  const spans = Array.from({ length: 10_000 }, () => traceIdGenerator.generateSpanId());
  expect(spans.every((id) => /^[0-9a-f]{16}$/.test(id))).toBe(true);
  expect(new Set(spans).size).toBe(10_000);
  expect(traceIdGenerator.generateTraceId()).toMatch(/^[0-9a-f]{32}$/);
});

it("never makes one of zeros alone, which would be no id", () => {
  const random = jest.spyOn(Math, "random").mockReturnValueOnce(0).mockReturnValueOnce(0);
  expect(traceIdGenerator.generateSpanId()).not.toBe("0000000000000000");
  random.mockRestore();
});
