import { z } from "zod";
import { alertingSchema } from "./schema/alerting";
import { awsSchema } from "./schema/aws";
import { cloudWatchSchema } from "./schema/cloudwatch";
import {
  dockerSchema,
  grafanaSchema,
  imagesSchema,
  jaegerSchema,
  lokiSchema,
  motoSchema,
  nodeExporterSchema,
} from "./schema/containers";
import { dashedName, httpUrl, list } from "../schema/primitives";
import { edgeSchema } from "./schema/edge";
import { machinesSchema } from "./schema/machines";
import { exporterShape } from "./schema/exporters";
import { prometheusSchema } from "./schema/prometheus";
import { inboxSchema, serviceSchema } from "./schema/services";
import { stateSchema } from "./schema/state";

/** All that may differ between two environments. A key that is not here is refused. */
export const environmentSchema = z.strictObject({
  /** Name of the environment, the first part of its stacks' names: `dev` in `dev-docker`. */
  name: dashedName(20),
  /** Name of the project, the first part of the names of what is made: `shop` in `shop-dev-high-cpu`. */
  project: dashedName(40),
  /** Where Terraform's state is kept. Default: local, in `.state`. */
  state: stateSchema.prefault({ backend: "local" }),
  aws: awsSchema,
  machines: machinesSchema,
  cloudwatch: cloudWatchSchema,
  docker: dockerSchema.prefault({}),
  images: imagesSchema,
  prometheus: prometheusSchema,
  grafana: grafanaSchema,
  jaeger: jaegerSchema.prefault({}),
  /** Keeps the containers' lines and shows them in Grafana. Default: none. */
  loki: lokiSchema.optional(),
  /** A reverse proxy in front of what people reach. Default: none; all is reached from the engine's host alone. */
  edge: edgeSchema.optional(),
  nodeExporter: nodeExporterSchema.prefault({}),
  ...exporterShape,
  /** Default: none; the receivers' messages go where they say. */
  inbox: inboxSchema.optional(),
  /** Default: none; AWS is asked itself. */
  moto: motoSchema.optional(),
  /** The services that are watched. */
  services: list(serviceSchema, 1, 100),
  alerting: alertingSchema,
  /** URL of the folder of runbooks, to which `/<Alert>.md` is added. */
  runbooksUrl: httpUrl,
});

/** An environment, checked and with its defaults filled in. */
export type Environment = z.output<typeof environmentSchema>;

/** An environment as its file writes it. */
export type EnvironmentInput = z.input<typeof environmentSchema>;
