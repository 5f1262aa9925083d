import type {
  FastifyInstance,
  FastifyPluginCallback,
  FastifyReply,
  FastifyRequest,
  preValidationHookHandler,
} from "fastify";
import fp from "fastify-plugin";
import type { Catalogue } from "../../metrics/catalogue";
import type { Format } from "./exposition";
import { addHealthRoutes } from "./health";
import { addMetricsRoute } from "./metrics-route";
import { onRawAnswer, takeRawAnswer } from "./raw-answers";
import type { ReadinessCheck } from "./readiness";
import { endServerSpan, inContextOf, startServerSpan, type ServerSpan } from "./server-spans";
import { metricsOfApplication, type ServiceMetrics } from "./service-metrics";
import { sampledContextOf } from "./trace-ids";
import { recordError } from "./traced";
import { startTracing, type Tracing } from "./tracing";
import type { Environment } from "./tracing-config";
import { statusOfUnfinished } from "./unfinished";
import { markRouted, onUnroutedResponse } from "./unrouted";

declare module "fastify" {
  interface FastifyContextConfig {
    /** False for a route that is neither counted nor traced. Default: true. */
    telemetry?: boolean;
  }
  interface FastifyRequest {
    /** What the instrumentation knows of the request; null where it is neither counted nor traced. */
    observation: Observation | null;
  }
  interface FastifyInstance {
    /** The exposition of all that the application measures. */
    renderMetrics: (format: Format) => Promise<string>;
  }
}

/** A request that is counted and traced. */
interface Observation {
  readonly reply: FastifyReply;
  /** Template of the route; undefined where none matched. */
  readonly route: string | undefined;
  /** Undefined without tracing. */
  readonly span: ServerSpan | undefined;
  isCounted: boolean;
}

/** Options of `instrumentation`. */
export interface InstrumentationOptions<S extends string = string> {
  /** Name of the service, as in the catalogue. */
  readonly service: S;
  /** Answers whether the service can do its work, for `/health/ready`. Default: it can once it listens. */
  readonly ready?: ReadinessCheck;
  /** Whether `/metrics` is a route of the application. False: `renderMetrics` gives them. Default: true. */
  readonly exposeMetrics?: boolean;
  /**
   * Whether a caller's trace is continued. False at the edge: each request begins a trace, which is linked to the
   * caller's, and decides by itself whether it is sampled. Default: true.
   */
  readonly trustCallers?: boolean;
  /** Where the variables for tracing come from. Default: `process.env`. */
  readonly env?: Environment;
}

/**
 * The plugin that measures and traces a Fastify application of a catalogue's service. It adds `/metrics`, `/health`, `/health/live` and `/health/ready`, the metrics of HTTP, Node.js and the process, and, where
 * the environment names a collector, a span per request.
 * @throws Error at startup when the catalogue does not know the service, the application speaks HTTP/2, or a variable
 * for tracing is not sound
 */
export function pluginOver(catalogue: Catalogue): FastifyPluginCallback<InstrumentationOptions> {
  return fp(
    (app: FastifyInstance, options: InstrumentationOptions, done) => {
      // Thrown on, it would end the process instead of the start.
      try {
        instrument(app, catalogue, options);
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      done();
    },
    { name: "instrumentation", fastify: "5.x" },
  );
}

function instrument(app: FastifyInstance, catalogue: Catalogue, options: InstrumentationOptions): void {
  // Its aborted and its unrouted requests would be counted wrongly or not at all.
  if (app.initialConfig.http2) {
    throw new Error(
      "instrumentation: this application was made with `http2: true`, allowed: HTTP/1.1. Let the proxy before it speak HTTP/2.",
    );
  }
  const metrics = metricsOfApplication(app, catalogue, options.service);
  const tracing = startTracing(options.service, options.env ?? process.env, {
    warn: (message) => {
      app.log.warn(message);
    },
  });
  app.decorateRequest("observation", null);
  const abort = countRequests(app, metrics);
  app.addHook("onRequest", (request, reply, next) => {
    markRouted(request.raw);
    // Once, as the framework makes this object anew for each reader.
    const { url: route, config } = request.routeOptions;
    if (config.telemetry === false) {
      next();
      return;
    }
    const span = tracing && startServerSpan(tracing, request.raw, route, options.trustCallers);
    request.observation = { reply, route, span, isCounted: false };
    if (hasBody(request)) {
      // Node aborts no request whose body was read: only the response knows that the client went away.
      reply.raw.once("close", () => {
        if (!reply.raw.writableFinished) abort(request);
      });
    }
    inContextOf(span, next);
  });
  if (tracing) traceRequests(app, tracing);
  app.decorate("renderMetrics", metrics.render);
  if (options.exposeMetrics !== false) addMetricsRoute(app, metrics.render);
  addHealthRoutes(app, options.ready);
}

/** Keeps a request's span active in all that the request runs. */
function traceRequests(app: FastifyInstance, tracing: Tracing): void {
  // A body arrives in the connection's own async context, so what runs after its parsing needs the span anew.
  const restore: preValidationHookHandler = (request, _reply, done) => {
    inContextOf(request.observation?.span, done);
  };
  app.addHook("onRoute", (route) => {
    // Fastify parses no body of these; a hook on them would cost every request something for nothing.
    if ([route.method].flat().every((method) => method === "GET" || method === "HEAD")) return;
    route.preValidation = [restore, ...[route.preValidation ?? []].flat()];
  });
  app.addHook("onError", (request, _reply, error, done) => {
    const span = request.observation?.span?.span;
    if (span && (error.statusCode ?? 500) >= 500) recordError(span, error);
    done();
  });
  app.addHook("onClose", () => tracing.stop());
}

/**
 * Counts each request once: at the end of its response, or when its client goes away before that.
 * @returns what to call for a request that comes to no end of its own
 */
function countRequests(app: FastifyInstance, { http }: ServiceMetrics): (request: FastifyRequest) => void {
  const finish = (request: FastifyRequest, observation: Observation, ownStatus: number) => {
    if (observation.isCounted) return;
    observation.isCounted = true;
    const status = takeRawAnswer(request.raw.socket) ?? ownStatus;
    const { reply, route, span } = observation;
    http.record(request.method, route, status, reply.elapsedTime / 1000, sampledContextOf(span?.span));
    if (span) endServerSpan(span, status);
  };
  app.addHook("onResponse", (request, reply, done) => {
    const { observation } = request;
    if (observation) finish(request, observation, reply.statusCode);
    inContextOf(observation?.span, done);
  });
  const abort = (request: FastifyRequest) => {
    const { observation } = request;
    if (observation) finish(request, observation, statusOfUnfinished(request.raw));
    else takeRawAnswer(request.raw.socket);
  };
  app.addHook("onRequestAbort", (request, done) => {
    abort(request);
    done();
  });
  app.addHook("onRoute", ({ method, url, config, schema }) => {
    if (config?.telemetry === false) return;
    const documented = Object.keys((schema?.response as object | undefined) ?? { 200: {} }).map(Number);
    for (const each of [method].flat()) {
      if (each === "HEAD") continue;
      for (const status of [...documented, 500]) {
        if (Number.isInteger(status)) http.expect(each, url, status);
      }
    }
  });
  onUnroutedResponse(app, (method, status) => {
    http.record(method, undefined, status, 0);
  });
  onRawAnswer(app, (status) => {
    http.record("", undefined, status, 0);
  });
  return abort;
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;
}
