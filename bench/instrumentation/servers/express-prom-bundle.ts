import express from "express";
import bundle from "express-prom-bundle";
import { answer, report } from "./harness";

const app = express();
app.use(bundle({ includeMethod: true, includePath: true, includeStatusCode: true }));
app.get("/products/:id", (_request, response) => {
  response.json(answer);
});
const server = app.listen(0, "127.0.0.1", () => {
  report(server);
});
