import type { VerifyCheck } from "../subject";
import { alertmanagersCheck } from "./alertmanagers";
import { certificatesCheck } from "./certificates";
import { grafanaCheck } from "./grafana";
import { placeholdersCheck } from "./placeholders";
import { prometheusCheck } from "./prometheus";
import { renamesCheck } from "./renames";
import { rulesCheck } from "./rules";
import { seriesCheck } from "./series";
import { targetsCheck } from "./targets";
import { topicsCheck } from "./topics";
import { watchdogCheck } from "./watchdog";

/** Every check of a system that runs, in the order in which they are told. */
export const verifyChecks: readonly VerifyCheck[] = [
  prometheusCheck,
  targetsCheck,
  seriesCheck,
  renamesCheck,
  rulesCheck,
  alertmanagersCheck,
  watchdogCheck,
  grafanaCheck,
  topicsCheck,
  certificatesCheck,
  placeholdersCheck,
];
