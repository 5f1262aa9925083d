import type { z } from "zod";
import type { MonitoredContainerProps } from "./container-options";
import type { Limits } from "./container-parts";

/** A program that exports metrics of something else. It is asked on its networks, and not published on the host. */
export interface ExporterProgram {
  /** What its container is called unless it is given a name; the value of the label `job`. */
  readonly name: string;
  /** Port at which it answers on its networks. */
  readonly port: number;
  /** Image of the version that is meant, pinned. */
  readonly image: string;
  /** What it may use at most, unless it is given other limits. */
  readonly limits: Limits;
  /**
   * Whether each environment has it.
   * @default false - only one that asks for it
   */
  readonly isStandard?: boolean;
  /**
   * Path of its metrics.
   * @default "/metrics"
   */
  readonly metricsPath?: string;
  /**
   * Schemas of what an environment can say of it besides limits, by their names.
   * @default {}
   */
  readonly settings?: Readonly<Record<string, z.ZodType>>;
  /** What its container has besides. */
  readonly container: Omit<MonitoredContainerProps, "name" | "image" | "networks" | "limits" | "ports">;
}
