import type { Check } from "../rule";
import { absentFor } from "./absent-for";
import { alertName } from "./alert-name";
import { annotations } from "./annotations";
import { catalogue } from "./catalogue";
import { comparison } from "./comparison";
import { dependencyOrder } from "./dependency-order";
import { duplicates } from "./duplicates";
import { feature } from "./feature";
import { forTwoScrapes } from "./for-two-scrapes";
import { offsetWithinRetention } from "./offset-within-retention";
import { rangeTwoScrapes } from "./range-two-scrapes";
import { rateOfCounter } from "./rate-of-counter";
import { safeRatio } from "./safe-ratio";
import { severity } from "./severity";
import { syntax } from "./syntax";
import { template } from "./template";
import { templateLabels } from "./template-labels";
import { unreadRecords } from "./unread-records";
import { valueInLabels } from "./value-in-labels";
import { vectorMatching } from "./vector-matching";

/** All checks of a rule that need no server. */
export const allChecks = [
  syntax,
  feature,
  template,
  catalogue,
  comparison,
  forTwoScrapes,
  rangeTwoScrapes,
  rateOfCounter,
  safeRatio,
  absentFor,
  valueInLabels,
  templateLabels,
  vectorMatching,
  offsetWithinRetention,
  duplicates,
  unreadRecords,
  dependencyOrder,
  severity,
  alertName,
  annotations,
] as const satisfies readonly Check[];
