import type { KnownCall } from "../../dashboards/known-traffic/requests";
import { gateway } from "../metrics/gateway";
import type { Service } from "../metrics/services";
import { routes } from "./routes";

type Call = KnownCall<Service>;

/** A call takes a bit longer than what it asks for. */
const onTheWay = 1.15;

/** Those of the gateway: of each service behind, the first route stands for all. */
const ofGateway: readonly Call[] = gateway.proxy_request_duration_seconds.labels.target_service.values
  .flatMap((service) => routes.find((route) => route.service === service) ?? [])
  .map(({ service, ...asked }) => ({
    ...asked,
    caller: "api-gateway",
    callee: service,
    median: asked.median * onTheWay,
  }));

const ofOrders: readonly Call[] = [
  { callee: "product-service", rate: 6.8, seed: 3, median: 0.007, status: "200" },
  { callee: "auth-service", rate: 7.6, seed: 8, median: 0.005, status: "200" },
].map((call) => ({ ...call, caller: "order-service" }) as Call);

/** Whom the services call. */
export const calls: readonly Call[] = [...ofGateway, ...ofOrders];
