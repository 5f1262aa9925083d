export { freePort } from "../../commands/lib/demo/ports";
