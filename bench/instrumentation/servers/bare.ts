import Fastify from "fastify";
import { answer, report } from "./harness";

const app = Fastify();
app.get("/products/:id", () => answer);
void app.listen({ port: 0, host: "127.0.0.1" }).then(() => {
  report(app.server);
});
