import { type Finding, ok, problem, warning } from "../../checks/check";
import { type DoctorCheck, isOlder, type OtherEngine } from "../check";
import { type DockerEngine, EngineError } from "../engine";

/** The oldest engine whose API the Docker provider speaks. */
const oldest = "20.10.0";
/** Older engines get no fixes any more. */
const maintained = "25.0.0";

/**
 * Whether the Docker engines that the environment names are reached, how old they are, and whether they keep their data
 * where it says: from another place no line of a container would be read.
 */
export const dockerCheck: DoctorCheck = {
  name: "Docker",
  isCheap: true,
  timeLimitMs: 25_000,
  async run({ engine, dataRoot, otherEngines = [], environment, env }): Promise<Finding[]> {
    const file = `environments/${environment}.ts`;
    return Promise.all([
      ...(engine
        ? [
            findingOf(engine, {
              explain: (error) => unreachable(engine, error, file, env),
              dataRoot: { expected: dataRoot, setting: `docker.dataRoot in ${file}` },
            }),
          ]
        : []),
      ...otherEngines.map((each) => findingOfOther(each, file)),
    ]);
  },
};

interface EngineQuestion {
  /** What to say of an engine that is not reached. */
  readonly explain: (error: EngineError) => Finding;
  /** Where it is to keep its data, and where that is set. */
  readonly dataRoot: { readonly expected: string | undefined; readonly setting: string };
}

async function findingOf(engine: DockerEngine, { explain, dataRoot }: EngineQuestion): Promise<Finding> {
  try {
    const { Version: version } = await engine.get<{ Version: string }>("/version", 15_000);
    const text = `${version} at ${engine.host}`;
    const install = "https://docs.docker.com/engine/install/";
    if (isOlder(version, oldest)) return problem(`${text} is too old: ${oldest} or newer is needed`, install);
    const { DockerRootDir: found } = await engine.get<{ DockerRootDir: string }>("/info", 15_000);
    if (dataRoot.expected !== undefined && found !== dataRoot.expected) {
      return problem(
        `${engine.host} keeps its data in ${found}, and not in ${dataRoot.expected}: no line of a container would be read`,
        `Set ${dataRoot.setting} to "${found}".`,
      );
    }
    return isOlder(version, maintained)
      ? warning(`${text}: it works, but gets no fixes any more`, install)
      : ok(text);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return explain(error);
  }
}

/** Each finding begins with the machine's name, by which the environment, dashboards and alerts call it. */
async function findingOfOther({ machine, engine, dataRoot }: OtherEngine, file: string): Promise<Finding> {
  const gone = "Where the machine is gone for good, docs/machines.md says how Terraform forgets it.";
  const finding = await findingOf(engine, {
    explain: (error) =>
      engine.shell
        ? noShell(engine.host, engine.shell, error, `. ${gone}`)
        : problem(
            error.code === "ECONNREFUSED"
              ? `no engine listens at ${engine.host}`
              : notReached(engine.host, error),
            `Start Docker on ${machine}, or name another engine of it in machines.others in ${file}. ${gone}`,
          ),
    dataRoot: { expected: dataRoot, setting: `its dataRoot in machines.others in ${file}` },
  });
  return { ...finding, text: `${machine}: ${finding.text}` };
}

function notReached(host: string, { message }: EngineError): string {
  return `${host} is not reached: ${message.replaceAll(/\s*\n\s*/g, "; ")}`;
}

function noShell(host: string, shell: readonly string[], error: EngineError, besides = ""): Finding {
  return problem(
    notReached(host, error),
    `This must print a version without asking anything: ${shell.join(" ")} docker version${besides}`,
  );
}

function unreachable(
  { host, shell }: DockerEngine,
  error: EngineError,
  file: string,
  env: NodeJS.ProcessEnv,
): Finding {
  if (shell) return noShell(host, shell, error);
  const other =
    env.DOCKER_HOST !== undefined && env.DOCKER_HOST !== host
      ? ` DOCKER_HOST is ${env.DOCKER_HOST}: if that is your engine, set it as docker.host in ${file}.`
      : "";
  const path = host.replace(/^unix:\/\//, "");
  switch (error.code) {
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
        notReached(host, error),
        `Look after the engine, or name another as docker.host in ${file}.${other}`,
      );
  }
}
