import { Workspace } from "../../../constructs/managed-prometheus/workspace";
import { parsed } from "../../support/template";
import { matching, messageOf, synth } from "../cloudwatch/support";

const props = {
  alias: "parcels-prod-metrics",
  logGroupName: "/aws/vendedlogs/prometheus/parcels/prod",
  logRetentionDays: 30,
};

const template = synth((stack) => {
  new Workspace(stack, "metrics", props);
});
const key = matching(/^\$\{aws_kms_key\.metrics_key_\w+\.arn\}$/);

describe("Workspace", () => {
  it("encrypts its samples by a key that rotates, and cannot be destroyed by mistake", () => {
    expect(template.resource("aws_prometheus_workspace")).toEqual({
      alias: "parcels-prod-metrics",
      kms_key_arn: key,
      logging_configuration: {
        log_group_arn: matching(/^\$\{aws_cloudwatch_log_group\.metrics_logs_\w+\.arn\}:\*$/),
      },
      lifecycle: { prevent_destroy: true },
    });
    expect(template.resource("aws_kms_key")).toMatchObject({
      enable_key_rotation: true,
      deletion_window_in_days: 30,
      lifecycle: { prevent_destroy: true },
    });
    expect(template.resource("aws_kms_alias")).toMatchObject({ name: "alias/parcels-prod-metrics" });
  });

  it("forgets its log lines in time, and encrypts them by the same key", () => {
    expect(template.resource("aws_cloudwatch_log_group")).toEqual({
      name: "/aws/vendedlogs/prometheus/parcels/prod",
      retention_in_days: 30,
      kms_key_id: key,
    });
  });

  it("lets no service use the key but for this account, and for this log group", () => {
    const { Statement } = parsed(template.resource("aws_kms_key"), "policy") as unknown as {
      Statement: readonly Readonly<Record<string, unknown>>[];
    };
    expect(Statement.map(({ Sid }) => Sid)).toEqual([
      "AccountAdministersKey",
      "WorkspaceUsesKeyForThisAccount",
      "LogGroupUsesKey",
    ]);
    const [, ofWorkspace, ofLogs] = Statement;
    const account = matching(/^\$\{data\.aws_caller_identity\.\w[\w-]*\.account_id\}$/);
    expect(ofWorkspace?.Condition).toEqual({
      StringEquals: {
        "kms:ViaService": matching(/^aps\.\$\{data\.aws_region\.[\w-]+\.id\}\.amazonaws\.com$/),
        "kms:CallerAccount": account,
      },
    });
    expect(ofLogs?.Condition).toEqual({
      ArnEquals: {
        "kms:EncryptionContext:aws:logs:arn": matching(
          /:log-group:\/aws\/vendedlogs\/prometheus\/parcels\/prod$/,
        ),
      },
    });
  });

  it("says where to write, and where its Alertmanager is", () => {
    synth((stack) => {
      const made = new Workspace(stack, "metrics", props);
      expect(made.remoteWriteUrl).toBe(`${made.endpoint}api/v1/remote_write`);
      expect(made.alertmanagerUrl).toBe(`${made.endpoint}alertmanager`);
    });
  });

  it("refuses what AWS would refuse, all at once", () => {
    const message = messageOf((stack) => {
      new Workspace(stack, "metrics", {
        alias: "my metrics",
        logGroupName: "/prometheus",
        logRetentionDays: 31,
      });
    });
    expect(message).toContain('alias: found "my metrics"');
    expect(message).toContain('logGroupName: found "/prometheus"');
    expect(message).toContain("logRetentionDays: found 31");
  });
});
