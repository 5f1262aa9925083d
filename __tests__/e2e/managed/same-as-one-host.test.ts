import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Demo } from "../../../demo/demo";
import type { Fault } from "../../../demo/faults/fault";
import { faster } from "../../../demo/speed/faster";
import type { Environment } from "../../../environments";
import { managedDefinitionOf, ruleNamespacesOf } from "../../../stacks/system";
import { tell } from "../../support/alert-fault";
import { Cortex, cortexProgram } from "../../support/cortex";
import { definitionForCortex } from "../../support/cortex-definition";
import { criticalReceivers } from "../../support/critical-receivers";
import { failing, killed, openShop } from "../../support/demo-faults";
import { type Moto, motoServer, startMoto } from "../../support/moto";
import { sendMany } from "../../support/requests";
import { demoPrograms, describeWith } from "../../support/require-program";
import { temporaryFolder } from "../../support/temporary-folder";
import { startTestDemo } from "../../support/test-demo";
import { type TopicMessage, TopicQueues } from "../../support/topic-queues";

const speed = 15;
const minutes = (count: number) => (count * 60_000) / speed;
const limitMs = 120_000;
const region = "us-east-1";

jest.setTimeout(6 * limitMs);

/** Both faults are critical. */
const route = { receivers: criticalReceivers, groupWaitMs: minutes(35 / 60) };

describeWith([...demoPrograms, cortexProgram, motoServer], "a workspace in place of one host", () => {
  const folder = temporaryFolder();
  const pages: { readonly event_action: string; readonly payload?: { readonly summary: string } }[] = [];
  const told: TopicMessage[] = [];
  let demo: Demo;
  let cortex: Cortex;
  let moto: Moto;
  let pagerDuty: Server;
  let faults: readonly Fault[];

  beforeAll(async () => {
    moto = await startMoto();
    const queues = new TopicQueues(moto.url, region);
    pagerDuty = createServer((request, response) => {
      void (async () => {
        let text = "";
        for await (const chunk of request) text += String(chunk);
        pages.push(JSON.parse(text) as (typeof pages)[number]);
        response.writeHead(202, { "content-type": "application/json" }).end('{"status":"success"}');
      })();
    });
    await new Promise<void>((resolve) => pagerDuty.listen(0, "127.0.0.1", resolve));
    const { port } = pagerDuty.address() as AddressInfo;
    cortex = await Cortex.start(`${folder()}/cortex`, `${String(30_000 / speed)}ms`, {
      AWS_ACCESS_KEY_ID: "emulator",
      AWS_SECRET_ACCESS_KEY: "emulator",
      AWS_REGION: region,
    });
    demo = await startTestDemo({
      ports: "free",
      speed,
      environment: (local) => writingTo(cortex.writeUrl, local),
      // What the rules of this host record, and its alerts, are made anew there.
      edit: (path, text) => (path.endsWith("/prometheus.yml") ? withoutRecorded(text) : text),
    });
    const receivers = demo.environment.alerting.receivers.map(({ name }) => name);
    await queues.make(receivers);
    for (const [namespace, yaml] of Object.entries(ruleNamespacesOf(demo.environment))) {
      await cortex.putRules(namespace, faster(yaml, speed));
    }
    const definition = managedDefinitionOf(demo.environment, {
      topicArn: (receiver) => queues.arnOf(receiver),
      secretArn: () => "arn:aws:secretsmanager:us-east-1:123456789012:secret:key",
    });
    await cortex.putDefinition(
      definitionForCortex(definition.replaceAll(/region: \S+/g, `region: ${region}`), {
        snsUrl: moto.url,
        pagerDutyUrl: `http://127.0.0.1:${String(port)}/`,
        edit: (text) => faster(text, speed),
      }),
    );
    await demo.prometheus?.allUp(limitMs);
    await demo.alertmanagers[0]?.silence({ alertname: "HostClockNotSynchronised" }, minutes(24 * 60));
    const shop = await openShop(demo.serviceUrls, speed);
    for (const request of [shop.products, shop.validation, shop.orders]) await sendMany(request, 10_000);
    await sleep(minutes(6));
    await queues.take();
    faults = [killed(demo), failing(shop)];
    for (const fault of faults) await tell(demo, fault, route, limitMs);
    await sleep(minutes(6));
    told.push(...(await queues.take()));
    for (const { after } of faults) await after?.();
  });
  afterAll(async () => {
    await demo.stop();
    await cortex.stop();
    await moto.stop();
    pagerDuty.close();
  });

  it("prints", async () => {
    console.log(JSON.stringify(told, null, 1).slice(0, 6000));
    console.log(JSON.stringify(pages, null, 1).slice(0, 2000));
    const inbox = await demo.inbox.messages();
    console.log(inbox.map(({ receiver, status, title }) => `${receiver} ${status} ${title}`).join("\n"));
    console.log(
      (await cortex.alerts()).map(({ labels, status }) => JSON.stringify([labels, status.state])).join("\n"),
    );
  });
});

function writingTo(url: string, local: Environment): Environment {
  return { ...local, prometheus: { ...local.prometheus, remoteWrite: [{ name: "workspace", url }] } };
}

function withoutRecorded(text: string): string {
  return text.replace(
    /(remote_write:\n(\s*)- name: workspace\n)/,
    (_, head: string, indent: string) =>
      `${head}${indent}  write_relabel_configs:\n${indent}    - source_labels: [__name__]\n${indent}      regex: .*:.*|ALERTS|ALERTS_FOR_STATE\n${indent}      action: drop\n`,
  );
}
