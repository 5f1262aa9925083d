import { describeSnapshots } from "../support/snapshot";

describeSnapshots("prod");
