/** Variables of one process; none is empty, and none has spaces around it. */
export type Variables = Readonly<Record<string, string>>;

/** What OpenTelemetry's packages, or `tracing-config.ts`, do as the specification says. */
const honoured: readonly RegExp[] = [
  /^OTEL_SERVICE_NAME$/,
  /^OTEL_EXPORTER_OTLP_(TRACES_)?(ENDPOINT|HEADERS|CERTIFICATE|CLIENT_KEY|CLIENT_CERTIFICATE)$/,
  /^JAEGER_AGENT_HOST$/,
];

/** Limits; they may be 0. */
const numbers =
  /^OTEL_((SPAN_|EVENT_|LINK_)?ATTRIBUTE_COUNT_LIMIT|(SPAN_)?ATTRIBUTE_VALUE_LENGTH_LIMIT|SPAN_(EVENT|LINK)_COUNT_LIMIT)$/;

/** Sizes, and times in milliseconds. */
const positiveNumbers =
  /^OTEL_(EXPORTER_OTLP_(TRACES_)?TIMEOUT|BSP_(SCHEDULE_DELAY|EXPORT_TIMEOUT|MAX_QUEUE_SIZE|MAX_EXPORT_BATCH_SIZE))$/;

const samplers = ["always_on", "always_off", "traceidratio"].flatMap((name) => [name, `parentbased_${name}`]);

/** A variable of which only some values are honoured. */
interface Choice {
  readonly name: RegExp;
  /** In lower case. */
  readonly allowed: readonly string[];
  /** Whether several may stand there, with commas between them. */
  readonly isList?: boolean;
  readonly used: string;
}

const choices: readonly Choice[] = [
  { name: /^OTEL_SDK_DISABLED$/, allowed: ["true", "false"], used: "tracing stays on" },
  { name: /^OTEL_TRACES_EXPORTER$/, allowed: ["otlp", "none"], used: "spans are sent by otlp" },
  {
    name: /^OTEL_EXPORTER_OTLP_(TRACES_)?PROTOCOL$/,
    allowed: ["http/protobuf"],
    used: "spans are sent by http/protobuf",
  },
  {
    name: /^OTEL_EXPORTER_OTLP_(TRACES_)?COMPRESSION$/,
    allowed: ["gzip", "none"],
    used: "spans are sent uncompressed",
  },
  { name: /^OTEL_TRACES_SAMPLER$/, allowed: samplers, used: "parentbased_always_on is used" },
  {
    name: /^OTEL_PROPAGATORS$/,
    allowed: ["tracecontext", "baggage"],
    isList: true,
    used: "tracecontext and baggage are used",
  },
  { name: /^OTEL_METRICS_EXPORTER$/, allowed: ["none", "prometheus"], used: "metrics are at /metrics only" },
  {
    name: /^OTEL_LOGS_EXPORTER$/,
    allowed: ["none", "console"],
    used: "log lines stay where the service writes them",
  },
];

/**
 * What to warn of, a sentence each: a variable that is set and not honoured, by its name, what was found and what is
 * used instead.
 * @param url where spans go; undefined where nothing names a collector
 */
export function tracingWarnings(env: Variables, url: string | undefined): readonly string[] {
  const warnings = Object.keys(env)
    .filter((name) => /^(OTEL|JAEGER)_/.test(name))
    .sort()
    .flatMap((name) => warningOf(name, env[name] ?? "", env) ?? []);
  if (url === undefined && env.OTEL_TRACES_EXPORTER !== undefined) {
    warnings.push(
      `OTEL_TRACES_EXPORTER: found ${JSON.stringify(env.OTEL_TRACES_EXPORTER)}, but no collector is named: tracing is off. Set OTEL_EXPORTER_OTLP_ENDPOINT.`,
    );
  }
  return warnings;
}

function warningOf(name: string, value: string, env: Variables): string | undefined {
  const unless = (isAllowed: boolean, allowed: string, used: string) =>
    isAllowed ? undefined : `${name}: found ${JSON.stringify(value)}, allowed: ${allowed}; ${used}.`;
  const choice = choices.find((each) => each.name.test(name));
  if (choice) return unless(allows(choice, value), choice.allowed.join(", "), choice.used);
  if (numbers.test(name)) return unless(whole(value) !== undefined, "a whole number", "its default is used");
  if (positiveNumbers.test(name)) {
    return unless(positive(value) !== undefined, "a whole number from 1", "its default is used");
  }
  if (name === "OTEL_TRACES_SAMPLER_ARG") {
    return env.OTEL_TRACES_SAMPLER?.toLowerCase().endsWith("traceidratio") === true
      ? unless(ratio(value) !== undefined, "a number from 0 to 1", "every trace is kept")
      : `${name} is set and not honoured: OTEL_TRACES_SAMPLER names no ratio.`;
  }
  if (name === "OTEL_RESOURCE_ATTRIBUTES") {
    const pairs = value.split(",").filter((pair) => pair.trim() !== "");
    const arePairs = pairs.every((pair) => /^[^=]*[^=\s][^=]*=[^=]*$/.test(pair));
    return unless(arePairs, "name=value, with commas between several", "none of it is used");
  }
  // Its value may be a secret.
  return honoured.some((each) => each.test(name)) ? undefined : `${name} is set and not honoured.`;
}

function allows({ allowed, isList }: Choice, value: string): boolean {
  const found = isList ? value.split(",") : [value];
  return found.every((each) => allowed.includes(each.trim().toLowerCase()));
}

/** The whole number from 0 that a text is; undefined where it is none. */
export function whole(text = ""): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** The whole number from 1 that a text is; undefined where it is none. */
export function positive(text?: string): number | undefined {
  return whole(text) === 0 ? undefined : whole(text);
}

/** The number from 0 to 1 that a text is; undefined where it is none. */
export function ratio(text = ""): number | undefined {
  const found = text === "" ? NaN : Number(text);
  return found >= 0 && found <= 1 ? found : undefined;
}
