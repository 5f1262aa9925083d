import { existsSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { freePort } from "../../operations/loopback-port";
import { examinedProjects, findings, images, problem, run } from "../support/examined-project";
import { describeWith } from "../support/require-program";

const { projectAt, startEngine, withProgram } = examinedProjects();

jest.setTimeout(180_000);

const terraform = { name: "terraform", hint: "https://developer.hashicorp.com/terraform/install" };
describeWith([terraform], "npm run doctor", () => {
  it("tells what is well too, a line each, and ends with 1 where something is missing", async () => {
    const { project } = await projectAt(await startEngine());
    const { status, stdout } = await run(project, "doctor", ["local"], { COLUMNS: "200" });
    const lines = stdout.split("\n");
    for (const line of [
      /^ok {7}Node {7}\d+\./,
      /^ok {7}Terraform {2}1\./,
      /^ok {7}Docker {5}28\.2\.2 at unix:/,
      /^ok {7}Memory {5}the engine has 65536 MiB, the limits of \d+ containers add up to \d+ MiB$/,
      /^(?:ok|warning) +Disk {7}.*GiB free at/,
      /^ok {7}Images {5}all \d+ are there$/,
      /^problem {2}Providers {2}kreuzwerker\/docker 3\.6\.2 cannot be had: /,
      /^ {20}-> Let this machine reach registry\.terraform\.io/,
      /^\d+ problems/,
    ]) {
      expect(lines).toContainEqual(expect.stringMatching(line));
    }
    expect(status).toBe(1);
  });

  it("says that there is no Docker", async () => {
    const { project } = await projectAt("unix:///nowhere/docker.sock");
    const { status, found } = await findings(project, "Docker");
    expect(status).toBe(1);
    expect(found).toMatchObject([problem(/^no engine at unix:\/\/\/nowhere\/docker\.sock/, /start Docker/)]);
    const other = await findings(project, "Docker", { env: { DOCKER_HOST: "unix:///run/other.sock" } });
    expect(other.found[0]?.nextStep).toContain(
      "DOCKER_HOST is unix:///run/other.sock: if that is your engine",
    );
  });

  it("says that the engine is too old, or gets no fixes", async () => {
    const old = await projectAt(await startEngine({ ...images, "/version": { Version: "19.03.15" } }));
    expect((await findings(old.project, "Docker")).found).toMatchObject([
      problem(/^19\.03\.15 at .* is too old: 20\.10\.0 or newer/, /docs\.docker\.com/),
    ]);
    const older = await projectAt(await startEngine({ ...images, "/version": { Version: "20.10.24" } }));
    expect((await findings(older.project, "Docker")).found).toMatchObject([{ status: "warning" }]);
  });

  it("says that the engine keeps its data in another place, from which no line would be read", async () => {
    const info = { MemTotal: 64 * 1024 ** 3, DockerRootDir: "/data/docker" };
    const { project } = await projectAt(await startEngine({ ...images, "/info": info }));
    expect((await findings(project, "Docker")).found).toMatchObject([
      problem(
        /keeps its data in \/data\/docker, and not in .*: no line of a container would be read$/,
        /^Set docker\.dataRoot in environments\/local\.ts to "\/data\/docker"\.$/,
      ),
    ]);
  });

  it("names who holds a port: a program, or a container of somebody else; our own may", async () => {
    const names: unknown[] = [];
    const host = await startEngine({ ...images, "/containers/json": names });
    const { project, grafanaPort } = await projectAt(host);
    const server = createServer().listen(grafanaPort, "127.0.0.1");
    const port = String((await listening(server)).port);
    try {
      const taken = `^${port}, wanted for grafana, is taken by`;
      const { status, found } = await findings(project, "Ports");
      expect(status).toBe(1);
      expect(found).toContainEqual(
        expect.objectContaining(
          problem(
            new RegExp(`${taken} .+ \\(pid ${String(process.pid)}\\)$`),
            /another port in environments\/local\.ts/,
          ),
        ),
      );
      const ports = [{ PublicPort: grafanaPort, Type: "tcp" }];
      names.splice(0, 1, { Names: ["/other"], Ports: ports });
      expect((await findings(project, "Ports")).found).toContainEqual(
        expect.objectContaining(problem(new RegExp(`${taken} the container other$`), /docker stop other/)),
      );
      // The second as a container on the host's network is listed.
      for (const published of [ports, []]) {
        names.splice(0, 1, { Names: ["/local-grafana"], Ports: published });
        const own = (await findings(project, "Ports")).found.map(({ text }) => text);
        expect(own.join("\n")).not.toContain("wanted for grafana");
      }
    } finally {
      server.close();
    }
  });

  it("says that there is no Terraform, or that it is too old", async () => {
    const { project } = await projectAt(await startEngine());
    const none = await findings(project, "Terraform", { env: { PATH: "/nowhere" } });
    expect(none.status).toBe(1);
    expect(none.found).toMatchObject([problem(/no `terraform` on the PATH/, /Install 1\.10\.0 or newer/)]);
    const PATH = withProgram("terraform", `#!/bin/sh\necho '{"terraform_version":"1.5.7"}'\n`);
    expect((await findings(project, "Terraform", { env: { PATH } })).found).toMatchObject([
      problem(/^1\.5\.7 is too old: 1\.10\.0 or newer is needed$/, /terraform\/install/),
    ]);
  });

  it("names the variables that are not set, and credentials of AWS that are not there", async () => {
    const { project } = await projectAt(await startEngine());
    const env = { HOME: project.folder, TF_VAR_grafana_admin_password: "s3cret" };
    const { status, found } = await findings(project, "Variables", { selection: "prod", env });
    expect(status).toBe(1);
    expect(found).toContainEqual(
      expect.objectContaining(
        problem(
          /^TF_VAR_cloudwatch_pager_url of prod-cloudwatch is not set: URL that SNS/,
          /^export TF_VAR_cloudwatch_pager_url=\.\.\.$/,
        ),
      ),
    );
    expect(JSON.stringify(found)).not.toMatch(/grafana_admin_password|s3cret/);
    expect((await findings(project, "AWS", { selection: "prod", env })).found).toMatchObject([
      problem(/prod-cloudwatch.* need credentials of AWS/, /AWS_PROFILE/),
    ]);
  });

  it("says of a host over SSH that it is not reached, and asks an engine over SSH that is", async () => {
    const { project } = await projectAt("ssh://nobody@127.0.0.1:1");
    // As `docker system dial-stdio` does: what comes in goes to the engine's socket.
    const info = { MemTotal: 64 * 1024 ** 3, DockerRootDir: "/var/lib/docker" };
    const socket = (await startEngine({ ...images, "/info": info })).slice("unix://".length);
    const script = `const s=require("net").connect("${socket}");process.stdin.pipe(s).pipe(process.stdout)`;
    const PATH = withProgram("ssh", `#!/bin/sh\nexec ${process.execPath} -e '${script}'\n`);
    expect((await findings(project, "Docker", { env: { PATH } })).found).toEqual([
      { check: "Docker", status: "ok", text: "28.2.2 at ssh://nobody@127.0.0.1:1" },
    ]);
    const refusing = withProgram("ssh", "#!/bin/sh\necho 'Permission denied (publickey).' >&2; exit 255\n");
    const { status, found } = await findings(project, "Docker", { env: { PATH: refusing } });
    expect(status).toBe(1);
    expect(found).toMatchObject([
      problem(
        /^ssh:\/\/nobody@127\.0\.0\.1:1 is not reached: Permission denied \(publickey\)\.$/,
        /ssh -o BatchMode=yes .* -p 1 nobody@127\.0\.0\.1 docker version$/,
      ),
    ]);
  });

  it("names another machine whose engine is away, while the own one is well", async () => {
    const { project } = await projectAt(await startEngine());
    const [away, hanging] = [await freePort(), createServer()];
    const { port } = await listening(hanging.listen(0, "127.0.0.1"));
    const others = [
      { name: "db-1", address: "10.0.0.5", engine: `tcp://127.0.0.1:${String(away)}` },
      { name: "db-2", address: "10.0.0.6", engine: `tcp://127.0.0.1:${String(port)}` },
      { name: "db-3", address: "10.0.0.7", engine: "ssh://nobody@127.0.0.1:1" },
    ];
    project.edit("environments/local.ts", "machines: {", `machines: { others: ${JSON.stringify(others)},`);
    const PATH = withProgram("ssh", "#!/bin/sh\necho 'Permission denied (publickey).' >&2; exit 255\n");
    try {
      const { status, found } = await findings(project, "Docker", { env: { PATH } });
      expect(status).toBe(1);
      expect(found).toMatchObject([
        { status: "ok", text: expect.stringMatching(/^28\.2\.2 at unix:/) as string },
        problem(
          new RegExp(`^db-1: no engine listens at tcp://127\\.0\\.0\\.1:${String(away)}$`),
          /^Start Docker on db-1, or name another engine of it in machines\.others in environments\/local\.ts\. .*docs\/machines\.md/,
        ),
        problem(/^db-2: tcp:\/\/\S+ is not reached: .* did not answer within 15 s$/, /^Start Docker on db-2/),
        problem(
          /^db-3: ssh:\/\/nobody@127\.0\.0\.1:1 is not reached: Permission denied \(publickey\)\.$/,
          /nobody@127\.0\.0\.1 docker version\. .*docs\/machines\.md/,
        ),
      ]);
    } finally {
      hanging.close();
    }
  });

  it("says that the disk is full and that memory is short", async () => {
    // /proc has no room, ever.
    const info = { MemTotal: 1024 ** 3, DockerRootDir: "/proc" };
    const { project } = await projectAt(await startEngine({ ...images, "/info": info }));
    expect((await findings(project, "Disk")).found).toMatchObject([
      problem(/^only 0\.0 GiB free at \/proc$/, /docker system prune/),
    ]);
    expect((await findings(project, "Memory")).found).toMatchObject([{ status: "warning" }]);
  });

  it("names the images that are neither there nor to be pulled", async () => {
    const answers = { "/images/grafana/grafana*": 404, "/distribution/*": 500, ...images };
    const { project } = await projectAt(await startEngine(answers));
    expect((await findings(project, "Images")).found).toMatchObject([
      problem(
        /^grafana\/grafana:\S+ is not there and cannot be pulled: refused/,
        /^See .*docker pull grafana\/grafana/,
      ),
    ]);
  });

  it("is what up begins with: nothing is touched where something is missing", async () => {
    const { project } = await projectAt("unix:///nowhere/docker.sock");
    const { status, stdout, stderr } = await run(project, "up", [], {});
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^Nothing was touched, as this is missing:\n[^]*no engine at unix:\/\/\/nowhere/);
    expect(stderr).toMatch(/\nWithout Docker: npm run demo runs the services/);
    expect([".state", ".secrets"].filter((name) => existsSync(join(project.folder, name)))).toEqual([]);
    const prod = await run(project, "up", ["prod"], {});
    expect(prod.stderr).toMatch(/^prod has an account of AWS: deploy it with `npm run deploy -- prod`/);
  });
});

async function listening(server: ReturnType<typeof createServer>): Promise<AddressInfo> {
  if (!server.listening) await new Promise((resolve) => server.once("listening", resolve));
  return server.address() as AddressInfo;
}
