import { z } from "zod";
import { readerAllowed, readsSecrets } from "../../constructs/docker/container-settings";
import { outlasts, timeoutAllowed } from "../../constructs/docker/prometheus-settings";
import { containerNames } from "../container-names";
import { describeValue } from "../describe";
import { inboxPorts } from "../inbox-ports";
import { alertingSchema } from "../schema/alerting";
import { grafanaSchema, jaegerSchema, motoSchema } from "../schema/containers";
import { edgeSchema } from "../schema/edge";
import { prometheusSchema } from "../schema/prometheus";
import { containerShape, inboxSchema, serviceSchema } from "../schema/services";
import { duplicates, namedList, type Path, type Problem, type Rule, rule } from "./rule";

/** Of something that may publish a port: the port, or nothing where it does not or where it is no port. */
const publisher = (hostPort: z.ZodType<number | undefined>) =>
  z
    .looseObject({ hostPort })
    .optional()
    .catch(undefined)
    .transform((each) => each?.hostPort);

const hostPorts = z.looseObject({
  prometheus: publisher(prometheusSchema.shape.hostPort),
  grafana: publisher(grafanaSchema.shape.hostPort),
  alerting: publisher(alertingSchema.shape.hostPort),
  jaeger: publisher(jaegerSchema.shape.hostPort).default(jaegerSchema.shape.hostPort.parse(undefined)),
  inbox: publisher(inboxSchema.shape.hostPort),
  moto: publisher(motoSchema.shape.hostPort),
  services: z.array(publisher(serviceSchema.shape.hostPort)).catch([]),
  edge: z
    .looseObject({ httpsPort: edgeSchema.shape.httpsPort, httpPort: edgeSchema.shape.httpPort })
    .optional()
    .catch(undefined),
});

const hostPortsAreDifferent = rule(hostPorts, ({ edge, services, ...others }) => {
  const { prometheus, grafana, alerting, jaeger, inbox, moto } = others;
  const published: { path: Path; hostPort: number | undefined }[] = [
    ...Object.entries({ prometheus, grafana, alerting, jaeger, inbox, moto }).map(([owner, hostPort]) => ({
      path: [owner, "hostPort"],
      hostPort,
    })),
    ...services.map((hostPort, index) => ({ path: ["services", index, "hostPort"], hostPort })),
    ...(edge
      ? (["httpsPort", "httpPort"] as const).map((key) => ({ path: ["edge", key], hostPort: edge[key] }))
      : []),
  ];
  return published.flatMap(({ path, hostPort }, index) => {
    const other = published.slice(0, index).find((earlier) => earlier.hostPort === hostPort);
    if (hostPort === undefined || !other) return [];
    const owner = other.path.join(".").replace(/\.(\d+)/, "[$1]");
    return [
      { path, found: String(hostPort), allowed: `a port of the host that is free: ${owner} has this one` },
    ];
  });
});

const source = z.looseObject({
  image: z.unknown().optional(),
  build: z.unknown().optional(),
  healthCheck: z.unknown().optional(),
});
const sources = z.looseObject({
  services: z.array(source.catch({ image: undefined, build: undefined, healthCheck: undefined })).catch([]),
  inbox: source.optional().catch(undefined),
});

const imagesAreSaid = rule(sources, ({ services, inbox }) => [
  ...services.flatMap((service, index) => [
    ...bothOf(service, ["services", index]),
    ...(service.healthCheck === undefined && (service.image !== undefined || service.build !== undefined)
      ? [
          {
            path: ["services", index, "healthCheck"],
            found: "nothing",
            allowed: `a program that the image has, such as ["wget", "--spider", "http://127.0.0.1:8080/health"]`,
          },
        ]
      : []),
  ]),
  ...(inbox ? bothOf(inbox, ["inbox"]) : []),
  ...(inbox?.image === undefined && inbox && inbox.build === undefined
    ? [{ path: ["inbox"], found: "neither image nor build", allowed: "one of them" }]
    : []),
]);

function bothOf({ image, build }: { image?: unknown; build?: unknown }, path: Path): Problem[] {
  return image !== undefined && build !== undefined
    ? [{ path: [...path, "build"], found: "an image, too", allowed: "either image or build" }]
    : [];
}

const secretReaders = z.looseObject({
  services: z.array(
    z
      .looseObject({ user: z.string().optional(), secrets: z.record(z.string(), z.unknown()).optional() })
      .catch({ user: undefined, secrets: undefined }),
  ),
});
const secretsAreReadable = rule(secretReaders, ({ services }) =>
  services.flatMap(({ user, secrets = {} }, index) =>
    Object.keys(secrets).length > 0 && !readsSecrets(user)
      ? [
          {
            path: ["services", index, "user"],
            found: describeValue(user),
            allowed: readerAllowed,
          },
        ]
      : [],
  ),
);

const memories = z.looseObject({
  services: z.array(
    z
      .looseObject({ tmpMb: z.number(), limits: containerShape.limits })
      .catch({ tmpMb: 0, limits: containerShape.limits.parse(undefined) }),
  ),
});
const tmpFitsIntoMemory = rule(memories, ({ services }) =>
  services.flatMap(({ tmpMb, limits: { memoryMb } }, index) =>
    tmpMb >= memoryMb
      ? [
          {
            path: ["services", index, "tmpMb"],
            found: describeValue(tmpMb),
            allowed: `a whole number below limits.memoryMb, which is ${String(memoryMb)}: /tmp is in that memory`,
          },
        ]
      : [],
  ),
);

const scrapeTimes = z.looseObject({
  prometheus: z.looseObject({
    scrapeInterval: prometheusSchema.shape.scrapeInterval,
    scrapeTimeout: prometheusSchema.shape.scrapeTimeout,
  }),
});
const scrapesEndInTime = rule(scrapeTimes, ({ prometheus: { scrapeInterval, scrapeTimeout } }) =>
  scrapeTimeout !== undefined && outlasts(scrapeTimeout, scrapeInterval)
    ? [
        {
          path: ["prometheus", "scrapeTimeout"],
          found: describeValue(scrapeTimeout),
          allowed: timeoutAllowed("prometheus.scrapeInterval", scrapeInterval),
        },
      ]
    : [],
);

const remoteWrites = z.looseObject({ prometheus: z.looseObject({ remoteWrite: namedList.default([]) }) });
const remoteWritesHaveNames = rule(remoteWrites, ({ prometheus: { remoteWrite } }) =>
  duplicates(remoteWrite, ["prometheus", "remoteWrite"], "a name that no other remote write has"),
);

const emulator = z.looseObject({
  aws: z.looseObject({ emulatorUrl: z.string().optional() }),
  moto: z.looseObject({ hostPort: z.number() }),
});
const emulatorIsPublished = rule(emulator, ({ aws: { emulatorUrl }, moto: { hostPort } }) =>
  emulatorUrl !== undefined && URL.canParse(emulatorUrl) && new URL(emulatorUrl).port === String(hostPort)
    ? []
    : [
        {
          path: ["aws", "emulatorUrl"],
          found: describeValue(emulatorUrl),
          allowed: `a URL with the port ${String(hostPort)}, at which moto.hostPort publishes the emulator`,
        },
      ],
);

const mails = z.looseObject({
  inbox: z.unknown().optional(),
  alerting: z.looseObject({
    receivers: z.array(
      z
        .looseObject({ verifyCertificate: z.unknown().optional(), smarthost: z.unknown().optional() })
        .catch({ verifyCertificate: undefined, smarthost: undefined }),
    ),
  }),
});
/** The inbox as a mail server, which has no certificate that anybody vouches for. */
const inboxServer = `${containerNames.inbox}:${String(inboxPorts.smtp)}`;
const certificatesAreVerified = rule(mails, ({ inbox, alerting: { receivers } }) =>
  receivers.flatMap(({ verifyCertificate, smarthost }, index) =>
    verifyCertificate === false && (inbox === undefined || smarthost !== inboxServer)
      ? [
          {
            path: ["alerting", "receivers", index, "verifyCertificate"],
            found: "false",
            allowed: `true, unless the smarthost is ${inboxServer} and the environment has an inbox`,
          },
        ]
      : [],
  ),
);

/** Rules of what runs in containers. */
export const containerRules: readonly Rule[] = [
  tmpFitsIntoMemory,
  hostPortsAreDifferent,
  imagesAreSaid,
  secretsAreReadable,
  scrapesEndInTime,
  remoteWritesHaveNames,
  emulatorIsPublished,
  certificatesAreVerified,
];
