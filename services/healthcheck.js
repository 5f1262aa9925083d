// Health check of the image: exits with 0 when the service in this container is ready, 1 otherwise.
const { servicePrograms } = require("./services/own-programs");

const inboxPort = 8025;
const { port = inboxPort } = servicePrograms[process.env.SERVICE] ?? {};

fetch(`http://127.0.0.1:${process.env.PORT || port}/health/ready`, {
  signal: AbortSignal.timeout(2000),
}).then(
  (response) => process.exit(response.ok ? 0 : 1),
  () => process.exit(1),
);
