import { EnvironmentError, loadEnvironments } from "./environments";
import { synthesize } from "./stacks";

try {
  synthesize(loadEnvironments(process.env.ENVIRONMENT), process.env.CDKTF_OUTDIR);
} catch (error) {
  if (!(error instanceof EnvironmentError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
