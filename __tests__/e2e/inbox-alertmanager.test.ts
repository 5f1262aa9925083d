import { fork, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stringify } from "yaml";
import type { Message } from "../../services/inbox/message";
import { freePort } from "../../operations/loopback-port";
import { alertmanagerProgram } from "../support/programs";
import { describeWith } from "../support/require-program";
import { temporaryFolder } from "../support/temporary-folder";

const newFolder = temporaryFolder();
const limitMs = 60_000;

/** One receiver that sends the same to four kinds, at once. */
function configuration(inbox: string, smtpPort: number) {
  return {
    global: { resolve_timeout: "1m" },
    route: {
      receiver: "all",
      group_by: ["alertname"],
      group_wait: "0s",
      group_interval: "1s",
      repeat_interval: "1h",
    },
    receivers: [
      {
        name: "all",
        slack_configs: [{ api_url: `${inbox}/slack/ops`, channel: "#ops", send_resolved: true }],
        discord_configs: [{ webhook_url: `${inbox}/discord/ops` }],
        webhook_configs: [{ url: `${inbox}/webhook/ops` }],
        email_configs: [
          {
            to: "ops@example.com",
            from: "alerts@example.com",
            smarthost: `127.0.0.1:${String(smtpPort)}`,
            auth_username: "alerts",
            auth_password: "anything",
            tls_config: { insecure_skip_verify: true },
            send_resolved: true,
          },
        ],
      },
    ],
  };
}

describeWith([alertmanagerProgram], "the inbox and a real Alertmanager", () => {
  const processes: ChildProcess[] = [];
  let inbox: string;
  let alertmanager: string;
  let output = "";

  beforeAll(async () => {
    const service = fork(join(__dirname, "../../services/inbox/main.ts"), {
      execArgv: ["--import", "tsx"],
      env: { ...process.env, PORT: "0", SMTP_PORT: "0", LOG_LEVEL: "warn" },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    processes.push(service);
    const [message] = (await once(service, "message")) as [{ type: string; port: number; smtpPort: number }];
    expect(message).toEqual({
      type: "listening",
      port: expect.any(Number) as number,
      smtpPort: expect.any(Number) as number,
    });
    inbox = `http://127.0.0.1:${String(message.port)}`;

    const folder = newFolder();
    const file = join(folder, "alertmanager.yml");
    writeFileSync(file, stringify(configuration(inbox, message.smtpPort)));
    const address = `127.0.0.1:${String(await freePort())}`;
    alertmanager = `http://${address}`;
    const child = spawn("alertmanager", [
      `--config.file=${file}`,
      `--storage.path=${folder}`,
      `--web.listen-address=${address}`,
      "--cluster.listen-address=",
    ]);
    processes.push(child);
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    await eventually(async () => (await fetch(`${alertmanager}/-/ready`)).ok);
  }, limitMs);

  afterAll(async () => {
    for (const child of processes) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const exit = once(child, "exit");
      child.kill("SIGTERM");
      await exit;
    }
  }, limitMs);

  /** Waits until `check` holds. @throws Error with Alertmanager's log when it does not */
  async function eventually(check: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + limitMs / 2;
    while (!(await check().catch(() => false))) {
      if (Date.now() > deadline) throw new Error(`Nothing came. Alertmanager says:\n${output}`);
      await sleep(100);
    }
  }

  async function messages(query: string): Promise<readonly Message[]> {
    const response = await fetch(`${inbox}/messages${query}`);
    return ((await response.json()) as { messages: Message[] }).messages;
  }

  async function alert(name: string, endsAt?: Date): Promise<void> {
    const body = [
      { labels: { alertname: name }, annotations: { summary: `${name} <b>` }, ...(endsAt && { endsAt }) },
    ];
    const response = await fetch(`${alertmanager}/api/v2/alerts`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(200);
  }

  const everyKind = ["discord", "email", "slack", "webhook"];
  const kindsOf = (found: readonly Message[]) => [...new Set(found.map(({ kind }) => kind))].sort();

  it(
    "get an alert and its resolution, in every kind",
    async () => {
      await alert("Down");
      await eventually(async () => (await messages("?status=firing")).length >= everyKind.length);
      expect(kindsOf(await messages("?status=firing"))).toEqual(everyKind);
      await alert("Down", new Date());
      await eventually(async () => (await messages("?status=resolved")).length >= everyKind.length);
      const resolved = await messages("?status=resolved");
      expect(kindsOf(resolved)).toEqual(everyKind);
      expect(await messages("?status=unknown")).toEqual([]);
      for (const { kind, title, receiver } of resolved) {
        expect(title).toContain("Down");
        expect(receiver).toBe(kind === "email" ? "ops@example.com" : "ops");
      }
    },
    limitMs,
  );

  it(
    "lose no alert when a receiver fails for a while",
    async () => {
      const faults = ["ops", "ops@example.com"].map((receiver) => `${inbox}/receivers/${receiver}/fault`);
      for (const [index, url] of faults.entries()) {
        const body = JSON.stringify({ status: index === 0 ? 500 : 421 });
        await fetch(url, { method: "PUT", headers: { "content-type": "application/json" }, body });
      }
      await fetch(`${inbox}/messages`, { method: "DELETE" });
      await alert("Late");
      await sleep(2_000);
      expect(await messages("")).toEqual([]);
      for (const url of faults) await fetch(url, { method: "DELETE" });
      await eventually(async () => kindsOf(await messages("?status=firing")).length === everyKind.length);
      expect(kindsOf(await messages("?status=firing"))).toEqual(everyKind);
    },
    limitMs,
  );
});
