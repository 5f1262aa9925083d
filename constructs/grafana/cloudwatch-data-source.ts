import { DataSource } from "@cdktf/provider-grafana/lib/data-source";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { sensitiveVariable } from "../sensitive-variable";
import { checkDataSource, dataSourceConfig, type DataSourceProps } from "./data-source-config";
import { awsCredentials } from "./settings";

/** By what Grafana's server shows AWS who it is. */
export type AwsCredentials = (
  | {
      /** The role of the EC2 instance, or of the task, that the server runs on. */
      readonly kind: "instance-role";
    }
  | {
      /** A user's access key, which Grafana keeps encrypted. */
      readonly kind: "access-key";
      /** Name of the sensitive Terraform variable that holds the key's id. */
      readonly accessKeyId: { readonly secret: string };
      /** Name of the sensitive Terraform variable that holds the key itself. */
      readonly secretAccessKey: { readonly secret: string };
    }
) & {
  /**
   * ARN of a role that Grafana takes on with these credentials, such as one of another account.
   * @default - none, they are used as they are
   */
  readonly assumeRoleArn?: string;
};

/** What a `CloudWatchDataSource` takes. */
export interface CloudWatchDataSourceProps extends Omit<DataSourceProps, "url"> {
  /** Region that is asked where a panel names none, such as `eu-central-1`. */
  readonly region: string;
  /**
   * By what Grafana's server shows AWS who it is.
   * @default - the role of what it runs on
   */
  readonly credentials?: AwsCredentials;
}

/**
 * CloudWatch as a data source of Grafana. With the role of what the server runs on no credential is kept in Grafana; a
 * server in a container reaches its instance's role where the metadata service allows two hops.
 */
export class CloudWatchDataSource extends Construct {
  /** The `grafana_data_source`. */
  readonly dataSource: DataSource;

  /** @throws PropsError for what Grafana would refuse or what could not work */
  constructor(scope: Construct, id: string, props: CloudWatchDataSourceProps) {
    const { region, credentials = { kind: "instance-role" } } = props;
    checkDataSource(props).holds(awsCredentials, "credentials", credentials).throwFor(scope, id);
    super(scope, id);
    const { assumeRoleArn } = credentials;
    const settings = {
      // The SDK's own order, which ends at the role: Grafana knows `ec2_iam_role` only where its server is told to.
      authType: credentials.kind === "access-key" ? "keys" : "default",
      defaultRegion: region,
      ...(assumeRoleArn !== undefined && { assumeRoleArn }),
    };
    this.dataSource = new DataSource(this, "data-source", {
      ...dataSourceConfig("cloudwatch", props, settings),
      // No literal: the ARN may be of a role of the same stack.
      jsonDataEncoded: JSON.stringify(settings),
      ...(credentials.kind === "access-key" && {
        secureJsonDataEncoded: Fn.jsonencode({
          accessKey: this.secret(
            credentials.accessKeyId,
            "Id of the access key by which Grafana reads CloudWatch",
          ),
          secretKey: this.secret(credentials.secretAccessKey, "Access key by which Grafana reads CloudWatch"),
        }),
      }),
    });
  }

  private secret({ secret }: { readonly secret: string }, description: string): string {
    return sensitiveVariable(this, secret, description).stringValue;
  }
}
