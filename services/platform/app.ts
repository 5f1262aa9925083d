import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type RawServerDefault,
} from "fastify";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Service } from "../../shop/metrics/services";
import { activeTraceIds, type Environment } from "../instrumentation";
import { ClientErrors } from "./client-errors";
import type { CommonConfig } from "./config";
import { injectFaults } from "./faults";
import { instrumentation } from "./instrumentation";
import { originForm } from "./origin-form";
import { answerWithProblems, sendProblem } from "./problem";

/** An application whose routes get their types from their schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** What every application has: its limits, its log, and problems as the answer to every failure. */
export function createBareApp(name: string, config: CommonConfig): App {
  const clientErrors = new ClientErrors();
  const app: App = Fastify({
    logger: logger(name, config.LOG_LEVEL),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: config.BODY_LIMIT_BYTES,
    requestTimeout: config.REQUEST_TIMEOUT_MS,
    http: {
      // Without these Node gives a head 60 s, and looks at the clock every 30 s only.
      headersTimeout: config.REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: checkingInterval(config.REQUEST_TIMEOUT_MS),
    },
    // What arrives on an open connection during the shutdown is still answered (see `serve.ts`).
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200 },
    rewriteUrl: ({ url = "/" }) => originForm(url),
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, allErrors: false } },
    clientErrorHandler: clientErrors.handle,
    frameworkErrors: (error, _request, reply) => {
      sendProblem(reply, error.statusCode ?? 400, "This address cannot be read.");
    },
  });
  clientErrors.follow(app);
  answerWithProblems(app);
  return app;
}

/** How often to look for requests that are late: they are cut at most a tenth, and never more than 1 s, too late. */
function checkingInterval(timeoutMs: number): number {
  return Math.min(Math.max(Math.ceil(timeoutMs / 10), 10), 1_000);
}

/** What a service's application is made of. */
export interface AppOptions {
  readonly service: Service;
  readonly config: CommonConfig;
  /** Adds the routes. */
  readonly routes: (app: App) => void;
  /** Says whether the service can do its work. Default: it always can. */
  readonly ready?: () => boolean | Promise<boolean>;
  /** See `InstrumentationOptions`. */
  readonly exposeMetrics?: boolean;
  /** See `InstrumentationOptions`. */
  readonly trustCallers?: boolean;
  /** Variables for tracing. Default: `process.env`. */
  readonly env?: Environment;
}

/** Name of the service in each log line, for those who read the lines of all of them. */
function logger(name: string, level: string) {
  return { name, level, mixin: activeTraceIds, redact: ["req.headers.authorization"] };
}

/** A measured and traced application that answers every failure with a problem, and waits for nothing without end. */
export function createApp({ config, routes, ...instrumentationOptions }: AppOptions): App {
  const app = createBareApp(instrumentationOptions.service, config);
  void app.register(instrumentation, instrumentationOptions);
  void app.register((scope, _options, done) => {
    if (config.FAULT_INJECTION === "on") injectFaults(scope);
    logRequests(scope);
    routes(scope.withTypeProvider<TypeBoxTypeProvider>());
    done();
  });
  return app;
}

/** One line per request, at its end, with its trace. */
export function logRequests(app: FastifyInstance): void {
  app.addHook("onResponse", (request, reply, done) => {
    const { method } = request;
    const route = request.routeOptions.url;
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    request.log.info({ method, route, status: reply.statusCode, ms }, "request");
    done();
  });
}
