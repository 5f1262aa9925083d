import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { checkContract } from "../../../metrics/contract/check";
import { scrape } from "../../../metrics/contract/scrape";
import { cheapPasswords } from "../../support/cheap-passwords";
import { describeWithEngine, DockerEngine } from "../../support/docker-engine";
import { flaskDockerfile, makePythonBaseImage, pythonBaseImage } from "../../support/docker-python-image";
import { requestJson } from "../../../operations/clients/json-client";
import { catalogue } from "../../support/system";

interface InspectedContainer {
  readonly State: {
    readonly Status: string;
    readonly ExitCode: number;
    readonly Health: { readonly Status: string };
  };
}

const root = resolve(__dirname, "../../..");
const services = ["auth-service", "order-service"] as const;
const port = 8000;

jest.setTimeout(120_000);

describeWithEngine("The image of the services in Flask on a Docker engine", () => {
  let engine: DockerEngine;
  const tagOf = (service: string) => `${service}:flask`;
  const build = (service: string) =>
    engine.tryDocker(
      ...["build", "--file", join(root, flaskDockerfile), "--build-arg"],
      ...[`SERVICE=${service.replace("-", "_")}`, "--tag", tagOf(service), root],
    );
  const image = (name: string) =>
    engine.inspect<{ readonly Size: number; readonly Config: { readonly User: string } }>(name);
  const state = async (service: string) => (await engine.inspect<InspectedContainer>(service)).State;
  const urlOf = async (service: string) =>
    new URL(`http://${await engine.docker("port", service, String(port))}`);
  const inImage = (...command: string[]) =>
    engine.tryDocker("run", "--rm", "--network", "none", tagOf("order-service"), ...command);

  beforeAll(async () => {
    engine = await DockerEngine.start();
    await makePythonBaseImage(engine);
    for (const service of services) {
      const { status, output } = await build(service);
      if (status !== 0) throw new Error(output);
    }
    await engine.docker("network", "create", "services");
    for (const service of services) {
      // As the docker stack runs it: no privilege, and nothing that it may write to but memory.
      await engine.docker(
        ...["run", "--detach", "--name", service, "--network", "services", "--memory", "192m"],
        ...["--publish", `127.0.0.1::${String(port)}`, "--env", "AUTH_SERVICE_URL=http://auth-service:8000"],
        ...Object.entries(cheapPasswords).flatMap(([name, value]) => ["--env", `${name}=${value}`]),
        ...["--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges:true"],
        tagOf(service),
      );
    }
  }, 400_000);
  afterAll(async () => {
    await engine.stop();
  });

  it("adds less than 60 MB to its base", async () => {
    const added = (await image(tagOf("auth-service"))).Size - (await image(pythonBaseImage)).Size;
    console.info(`The image adds ${(added / 1e6).toFixed(1)} MB to its base.`);
    expect(added).toBeGreaterThan(5e6);
    expect(added).toBeLessThan(60e6);
  });

  it("runs as a user that is not root and cannot change the program", async () => {
    expect((await image(tagOf("order-service"))).Config.User).toBe("1000:1000");
    const { status, output } = await inImage("sh", "-c", "id -u; echo > order_service/app.py");
    expect(output).toMatch(/^1000\n.*(?:Permission denied|cannot create)/s);
    expect(status).not.toBe(0);
  });

  it("is refused for a service that there is not, with those that there are", async () => {
    const { status, output } = await build("order-servic");
    expect(status).not.toBe(0);
    expect(output).toContain(
      'There is no service "order_servic". Give --build-arg SERVICE=auth_service or order_service.',
    );
  });

  it("has a health check that fails where nothing answers", async () => {
    expect((await inImage("python", "healthcheck.py")).status).toBe(1);
  });

  it.each(services)("%s becomes healthy by its own health check", async (service) => {
    const end = Date.now() + 60_000;
    while ((await state(service)).Health.Status === "starting" && Date.now() < end) await sleep(500);
    const { Status, Health } = await state(service);
    const { output } = await engine.tryDocker("logs", service);
    const told = Health.Status === "healthy" ? "" : output;
    expect([Status, Health.Status, told]).toEqual(["running", "healthy", ""]);
  });

  it("lets people register and log in", async () => {
    const url = await urlOf("auth-service");
    const account = {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ username: "customer-1", password: "a password of the test" }),
    };
    await requestJson(new URL("/register", url).href, account);
    const { token } = await requestJson<{ token: string }>(new URL("/login", url).href, account);
    const orders = await requestJson<{ orders: unknown[] }>(
      new URL("/orders", await urlOf("order-service")).href,
      {
        headers: { authorization: `Bearer ${token}` },
      },
    );
    expect(orders.orders).toEqual([]);
  });

  it.each(services)("%s exposes what the catalogue says", async (service) => {
    const scraped = await scrape(await urlOf(service));
    expect([...scraped.findings, ...checkContract(scraped, { catalogue, service })]).toEqual([]);
  });

  it.each(services)("%s ends by itself on SIGTERM, with status 0", async (service) => {
    // Who has not ended after 15 s is killed, with status 137.
    await engine.docker("stop", "--time", "15", service);
    expect(await state(service)).toMatchObject({ Status: "exited", ExitCode: 0 });
  });
});
