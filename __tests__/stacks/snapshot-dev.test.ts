import { describeSnapshots } from "../support/snapshot";

describeSnapshots("dev");
