import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type RawServerDefault,
} from "fastify";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Service } from "../../metrics/targets";
import { activeTraceIds, instrumentation, type Environment } from "../instrumentation";
import type { CommonConfig } from "./config";
import { injectFaults } from "./faults";
import { originForm } from "./origin-form";
import { answerWithProblems, problemBody, problemType, sendProblem } from "./problem";

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
  const app: App = Fastify({
    logger: logger(name, config.LOG_LEVEL),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: config.BODY_LIMIT_BYTES,
    requestTimeout: config.REQUEST_TIMEOUT_MS,
    // What arrives on an open connection during the shutdown is still answered (see `serve.ts`).
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200 },
    rewriteUrl: ({ url = "/" }) => originForm(url),
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, allErrors: false } },
    clientErrorHandler: (_error, socket) => {
      const body = JSON.stringify(problemBody(400, "This is no HTTP request."));
      const length = String(Buffer.byteLength(body));
      if (!socket.writable) return;
      socket.end(
        `HTTP/1.1 400 Bad Request\r\nContent-Type: ${problemType}\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${body}`,
      );
    },
    frameworkErrors: (error, _request, reply) => {
      sendProblem(reply, error.statusCode ?? 400, "This address cannot be read.");
    },
  });
  answerWithProblems(app);
  return app;
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
