import { z } from "zod";
import { port } from "../../schema/primitives";
import { alertingSchema } from "../schema/alerting";
import { grafanaSchema, jaegerSchema, motoSchema } from "../schema/containers";
import { prometheusSchema } from "../schema/prometheus";
import { inboxSchema, serviceSchema } from "../schema/services";
import { problem } from "./alerting-parts";
import { type Rule, rule } from "./rule";

const published = <T extends z.ZodType<number | undefined>>(hostPort: T) =>
  z.looseObject({ hostPort }).optional().catch(undefined);
const clustered = z.looseObject({
  alerting: z.looseObject({ hostPort: alertingSchema.shape.hostPort, replicas: z.literal(2) }),
  prometheus: published(prometheusSchema.shape.hostPort),
  grafana: published(grafanaSchema.shape.hostPort),
  jaeger: published(jaegerSchema.shape.hostPort).prefault({}),
  inbox: published(inboxSchema.shape.hostPort),
  moto: published(motoSchema.shape.hostPort),
  services: z.array(published(serviceSchema.shape.hostPort)).catch([]),
});
const secondHasAPort = rule(clustered, ({ alerting, services, ...others }) => {
  const second = alerting.hostPort + 1;
  const { prometheus, grafana, jaeger, inbox, moto } = others;
  const taken = [prometheus, grafana, jaeger, inbox, moto, ...services].map((each) => each?.hostPort);
  return taken.includes(second) || !port.safeParse(second).success
    ? [
        problem(
          ["hostPort"],
          alerting.hostPort,
          "a port of the host whose next one is free, for the second one",
        ),
      ]
    : [];
});

/** Rules of the Alertmanagers themselves. */
export const alertmanagerRules: readonly Rule[] = [secondHasAPort];
