import { setTimeout as sleep } from "node:timers/promises";
import { checkContract } from "../../../metrics/contract/check";
import { scrape } from "../../../metrics/contract/scrape";
import { sendTraffic } from "../../../services/traffic/traffic";
import { loadEnvironments } from "../../support/environments";
import { programNames } from "../../../services/programs";
import { cheapPasswords } from "../../support/cheap-passwords";
import { describeWithEngine, DockerEngine } from "../../support/docker-engine";
import { baseImage, makeBaseImage } from "../../support/docker-node-image";
import { buildServiceImage, imageNames } from "../../support/docker-services";
import { catalogue } from "../../support/system";

interface InspectedImage {
  readonly Size: number;
  readonly RootFS: { readonly Layers: readonly string[] };
  readonly Config: { readonly User: string; readonly Labels: Readonly<Record<string, string>> };
}

interface InspectedContainer {
  readonly State: {
    readonly Status: string;
    readonly ExitCode: number;
    readonly Health: { readonly Status: string };
  };
}

/** The ports at which the local environment expects the programs. */
const ports = new Map([
  ...loadEnvironments("local").flatMap(({ services }) =>
    services.map(({ name, port }) => [name, port] as const),
  ),
  ["inbox", 8025],
]);

const gatewayMetricsPort = loadEnvironments("local")
  .flatMap(({ services }) => services)
  .find(({ name }) => name === "api-gateway")?.metricsPort;

jest.setTimeout(120_000);

describeWithEngine("The image of the services on a Docker engine", () => {
  let engine: DockerEngine;
  const tagOf = (program: string) => `${program}:e2e`;
  const image = (program: string) => engine.inspect<InspectedImage>(tagOf(program));
  const state = async (program: string) => (await engine.inspect<InspectedContainer>(program)).State;
  const inImage = (...command: string[]) =>
    engine.tryDocker("run", "--rm", "--network", "none", tagOf("order-service"), ...command);
  const urlOf = async (program: string, port = ports.get(program)) => {
    const published = await engine.docker("port", program, String(port));
    return new URL(`http://${published}`);
  };
  const metricsOf = (program: string) =>
    urlOf(program, program === "api-gateway" ? gatewayMetricsPort : undefined);

  /**
   * As the docker stack runs it: no privilege, nothing that it may write to, and no more memory than it needs. Passwords
   * cost less: on a busy machine the gateway would not wait for them.
   */
  const start = (program: string) =>
    engine.docker(
      ...["run", "--detach", "--name", program, "--network", "services"],
      ...["--publish", `127.0.0.1::${String(ports.get(program))}`, "--memory", "192m"],
      ...(program === "api-gateway" ? ["--publish", `127.0.0.1::${String(gatewayMetricsPort)}`] : []),
      ...Object.entries(cheapPasswords).flatMap(([name, value]) => ["--env", `${name}=${value}`]),
      ...["--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges:true"],
      tagOf(program),
    );

  beforeAll(async () => {
    engine = await DockerEngine.start();
    await makeBaseImage(engine);
    for (const program of imageNames) {
      const { status, output } = await buildServiceImage(engine, program, tagOf(program));
      if (status !== 0) throw new Error(output);
    }
    await engine.docker("network", "create", "services");
    for (const program of imageNames) await start(program);
  }, 400_000);
  afterAll(async () => {
    await engine.stop();
  });

  it("is made for every service of the catalogue", () => {
    expect(imageNames).toEqual(expect.arrayContaining([...programNames]));
  });

  it("adds less than 30 MB to its base, in layers that all services share but for the last", async () => {
    const base = await engine.inspect<InspectedImage>(baseImage);
    const images = await Promise.all(imageNames.map(image));
    const added = images.map(({ Size }) => Size - base.Size);
    console.info(`The image adds ${(Math.max(...added) / 1e6).toFixed(1)} MB to its base.`);
    expect(Math.max(...added)).toBeLessThan(30e6);
    const shared = new Set(images.map(({ RootFS }) => RootFS.Layers.slice(0, -1).join()));
    expect(shared.size).toBe(1);
  });

  it("holds the compiled programs and the packages that they need, and nothing that they do not", async () => {
    const listed = await inImage("find", ".", "-type", "f");
    const files = listed.stdout.trim().split("\n");
    expect(new Set(files.map((file) => file.split("/")[1]))).toEqual(
      new Set(["docs", "healthcheck.js", "metrics", "node_modules", "services", "shop"]),
    );
    expect(files).toContain("./services/order-service/main.js");
    expect(files).toContain("./services/platform/page/design.css");
    expect(files).toContain("./docs/runbooks/HighErrorRatio.md");
    expect(files.filter((file) => /\.(?:[cm]?ts|map)$/.test(file))).toEqual([]);
    const development =
      /^\.\/node_modules\/(?:typescript|@types|jest|@jest|eslint|cdktf|@cdktf|tsx|esbuild)\//;
    expect(files.filter((file) => development.test(file))).toEqual([]);
    expect(files.filter((file) => !file.startsWith("./node_modules/") && /test/.test(file))).toEqual([]);
  });

  it("runs as a user that is not root and cannot change the program", async () => {
    expect((await image("order-service")).Config.User).toBe("1000:1000");
    const { status, output } = await inImage("sh", "-c", "id -u; echo > services/order-service/main.js");
    expect(output).toMatch(/^1000\n.*(?:Permission denied|cannot create)/s);
    expect(status).not.toBe(0);
  });

  it("says what it is in its labels", async () => {
    expect((await image("auth-service")).Config.Labels).toEqual({
      "org.opencontainers.image.title": "auth-service",
      "org.opencontainers.image.licenses": "MIT",
    });
  });

  it("is refused for a service that there is not, with those that there are", async () => {
    const { status, output } = await buildServiceImage(engine, "order-servic", "none:e2e");
    expect(status).not.toBe(0);
    expect(output).toContain('There is no service "order-servic". Give --build-arg SERVICE=<name>, one of:');
    for (const program of imageNames) expect(output).toContain(`  ${program}\n`);
  });

  it("has a health check that fails where nothing answers", async () => {
    expect((await inImage("node", "healthcheck.js")).status).toBe(1);
  });

  it.each(imageNames)("%s becomes healthy by its own health check", async (program) => {
    const end = Date.now() + 60_000;
    while ((await state(program)).Health.Status === "starting" && Date.now() < end) await sleep(500);
    expect((await state(program)).Health.Status).toBe("healthy");
  });

  it.each(programNames)("%s exposes what the catalogue says", async (service) => {
    const scraped = await scrape(await metricsOf(service));
    expect([...scraped.findings, ...checkContract(scraped, { catalogue, service })]).toEqual([]);
  });

  it("serves orders through all four containers, and counts each of them", async () => {
    const { expected, unanswered, requests } = await sendTraffic({
      url: await urlOf("api-gateway"),
      rate: 10,
      durationSeconds: 5,
      errors: 0,
      slow: 0,
    });
    expect(requests).toBeGreaterThan(50);
    expect(unanswered).toBe(0);
    const orders = expected.find(({ metric }) => metric === "orders_created_total");
    expect(orders?.value).toBeGreaterThan(0);
    const { families } = await scrape(await urlOf("order-service"));
    const [sample] = families.get("orders_created_total")?.samples ?? [];
    expect(sample?.value).toBe(orders?.value);
  });

  it.each(imageNames)("%s ends by itself on SIGTERM, with status 0", async (program) => {
    // Who has not ended after 15 s is killed, with status 137.
    await engine.docker("stop", "--time", "15", program);
    expect(await state(program)).toMatchObject({ Status: "exited", ExitCode: 0 });
  });
});
