import { parse } from "yaml";
import { isAlert } from "../../../alerts/rule";
import { managedDefinitionOf, ruleNamespacesOf, rulesOf } from "../../../stacks/system";
import { groupsIn, TestCortex } from "../../support/cortex";
import { definitionForCortex } from "../../support/cortex-definition";
import { managedEnvironment } from "../../support/environments/managed";
import { cortexProgram } from "../../support/programs";
import { describeWith } from "../../support/require-program";
import { temporaryFolder } from "../../support/temporary-folder";
import { until } from "../../support/until";

jest.setTimeout(180_000);

const nowhere = { snsUrl: "http://127.0.0.1:9/", pagerDutyUrl: "http://127.0.0.1:9/" };

describeWith([cortexProgram], "a workspace takes what the metrics stack gives it", () => {
  const folder = temporaryFolder();
  const namespaces = ruleNamespacesOf(managedEnvironment);
  const definition = managedDefinitionOf(managedEnvironment, {
    topicArn: (receiver) => `arn:aws:sns:eu-central-1:123456789012:alerts-${receiver}`,
    secretArn: (receiver) => `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${receiver}`,
  });
  let cortex: TestCortex;

  beforeAll(async () => {
    cortex = await TestCortex.start(folder(), { evaluationInterval: "30s" });
    for (const [namespace, yaml] of Object.entries(namespaces))
      await cortex.putRules(namespace, groupsIn(yaml));
  });
  afterAll(() => cortex.stop());

  it("every namespace of rules, as it is, and evaluates what is in it", async () => {
    const expected = Object.values(rulesOf(managedEnvironment))
      .flat()
      .flatMap(({ rules }) => rules.map((rule) => (isAlert(rule) ? rule.alert : rule.record)));
    const known = async () => {
      const groups = await cortex.client.ruleGroups();
      return groups.flatMap(({ rules, interval }) => rules.map((rule) => ({ ...rule, interval })));
    };
    // Those of windows of days are evaluated every two minutes: it is enough that they are there.
    const isDue = ({ interval }: { readonly interval: number }) => interval <= 60;
    await until(async () => {
      const rules = await known();
      const evaluated = rules.filter(isDue).every(({ health }) => health !== "unknown");
      return rules.length === expected.length && evaluated;
    }, 120_000);
    const rules = await known();
    expect(rules.filter(isDue).length).toBeGreaterThan(expected.length * 0.7);
    expect(rules.map(({ name }) => name).sort()).toEqual([...expected].sort());
    expect(expected.length).toBeGreaterThan(150);
    expect(
      rules.filter(({ health }) => health === "err").map(({ name, lastError }) => [name, lastError]),
    ).toEqual([]);
  });

  it("the definition of its Alertmanager, as it is but for where SNS and PagerDuty are", async () => {
    await cortex.putDefinition(definitionForCortex(definition, nowhere));
    const { receivers } = parse(
      (parse(definition) as { alertmanager_config: string }).alertmanager_config,
    ) as { receivers: { name: string }[] };
    const url = `${cortex.url}/alertmanager/api/v2/receivers`;
    await until(async () => (await fetch(url)).ok, 30_000);
    const taken = (await (await fetch(url)).json()) as { name: string }[];
    expect(taken.map(({ name }) => name).sort()).toEqual(receivers.map(({ name }) => name).sort());
    expect(taken.length).toBeGreaterThan(7);
  });

  it.each([
    [
      "a template that no message can be made of",
      (text: string) => text.replace('{{ define "notification', '{{ defin "notification'),
    ],
    [
      "a route to a receiver that there is not",
      (text: string) => text.replace(/receiver: email-ops/, "receiver: nobody-at-all"),
    ],
  ])("but not %s", async (_, broken) => {
    const text = definitionForCortex(definition, nowhere);
    expect(broken(text)).not.toBe(text);
    await expect(cortex.putDefinition(broken(text))).rejects.toThrow(/400/);
  });
});
