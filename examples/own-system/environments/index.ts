import type { EnvironmentInput } from "./environment";
import { environmentsFrom } from "./load";
import { local } from "./local";

export type { Environment, EnvironmentInput } from "./environment";
export { EnvironmentError, parseEnvironment, refuse } from "./validation";

const files: Readonly<Record<string, EnvironmentInput>> = { local };

export const { environmentNames, loadEnvironments } = environmentsFrom(files);
