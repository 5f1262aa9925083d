import { parseWatchedServices, withWatchedServices } from "../../demo/watched-service";
import { loadEnvironments } from "../support/environments";

const taken = ["api-gateway", "order-service"];

it("takes a name and an address, and where its metrics are", () => {
  const options = ["payment-service=http://127.0.0.1:8000", "stock=http://stock.example/internal/metrics"];
  expect(parseWatchedServices(options, taken)).toEqual([
    { name: "payment-service", host: "127.0.0.1", port: 8000, metricsPath: "/metrics" },
    { name: "stock", host: "stock.example", port: 80, metricsPath: "/internal/metrics" },
  ]);
  expect(parseWatchedServices(["a1=http://[::1]:8000/"], taken)[0]).toMatchObject({
    host: "[::1]",
    port: 8000,
  });
});

it.each([
  ["payment-service", "found no ="],
  ["=http://127.0.0.1:8000", 'found the name ""'],
  ["Payment=http://127.0.0.1:8000", 'found the name "Payment"'],
  ["payment_service=http://127.0.0.1:8000", 'found the name "payment_service"'],
  ["payment=127.0.0.1:8000", 'found the address "127.0.0.1:8000"'],
  ["payment=8000", 'found the address "8000"'],
  ["payment=https://127.0.0.1:8000", "found https://"],
  ["payment=http://user:word@127.0.0.1:8000", "found more than a host, a port and a path"],
  ["payment=http://127.0.0.1:8000/metrics?a=b", "found more than a host, a port and a path"],
  ["payment=http://127.0.0.1:8000/a%20b", 'found the path "/a%20b"'],
])("refuses %s, with what is allowed", (option, found) => {
  expect(() => parseWatchedServices([option], taken)).toThrow(
    `--watch ${option}: ${found}; allowed: NAME=URL with a name of 2 to 40`,
  );
});

it("refuses what is there already, and what is given twice, all of it at once", () => {
  const address = "http://127.0.0.1:8000";
  const options = [`order-service=${address}`, `grafana=${address}`, `mine=${address}`, `mine=${address}`];
  expect(() => parseWatchedServices(options, taken)).toThrow(
    [
      `--watch order-service=${address}: found "order-service", which the demo has already; allowed: any other name`,
      `--watch grafana=${address}: found "grafana", which the demo has already; allowed: any other name`,
      `--watch mine=${address}: found "mine" twice, allowed: once`,
    ].join("\n"),
  );
});

it("is a service of the environment that runs elsewhere", () => {
  const [local] = loadEnvironments("local");
  if (!local) throw new Error("There is no environment local.");
  const watched = parseWatchedServices(["payment-service=http://127.0.0.1:8000/m"], []);
  const { services } = withWatchedServices(local, watched);
  expect(services).toHaveLength(local.services.length + 1);
  expect(services.at(-1)).toMatchObject({ name: "payment-service", port: 8000, metricsPath: "/m" });
  expect(services.at(-1)).not.toHaveProperty("image");
});
