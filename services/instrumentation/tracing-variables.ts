/** Variables of one process; none is empty. */
type Variables = Readonly<Record<string, string>>;

/** What OpenTelemetry's packages, or `tracing-config.ts`, do as the specification says. */
const honoured: readonly RegExp[] = [
  /^OTEL_(SDK_DISABLED|SERVICE_NAME|RESOURCE_ATTRIBUTES)$/,
  /^OTEL_TRACES_(EXPORTER|SAMPLER|SAMPLER_ARG)$/,
  /^OTEL_EXPORTER_OTLP_(TRACES_)?(ENDPOINT|HEADERS|TIMEOUT|COMPRESSION|PROTOCOL|CERTIFICATE|CLIENT_KEY|CLIENT_CERTIFICATE)$/,
  /^OTEL_BSP_/,
  /^OTEL_(SPAN_|EVENT_|LINK_)?ATTRIBUTE_/,
  /^OTEL_SPAN_(EVENT|LINK)_COUNT_LIMIT$/,
  /^JAEGER_AGENT_HOST$/,
];

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
  { name: /^OTEL_LOGS_EXPORTER$/, allowed: ["none", "console"], used: "log lines go to stdout only" },
];

/**
 * What to warn of, a sentence each: a variable that is set and not honoured, by its name, what was found and what is
 * used instead.
 * @param url where spans go; undefined where nothing names a collector
 */
export function tracingWarnings(env: Variables, url: string | undefined): readonly string[] {
  const warnings: string[] = [];
  for (const [name, value] of Object.entries(env)) {
    if (!/^(OTEL|JAEGER)_/.test(name)) continue;
    const choice = choices.find((each) => each.name.test(name));
    if (choice) {
      const found = (choice.isList ? value.split(",") : [value]).map((each) => each.trim().toLowerCase());
      if (found.some((each) => !choice.allowed.includes(each))) {
        warnings.push(
          `${name}: found ${JSON.stringify(value)}, allowed: ${choice.allowed.join(", ")}; ${choice.used}.`,
        );
      }
    } else if (!honoured.some((each) => each.test(name))) {
      // Its value may be a secret.
      warnings.push(`${name} is set and not honoured.`);
    }
  }
  warnings.push(...ratioWarnings(env));
  if (url === undefined && env.OTEL_TRACES_EXPORTER !== undefined) {
    warnings.push(
      `OTEL_TRACES_EXPORTER: found ${JSON.stringify(env.OTEL_TRACES_EXPORTER)}, but no collector is named: tracing is off. Set OTEL_EXPORTER_OTLP_ENDPOINT.`,
    );
  }
  return warnings;
}

function ratioWarnings({
  OTEL_TRACES_SAMPLER: sampler,
  OTEL_TRACES_SAMPLER_ARG: ratio,
}: Variables): string[] {
  const name = "OTEL_TRACES_SAMPLER_ARG";
  if (sampler?.toLowerCase().endsWith("traceidratio") !== true) {
    return ratio === undefined
      ? []
      : [`${name} is set and not honoured: OTEL_TRACES_SAMPLER names no ratio.`];
  }
  if (ratio === undefined || (/^(\d+\.?\d*|\.\d+)$/.test(ratio) && Number(ratio) <= 1)) return [];
  return [`${name}: found ${JSON.stringify(ratio)}, allowed: a number from 0 to 1; every trace is kept.`];
}
