import { type Finding, ok, problem, warning } from "../../checks/check";
import { type DoctorCheck, isOlder } from "../check";
import { type DockerEngine, EngineError } from "../engine";

/** The oldest engine whose API the Docker provider speaks. */
const oldest = "20.10.0";
/** Older engines get no fixes any more. */
const maintained = "25.0.0";

/** Whether the Docker engines that the environment names are reached, and how old they are. */
export const dockerCheck: DoctorCheck = {
  name: "Docker",
  isCheap: true,
  timeLimitMs: 25_000,
  async run({ engine, otherEngines = [], environment, env }): Promise<Finding[]> {
    const engines = [...(engine ? [engine] : []), ...otherEngines];
    return Promise.all(engines.map((each) => findingOf(each, environment, env)));
  },
};

async function findingOf(
  engine: DockerEngine,
  environment: string,
  env: NodeJS.ProcessEnv,
): Promise<Finding> {
  try {
    const { Version: version } = await engine.get<{ Version: string }>("/version", 15_000);
    const text = `${version} at ${engine.host}`;
    const install = "https://docs.docker.com/engine/install/";
    if (isOlder(version, oldest)) return problem(`${text} is too old: ${oldest} or newer is needed`, install);
    return isOlder(version, maintained)
      ? warning(`${text}: it works, but gets no fixes any more`, install)
      : ok(text);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return unreachable(engine, error, environment, env);
  }
}

function unreachable(
  { host, shell }: DockerEngine,
  { code, message }: EngineError,
  environment: string,
  env: NodeJS.ProcessEnv,
): Finding {
  const file = `environments/${environment}.ts`;
  if (shell) {
    return problem(
      `${host} is not reached: ${message.replaceAll(/\s*\n\s*/g, "; ")}`,
      `This must print a version without asking anything: ${shell.join(" ")} docker version`,
    );
  }
  const other =
    env.DOCKER_HOST !== undefined && env.DOCKER_HOST !== host
      ? ` DOCKER_HOST is ${env.DOCKER_HOST}: if that is your engine, set it as docker.host in ${file}.`
      : "";
  const path = host.replace(/^unix:\/\//, "");
  switch (code) {
    case "ENOENT":
      return problem(
        `no engine at ${host}: there is no such socket`,
        other.trim() ||
          `Install or start Docker (Linux: sudo systemctl start docker), or name another engine as docker.host in ${file}.`,
      );
    case "EACCES":
      return problem(
        `${host}: permission denied`,
        `Join the group of ${path} and log in again: sudo usermod -aG docker $USER.${other}`,
      );
    case "ECONNREFUSED":
      return problem(
        `no engine listens at ${host}`,
        `Start Docker (Linux: sudo systemctl start docker).${other}`,
      );
    default:
      return problem(
        `${host} is not reached: ${message}`,
        `Look after the engine, or name another as docker.host in ${file}.${other}`,
      );
  }
}
