import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct } from "constructs";
import { Problems } from "../props-error";
import { retentionDays as lineRetention } from "./settings";

/** Props of `ServiceLogGroup`. */
export interface ServiceLogGroupProps {
  /** Name of the group: 1 to 512 letters, digits and `_ - / . #`; not starting with `aws/`. */
  readonly name: string;
  /** Days for which lines are kept, one of those that CloudWatch Logs has. For ever is refused: it costs for ever. */
  readonly retentionDays: number;
}

/** A log group that takes the services' lines and forgets them in time. */
export class ServiceLogGroup extends Construct {
  /** Name of the group, by reference: what uses it is made after it. */
  readonly name: string;

  /** @throws PropsError for what AWS would refuse */
  constructor(scope: Construct, id: string, { name, retentionDays }: ServiceLogGroupProps) {
    const isName = /^(?!aws\/)[A-Za-z0-9_\-/.#]{1,512}$/.test(name);
    new Problems()
      .expect(isName, "name", name, '1 to 512 letters, digits and _ - / . #, not starting with "aws/"')
      .holds(lineRetention, "retentionDays", retentionDays)
      .throwFor(scope, id);
    super(scope, id);
    const group = new CloudwatchLogGroup(this, "group", { name, retentionInDays: retentionDays });
    this.name = group.name;
  }
}
