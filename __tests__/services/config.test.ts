import { createGateway } from "../../services/api-gateway/app";
import { createOrderService } from "../../services/order-service/app";
import { ConfigError } from "../../services/platform/config";

describe("the configuration of a service", () => {
  const problemsOf = (create: () => unknown): readonly string[] => {
    try {
      create();
      return [];
    } catch (error) {
      if (error instanceof ConfigError) return error.problems;
      throw error;
    }
  };

  it("lists all problems by variable, with what was found and what is allowed", () => {
    const env = {
      PORT: "70000",
      LOG_LEVEL: "loud",
      AUTH_SERVICE_URL: "auth:3002",
      PRODUCT_SERVICE_URL: "http://user:password@host/",
      MAX_ORDERS: "-1",
      FAULT_INJECTION: "yes",
      OTEL_EXPORTER_OTLP_ENDPOINT: "collector",
    };
    expect(problemsOf(() => createOrderService(env))).toEqual([
      'PORT: expected a whole number from 0 to 65535, found "70000".',
      'LOG_LEVEL: expected fatal, error, warn, info, debug, trace or silent, found "loud".',
      'FAULT_INJECTION: expected on or off, found "yes".',
      'AUTH_SERVICE_URL: expected an http(s) URL such as http://product-service:3001, without a path, found "auth:3002".',
      expect.stringContaining("PRODUCT_SERVICE_URL: expected an http(s) URL") as string,
      'MAX_ORDERS: expected a whole number from 1 to 1000000, found "-1".',
      "OTEL_EXPORTER_OTLP_ENDPOINT: expected an http(s) URL.",
    ]);
  });

  it("never shows the credentials of an address", () => {
    const [problem] = problemsOf(() => createGateway({ AUTH_SERVICE_URL: "http://user:hunter2@host" }));
    expect(problem).not.toContain("hunter2");
  });

  it("takes empty variables as not set", async () => {
    const { app, config } = createGateway({ PORT: "", LOG_LEVEL: "silent", JAEGER_AGENT_HOST: "" });
    expect(config.PORT).toBe(3000);
    await app.close();
  });
});
