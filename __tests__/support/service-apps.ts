import { writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { localUrl } from "../../demo/services";
import type { App } from "../../services/platform/app";
import type { Served } from "../../services/platform/serve";
import type { ServiceProgram } from "../../services/programs";
import { createGateway } from "../../services/api-gateway/app";
import { createAuthService } from "../../services/auth-service/app";
import { createOrderService } from "../../services/order-service/app";
import { createProductService } from "../../services/product-service/app";
import { cheapPasswords } from "./cheap-passwords";

type Env = Readonly<Record<string, string>>;

/** Variables of services in tests: silent, with hashes that cost little. */
export const testEnv: Env = {
  LOG_LEVEL: "silent",
  ...cheapPasswords,
  HOST: "127.0.0.1",
  PORT: "0",
  METRICS_PORT: "0",
};

const creators: Readonly<Record<ServiceProgram, (env: Env) => Served>> = {
  "api-gateway": createGateway,
  "product-service": createProductService,
  "auth-service": createAuthService,
  "order-service": createOrderService,
};

/** Applications of one test; `close` ends all of them. */
export class ServiceApps {
  private readonly apps: App[] = [];

  create(service: ServiceProgram, env: Env = {}): App {
    return this.createServed(service, env).app;
  }

  /** Creates an application that listens; gives its address, and that of its metrics. */
  async listen(
    service: ServiceProgram,
    env: Env = {},
  ): Promise<{ app: App; url: string; metricsUrl: string }> {
    const { app, start } = this.createServed(service, env);
    const { metricsPort } = (await start?.()) ?? {};
    await app.listen({ port: 0, host: "127.0.0.1" });
    const { port } = app.server.address() as AddressInfo;
    return { app, url: localUrl(port), metricsUrl: `${localUrl(metricsPort ?? port)}/metrics` };
  }

  /**
   * Starts an auth service with the account "staff".
   * @param folder for the file with its password
   * @returns its address, and a token for that account
   */
  async listenWithStaff(folder: string): Promise<{ url: string; token: string }> {
    const password = "a password of staff";
    const file = join(folder, "staff-password");
    writeFileSync(file, `${password}\n`);
    const { app, url } = await this.listen("auth-service", { STAFF_PASSWORD_FILE: file });
    const payload = { username: "staff", password };
    const login = await app.inject({ method: "POST", url: "/login", payload });
    return { url, token: login.json<{ token: string }>().token };
  }

  private createServed(service: ServiceProgram, env: Env): Served {
    const served = creators[service]({ ...testEnv, ...env });
    this.apps.push(served.app);
    return served;
  }

  async close(): Promise<void> {
    for (const app of this.apps.splice(0).reverse()) await app.close();
  }
}
