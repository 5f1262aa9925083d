import { createServer, type Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Demo } from "../../demo/demo";
import { diskFull as diskFullFault } from "../../demo/faults/disk-full";
import { failing as failingFault } from "../../demo/faults/failing";
import type { Fault } from "../../demo/faults/fault";
import { killed as killedFault } from "../../demo/faults/killed";
import { absence } from "../../services/traffic/absence";
import { customersMissing } from "../../demo/faults/customers-missing";
import { slow as slowFault } from "../../demo/faults/slow";
import type { SmallFileSystem } from "../../demo/faults/small-file-system";
import { requestJson } from "../../operations/clients/json-client";
import { thresholdDefinitions } from "../../alerts/thresholds";
import type { Service } from "../../shop/metrics/services";
import { servicePrograms, type ServiceProgram } from "../../services/programs";
import { slowAnswerMs } from "../../services/platform/faults";
import { sendMany, SteadyRequests, type Repeated } from "./requests";

/** What is asked of the services, of each by itself. */
export interface Shop {
  readonly products: Repeated;
  /** Answered with 401: the token is none. */
  readonly validation: Repeated;
  /** Answered with 401: nobody says who they are. */
  readonly orders: Repeated;
  /** An order that is taken. */
  readonly order: Repeated;
  readonly productId: string;
  /** Requests per second of one customer: as many in the same part of an alert's windows, however fast the demo runs. */
  readonly pace: number;
}

/**
 * Makes an account, and what it orders.
 * @param speed how many times faster than in production everything happens
 */
export async function openShop(urls: Demo["serviceUrls"], speed: number): Promise<Shop> {
  const url = (service: ServiceProgram, path: string) => urls[service] + path;
  const products = { url: url("product-service", "/products") };
  const orders = { url: url("order-service", "/orders") };
  const range = await requestJson<{ products: { id: string }[] }>(products.url);
  const productId = range.products[0]?.id ?? "";
  const account = {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username: "customer-1", password: "a password of the test" }),
  };
  await requestJson(url("auth-service", "/register"), account);
  const { token } = await requestJson<{ token: string }>(url("auth-service", "/login"), account);
  return {
    products,
    validation: { url: url("auth-service", "/validate"), method: "POST", body: { token: "x".repeat(40) } },
    orders,
    order: {
      ...orders,
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: { lines: [{ productId, quantity: 1 }] },
    },
    productId,
    pace: speed / 15,
  };
}

const answersAfter = 5_000;

/** The gateway is killed, and started again. */
export function killed(demo: Demo): Fault {
  return killedFault(demo.program("api-gateway"));
}

/** The products are answered with 500, and then all the requests that have waited are answered well. */
export function failing({ products, pace }: Shop): Fault {
  return answeringErrors("product-service", products, pace);
}

/** What customers ask of their orders is answered with 500, and then well. */
export function failingOrders({ orders, pace }: Shop): Fault {
  return answeringErrors("order-service", orders, pace);
}

/** Validations of tokens are answered with 500, and then well. */
export function failingValidations({ validation, pace }: Shop): Fault {
  return answeringErrors("auth-service", validation, pace);
}

function answeringErrors(service: Service, request: Repeated, pace: number): Fault {
  const requests = asked("error", request, 2 * pace, () => sendMany(request, answersAfter));
  const fault = failingFault(service, {
    share: 1,
    limit: thresholdDefinitions.errorRatioCritical.default,
    ...requests,
  });
  return { ...fault, says: [...fault.says, `100% of the requests to ${service}`] };
}

/** Tokens are validated slowly, and then fast. */
export function slow({ validation, pace }: Shop): Fault {
  return slowFault("auth-service", {
    share: 1,
    answerMs: slowAnswerMs,
    limit: slowAnswerMs / 1_000,
    ...asked("slow", validation, 2 * pace, () => sendMany(validation, answersAfter)),
  });
}

/** Products are looked at and nobody orders, and then somebody does. */
export function ordersMissing({ products, productId, order }: Shop): Fault {
  const fault = customersMissing(absence, {
    begin: async () => {
      const since = Date.now();
      await sendMany({ url: `${products.url}/${productId}` }, 60);
      return since;
    },
    mend: () => sendMany(order, 1),
  });
  return { ...fault, job: "product-service" };
}

/** So many looks at orders for each that fails: the errors are below the share that HighErrorRatio allows. */
const looksPerOrder = 250;

/** Every order fails, while people go on looking at theirs; then orders are taken. */
export function ordersFailing({ orders, order, pace }: Shop): Fault {
  const bad = asking("error", order);
  let lookers: SteadyRequests | undefined;
  let failing: Promise<void>;
  let isOver = false;
  let buyers: SteadyRequests | undefined;
  return {
    alert: "OrdersFailing",
    severity: "critical",
    service: "order-service",
    job: "order-service",
    says: [
      "Orders fail for a fault of ours", // An order that was taken before may still be among them.
      /(?:100|9\d(?:\.\d+)?)% of the orders of the last 15 minutes failed/,
    ],
    before: () => sendMany(orders, enoughToJudge * looksPerOrder),
    begin: async () => {
      const since = Date.now();
      await sendMany(bad, enoughToJudge);
      const looking = new SteadyRequests(() => orders, looksPerOrder * pace);
      lookers = looking;
      // On a machine that is busy fewer look, and fewer orders fail.
      failing = (async () => {
        for (let sent = 0; !isOver;) {
          if (sent >= looking.answers.length / looksPerOrder) await sleep(50);
          else {
            await sendMany(bad, 1);
            sent += 1;
          }
        }
      })();
      return since;
    },
    mend: async () => {
      isOver = true;
      await failing;
      buyers = new SteadyRequests(() => order, 2 * pace);
    },
    after: async () => {
      isOver = true;
      await lookers?.stop();
      await buyers?.stop();
    },
  };
}

/** A file system of a host becomes full, and is emptied. */
export function diskFull(disk: SmallFileSystem): Fault {
  return diskFullFault(disk, thresholdDefinitions.filesystemUsedCritical.default);
}

/** Something else than the gateway answers where its metrics are, and then the gateway does again. */
export function withoutMetrics(demo: Demo): Fault {
  const gateway = demo.program("api-gateway");
  const { hostname, port } = new URL(demo.metricsUrls["api-gateway"]);
  const scraped = `api-gateway:${String(servicePrograms["api-gateway"].metricsPort)}`;
  let standIn: Server;
  return {
    alert: "TargetWithoutMetrics",
    severity: "warning",
    service: gateway.name,
    job: gateway.name,
    says: ["api-gateway exports no metrics", `${scraped} answers scrapes, but with 0 samples`],
    begin: async () => {
      await gateway.stop();
      const since = Date.now();
      standIn = createServer((_request, response) => response.end());
      await new Promise<void>((resolve) => standIn.listen(Number(port), hostname, resolve));
      return since;
    },
    mend: async () => {
      standIn.closeAllConnections();
      await new Promise((resolve) => standIn.close(resolve));
      await gateway.restart();
    },
  };
}

/** Below so many in an alert's window, a service's errors and response times are not judged. */
const enoughToJudge = 10;

/** Requests that ask for a fault: enough to be judged at once, and then more and more of them. */
function asked(fault: "error" | "slow", request: Repeated, perSecond: number, after: () => Promise<void>) {
  const bad = asking(fault, request);
  let more: SteadyRequests;
  return {
    begin: async () => {
      const since = Date.now() + (fault === "slow" ? slowAnswerMs : 0);
      await sendMany(bad, enoughToJudge);
      more = new SteadyRequests(() => bad, perSecond);
      return since;
    },
    mend: async () => {
      await more.stop();
      await after();
    },
  };
}

/** The request with the wish for a fault. */
function asking(fault: "error" | "slow", request: Repeated): Repeated {
  return { ...request, headers: { ...request.headers, "x-fault": fault } };
}
