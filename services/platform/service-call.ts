import { tracedRequest } from "../instrumentation";
import { Problem } from "./problem";

/** Another service that is called within a time limit. */
export interface CalledService {
  /** What it is called in problems and traces: `auth-service`. */
  readonly name: string;
  readonly url: URL;
  /** Longest time until its answer is there, in milliseconds. */
  readonly timeoutMs: number;
}

/** A call to another service, with JSON both ways. */
export interface ServiceCall {
  readonly method: "GET" | "POST";
  readonly path: string;
  /** The path with placeholders, for the span's name. Default: the path. */
  readonly template?: string;
  readonly body?: object;
}

/** The answer: `body` is undefined where it is no JSON object. */
export interface ServiceAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

/** Another service that cannot be reached, is too slow, or makes no sense. */
export class DependencyUnavailable extends Problem {
  constructor({ name }: CalledService, cause?: unknown) {
    super(503, `The ${name} gave no answer; try again soon.`, { cause });
  }
}

/**
 * Calls another service.
 * @throws DependencyUnavailable when there is no answer in time
 */
export async function callService(
  service: CalledService,
  { method, path, template = path, body }: ServiceCall,
): Promise<ServiceAnswer> {
  try {
    const response = await tracedRequest({
      method,
      url: new URL(path, service.url),
      service: service.name,
      template,
      signal: AbortSignal.timeout(service.timeoutMs),
      ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    return { status: response.statusCode, body: parseObject(await response.body.text()) };
  } catch (error) {
    throw new DependencyUnavailable(service, error);
  }
}

function parseObject(text: string): ServiceAnswer["body"] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
