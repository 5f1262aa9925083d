export { freePort } from "../../demo/ports";
