import { dev } from "./dev";
import type { EnvironmentInput } from "../../../environments/environment";
import { environmentsFrom } from "../../../environments/load";
import { local } from "./local";
import { prod } from "./prod";
import { staging } from "./staging";

export type { Environment, EnvironmentInput } from "../../../environments/environment";
export { EnvironmentError, parseEnvironment, refuse } from "../../../environments/validation";

/** Every environment of the project. A new one is added here. */
const files: Readonly<Record<string, EnvironmentInput>> = { local, dev, staging, prod };

export const { environmentNames, loadEnvironments } = environmentsFrom(files);
