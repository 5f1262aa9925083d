import { dev } from "./dev";
import type { EnvironmentInput } from "../../../environments/environment";
import { environmentsFrom } from "../../../environments/load";
import { local } from "./local";
import { prod } from "./prod";
import { staging } from "./staging";

export type { Environment, EnvironmentInput } from "../../../environments/environment";
export { EnvironmentError, parseEnvironment, refuse } from "../../../environments/validation";

/** Every environment: in the tests of the product, and in copies of the project, in the place of the project's own. */
const files: Readonly<Record<string, EnvironmentInput>> = { local, dev, staging, prod };

export const { environmentNames, loadEnvironments } = environmentsFrom(files);
