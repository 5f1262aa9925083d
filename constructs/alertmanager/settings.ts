import { wholeNumber } from "../../schema/primitives";

/** Name of an Alertmanager's container unless it is given one. */
export const defaultName = "alertmanager";

/** Port at which an Alertmanager answers in its container. */
export const alertmanagerPort = 9093;

/** Port at which the Alertmanagers of a cluster speak to one another. */
export const clusterPort = 9094;

/** Hours for which it remembers what it has told. */
export const retentionHours = wholeNumber(1);
