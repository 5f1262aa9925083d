import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { z } from "zod";
import type { Environment } from "../instrumentation";
import { addHealthRoutes } from "../instrumentation/health";
import { createBareApp, logRequests } from "../platform/app";
import { baseUrls, commonConfig, readConfig, wholeNumber } from "../platform/config";
import type { Served } from "../platform/serve";
import { addEntryRoute, addEventRoute } from "./events";
import { Faults } from "./faults";
import { Links } from "./links";
import { startMailServer, type MailServer } from "./mail-server";
import { addMessageRoutes } from "./message-routes";
import { addPageRoutes } from "./page-routes";
import { addFaultRoutes, addReceivers } from "./receive-routes";
import { addRunbookRoutes } from "./runbooks/routes";
import { Runbooks } from "./runbooks/runbooks";
import { MessageStore } from "./store";

/** Most characters of all kept messages together, so that big ones do not fill a small container's memory. */
const maxKeptCharacters = 48 * 1024 * 1024;

/** Largest webhook body and largest mail by default, in bytes. */
const defaultBodyLimit = 1024 * 1024;

/**
 * The inbox: takes what alerts are sent to (the webhooks of every kind in `kinds/`, and mail), keeps the last messages
 * and shows them. For development and tests: it asks nobody who they are.
 */
export function createInbox(env: Environment): Required<Served> {
  const config = readConfig(
    {
      ...commonConfig(8025),
      /** Address to listen at. */
      HOST: z.string().default("127.0.0.1"),
      /** Port for mail; 0 takes a free one. */
      SMTP_PORT: wholeNumber({ min: 0, max: 65_535, default: 1025 }),
      /** Most messages kept; a heartbeat may bring one a minute. */
      MESSAGES_KEPT: wholeNumber({ min: 1, max: 100_000, default: 1_000 }),
      /** Largest body of a webhook and largest mail, in bytes. */
      BODY_LIMIT_BYTES: wholeNumber({ min: 1, max: 10_485_760, default: defaultBodyLimit }),
      /** Addresses below which messages link to the runbooks that the inbox has: such links lead to its own pages. */
      RUNBOOKS_URLS: baseUrls(),
      /** Addresses at and below which nothing answers: links to them are not shown. */
      UNSERVED_URLS: baseUrls(),
    },
    env,
  );
  const runbooks = new Runbooks();
  const links = new Links(
    { runbooksUrls: config.RUNBOOKS_URLS, unservedUrls: config.UNSERVED_URLS },
    runbooks,
  );
  const store = new MessageStore(config.MESSAGES_KEPT, maxKeptCharacters, links);
  const faults = new Faults();
  const app = createBareApp("inbox", config);
  addHealthRoutes(app);
  void app.register((scope, _options, done) => {
    logRequests(scope);
    const readers = scope.withTypeProvider<TypeBoxTypeProvider>();
    addMessageRoutes(readers, store, links);
    addEventRoute(readers, store);
    addEntryRoute(readers, store);
    addFaultRoutes(readers, faults);
    addRunbookRoutes(readers, runbooks);
    addPageRoutes(readers);
    done();
  });
  void app.register((scope, _options, done) => {
    logRequests(scope);
    addReceivers(scope.withTypeProvider<TypeBoxTypeProvider>(), store, faults);
    done();
  });
  let mail: MailServer | undefined;
  app.addHook("onClose", () => mail?.close());
  const start = async () => {
    mail = await startMailServer(config.HOST, config.SMTP_PORT, {
      store,
      faults,
      maxBytes: config.BODY_LIMIT_BYTES,
      onError: (error) => {
        app.log.warn({ err: error }, "mail");
      },
    });
    app.log.info({ smtpPort: mail.port }, "takes mail");
    return { smtpPort: mail.port };
  };
  return { app, config, start };
}
