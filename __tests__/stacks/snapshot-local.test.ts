import { describeSnapshots } from "../support/snapshot";

describeSnapshots("local");
