export * from "./fastify";
