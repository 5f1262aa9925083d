import type { Construct } from "constructs";
import { secretsFolder } from "../constructs/docker/container-settings";
import { sensitiveVariable } from "../constructs/sensitive-variable";
import type { Environment } from "../environments";
import { managedEngineOf } from "../environments/metrics-engine";
import { awsAccessOf } from "./aws-access";
import { asksEc2 } from "./target-discovery";

/** A secret that Prometheus reads: the variable that holds it, and what it is. */
interface Secret {
  readonly variable: string;
  readonly description: string;
}

/** Where Prometheus finds the value of a variable. */
export function prometheusSecretPath(variable: string): string {
  return `${secretsFolder}/${variable}`;
}

/** What Prometheus has of secrets: files by their paths, and what it is told of them. */
export interface PrometheusSecrets {
  readonly secrets: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
}

/** What an environment's Prometheus needs to prove who it is: to its targets, to remote storage, to AWS. */
export function prometheusSecrets(scope: Construct, environment: Environment): PrometheusSecrets {
  const files = secretsOf(environment).map(({ variable, description }) => [
    prometheusSecretPath(variable),
    sensitiveVariable(scope, variable, description).stringValue,
  ]);
  const secrets = Object.fromEntries(files) as Record<string, string>;
  const engine = managedEngineOf(environment);
  if (!engine && !asksEc2(environment)) return { secrets };
  // Agents have one access to AWS for both.
  const aws = engine
    ? awsAccessOf(scope, environment, engine.awsCredentials, "agents write to the workspace")
    : awsAccessOf(
        scope,
        environment,
        environment.prometheus.awsCredentials,
        "Prometheus asks EC2 for its targets",
      );
  for (const { path, content } of aws.files) secrets[path] = content;
  return { secrets, ...(aws.variables && { environment: aws.variables }) };
}

function secretsOf({ prometheus, services }: Environment): Secret[] {
  const ofRemoteWrite = prometheus.remoteWrite.flatMap(({ name, auth }) => proofOf(name, auth));
  const ofServices = services.flatMap(({ name, elsewhere }) => {
    const { ca, certificate, key } = elsewhere?.tls ?? {};
    return [
      ...proofOf(name, elsewhere?.auth),
      ...(ca ? [{ variable: ca.secret, description: `${name}: certificates of its authorities` }] : []),
      ...(certificate
        ? [{ variable: certificate.secret, description: `${name}: Prometheus's certificate` }]
        : []),
      ...(key ? [{ variable: key.secret, description: `${name}: key of Prometheus's certificate` }] : []),
    ];
  });
  return [...ofRemoteWrite, ...ofServices];
}

function proofOf(name: string, auth: Environment["prometheus"]["remoteWrite"][number]["auth"]): Secret[] {
  switch (auth?.kind) {
    case undefined:
    case "sigv4":
      return [];
    case "basic":
      return [{ variable: auth.password, description: `${name}: password` }];
    case "bearer":
      return [{ variable: auth.token, description: `${name}: token` }];
  }
}
