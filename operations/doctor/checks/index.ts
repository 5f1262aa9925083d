import type { DoctorCheck } from "../check";
import { awsCredentialsCheck } from "./aws-credentials";
import { diskCheck } from "./disk";
import { dockerCheck } from "./docker";
import { imagesCheck } from "./images";
import { machinesCheck } from "./machines";
import { memoryCheck } from "./memory";
import { nodeCheck } from "./node";
import { portsCheck } from "./ports";
import { providersCheck } from "./providers";
import { terraformCheck } from "./terraform";
import { variablesCheck } from "./variables";

/** Every check, in the order in which they are told. */
export const allChecks: readonly DoctorCheck[] = [
  nodeCheck,
  terraformCheck,
  dockerCheck,
  portsCheck,
  memoryCheck,
  diskCheck,
  variablesCheck,
  awsCredentialsCheck,
  machinesCheck,
  providersCheck,
  imagesCheck,
];
