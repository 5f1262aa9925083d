import { EnvironmentError, loadEnvironments } from "./environments";
import { DefinitionError, synthesize } from "./stacks";

try {
  synthesize(loadEnvironments(process.env.ENVIRONMENT), process.env.CDKTF_OUTDIR);
} catch (error) {
  if (!(error instanceof EnvironmentError || error instanceof DefinitionError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
