import { z } from "zod";
import { tracingSettings, type Environment } from "../instrumentation/tracing-config";

/** A whole number from a variable's text. */
export function wholeNumber(bounds: { min: number; max: number; default: number }) {
  const { min, max } = bounds;
  return z
    .string()
    .default(String(bounds.default))
    .refine((text) => /^\d{1,12}$/.test(text) && Number(text) >= min && Number(text) <= max, {
      error: `expected a whole number from ${String(min)} to ${String(max)}`,
    })
    .transform(Number);
}

/** A switch. */
export function onOrOff(fallback: "on" | "off") {
  return z.enum(["on", "off"], { error: "expected on or off" }).default(fallback);
}

/** Address of another service: an http(s) URL without path, query or credentials. */
export function serviceUrl(fallback: string) {
  return z
    .string()
    .default(fallback)
    .refine(isServiceUrl, {
      error: "expected an http(s) URL such as http://product-service:3001, without a path",
    })
    .transform((text) => new URL(text));
}

function isServiceUrl(text: string): boolean {
  return isBaseUrl(text) && new URL(text).pathname === "/";
}

/** Addresses below which others are, between commas: http(s) URLs without query or credentials. Default: none. */
export function baseUrls() {
  return z
    .string()
    .default("")
    .transform((text) => text.split(",").map((each) => each.trim()))
    .transform((texts) => texts.filter((each) => each !== ""))
    .refine((texts) => texts.every(isBaseUrl), {
      error: "expected http(s) URLs such as http://127.0.0.1:3300/d, without a query, between commas",
    })
    .transform((texts) => texts.map((each) => new URL(each)));
}

function isBaseUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const isPlain = url.search === "" && url.hash === "" && url.username === "" && url.password === "";
  return isPlain && (url.protocol === "http:" || url.protocol === "https:");
}

/** A value as messages may show it. */
function withoutCredentials(text: string): string {
  return text.replace(/\/\/[^/@]*@/, "//***@");
}

/** What every service reads from its environment. */
export function commonConfig(port: number) {
  return {
    /** Port to listen at; 0 takes a free one. */
    PORT: wholeNumber({ min: 0, max: 65_535, default: port }),
    /** Address to listen at. */
    HOST: z.string().min(1, { error: "expected an address such as 0.0.0.0" }).default("0.0.0.0"),
    LOG_LEVEL: z
      .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
        error: "expected fatal, error, warn, info, debug, trace or silent",
      })
      .default("info"),
    /** Largest body of a request, in bytes. */
    BODY_LIMIT_BYTES: wholeNumber({ min: 1, max: 10_485_760, default: 16_384 }),
    /** Longest time for a whole request to arrive, in milliseconds. */
    REQUEST_TIMEOUT_MS: wholeNumber({ min: 1, max: 600_000, default: 10_000 }),
    /** How long after SIGTERM new requests are still taken, while connections are told to close. */
    SHUTDOWN_DRAIN_MS: wholeNumber({ min: 0, max: 600_000, default: 500 }),
    /** Longest time that requests may take to end after SIGTERM, in milliseconds. */
    SHUTDOWN_TIMEOUT_MS: wholeNumber({ min: 1, max: 600_000, default: 10_000 }),
    /** `on` lets the header `x-fault` make answers slow or fail: for load tests, never for real users. */
    FAULT_INJECTION: onOrOff("off"),
  };
}

/** The configuration common to all services. */
export type CommonConfig = z.infer<z.ZodObject<ReturnType<typeof commonConfig>>>;

/** A configuration that does not hold, with all its problems. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration does not hold:\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
    this.name = "ConfigError";
  }
}

/**
 * Reads a service's configuration from its environment. An empty variable counts as one that is not set.
 * @throws ConfigError that lists every problem by the variable's name
 */
export function readConfig<S extends z.ZodRawShape>(shape: S, env: Environment): z.infer<z.ZodObject<S>> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const result = z.object(shape).safeParse(given);
  const problems = (result.error?.issues ?? []).map((issue) => {
    const name = issue.path.join(".");
    return `${name}: ${issue.message}, found ${JSON.stringify(withoutCredentials(given[name] ?? ""))}.`;
  });
  try {
    tracingSettings(env);
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  if (!result.success || problems.length > 0) throw new ConfigError(problems);
  return result.data;
}
