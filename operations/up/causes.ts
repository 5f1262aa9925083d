import { enginesAway } from "../terraform/engines-away";
import { commandLine } from "./command-line";

/** Why a deploy failed and what to do, told from what Terraform said. */
export interface Cause {
  readonly cause: string;
  readonly nextStep: string;
}

interface KnownCause {
  readonly pattern: RegExp;
  /** What the pattern found is in `groups`. */
  readonly explain: (match: RegExpExecArray, commands: Commands) => Cause;
}

/** Commands of next steps. Where names on the engine are plain, `docker` knows a container without the prefix. */
interface Commands {
  /** "then ... again: it goes on where it stopped" */
  readonly again: string;
  readonly doctor: string;
  readonly downWithVolumes: string;
  readonly resetPassword: string;
}

/** Grafana reads the file of its password at its first start only; its own command takes it over at any time. */
export function resetGrafanaPassword(environment: string): string {
  return (
    `docker exec ${environment}-grafana sh -c ` +
    "'grafana cli admin reset-admin-password --password-from-stdin < /run/secrets/grafana-admin-password'"
  );
}

/** From the most to the least telling: the first that fits is told. */
const known: readonly KnownCause[] = [
  {
    pattern: /Error acquiring the state lock/,
    explain: (_, { again }) => ({
      cause: "another run of Terraform is at work on this stack's state",
      nextStep: "Wait until it has ended (ps -C terraform shows it), " + again + ".",
    }),
  },
  {
    pattern: /no space left on device|ENOSPC/,
    explain: (_, { again }) => ({
      cause: "the disk is full",
      nextStep:
        "Free some (docker system df shows what takes it, docker system prune removes what nothing uses), " +
        again +
        ".",
    }),
  },
  {
    pattern: /(?:port is already allocated|address already in use)/,
    explain: (_, { doctor }) => ({
      cause: "a port is taken",
      nextStep: `${doctor} names the port and who holds it.`,
    }),
  },
  {
    pattern: /container name "\/?([^"]+)" is already in use/,
    explain: ([, name = ""], { again }) => ({
      cause: `there is another container named ${name}, which this project's state does not know`,
      nextStep: `Remove or rename it (docker rm --force ${name}), ${again}.`,
    }),
  },
  {
    pattern: /network with name (\S+) already exists/,
    explain: ([, name = ""], { again }) => ({
      cause: `there is another network named ${name}, which this project's state does not know`,
      nextStep:
        `See what is on it (docker network inspect ${name}), remove it (docker network rm ${name}), ${again}. ` +
        "A compose file that made it must declare it as external.",
    }),
  },
  {
    pattern: /(?:unable to (?:find or )?pull image|error pulling image) ([^\s:]+(?::[^\s:]+)?)/i,
    explain: ([, image = ""], { again }) => ({
      cause: `the image ${image} cannot be pulled`,
      nextStep:
        `See what the engine says (docker pull ${image}); behind a proxy or without a network, docker load it. ` +
        `${again[0]?.toUpperCase() ?? ""}${again.slice(1)}.`,
    }),
  },
  {
    pattern: /unable to build image|failed to solve|Error running (?:legacy|buildx) build/i,
    explain: (_, { again }) => ({
      cause: "an image cannot be built",
      nextStep: `What the build said is above. Mend it, ${again}.`,
    }),
  },
  {
    pattern: /Error pinging Docker server|Cannot connect to the Docker daemon|error during connect/i,
    explain: ({ input }, { again, doctor }) => ({
      cause: `no Docker engine is reached at ${enginesAway(input) ?? "its address any more"}`,
      nextStep: `${doctor} says what is wrong with it; ${again}.`,
    }),
  },
  {
    pattern:
      /Failed to (?:query available provider packages|install provider)|Could not retrieve the list of available versions/,
    explain: (_, { again, doctor }) => ({
      cause: "a Terraform provider cannot be had",
      nextStep: `${doctor} says which, and how to name a mirror; ${again}.`,
    }),
  },
  {
    pattern: /status: 401|\[401\]|Invalid username or password/,
    explain: (_, { again, downWithVolumes, resetPassword }) => ({
      cause: "Grafana refuses the password: it keeps the one that its volume was made with",
      nextStep:
        `Tell Grafana the new one, ${again}: ${resetPassword}. ` +
        `Or put the old one back, or start with empty volumes: ${downWithVolumes}`,
    }),
  },
  {
    pattern:
      /(https?:\/\/[^\s"/]+)[^\n]*(?:connection refused|connection reset|EOF|i\/o timeout|no such host)/,
    explain: ([, url = ""], { again }) => ({
      cause: `${url} does not answer`,
      nextStep: `Look at the log of its container (docker ps, docker logs NAME), ${again}.`,
    }),
  },
];

/**
 * The cause that Terraform's words point at, if they point at a known one.
 * @param environment that was deployed
 */
export function causeOf(said: string, environment: string): Cause | undefined {
  const commands: Commands = {
    again: `then ${commandLine("up", environment)} again: it goes on where it stopped`,
    doctor: commandLine("doctor", environment),
    downWithVolumes: commandLine("down", environment, "--volumes"),
    resetPassword: resetGrafanaPassword(environment),
  };
  for (const { pattern, explain } of known) {
    const match = pattern.exec(said);
    if (match) return explain(match, commands);
  }
  return undefined;
}
