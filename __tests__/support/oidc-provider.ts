import { writeFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { ManagedProcess } from "../../demo/processes";
import type { MadeCertificate } from "./server-certificate";
import { until } from "./until";

/** What a provider of logins knows. */
export interface OidcProviderSettings {
  /** Where it answers: `https://127.0.0.1:PORT`. */
  readonly issuer: string;
  /** Certificate of 127.0.0.1. */
  readonly certificate: MadeCertificate;
  readonly client: {
    readonly id: string;
    readonly secret: string;
    readonly redirectUris: readonly string[];
  };
  /** Claims of each person, by the name with which he logs in. */
  readonly people: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Starts an OpenID provider (oidc-provider of npm) that insists on PKCE, and waits until it answers. */
export async function startOidcProvider(
  folder: string,
  { certificate, ...settings }: OidcProviderSettings,
): Promise<ManagedProcess> {
  const file = join(folder, "oidc-provider.json");
  const { key, cert } = certificate;
  writeFileSync(file, JSON.stringify({ ...settings, key, cert }));
  const args = [join(__dirname, "oidc-provider-process.mjs"), file];
  const provider = new ManagedProcess({ name: "oidc-provider", command: process.execPath, args });
  await until(() => answers(`${settings.issuer}/.well-known/openid-configuration`, cert), 30_000);
  return provider;
}

async function answers(url: string, ca: string): Promise<boolean> {
  return new Promise((resolve) => {
    request(url, { ca, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    })
      .on("error", () => {
        resolve(false);
      })
      .end();
  });
}
