import { describeSnapshots } from "../support/snapshot";

describeSnapshots("staging");
