// Health check of the image: exits with 0 when the service in this container is ready, 1 otherwise.
const ports = {
  "api-gateway": 3000,
  "product-service": 3001,
  "auth-service": 3002,
  "order-service": 3003,
  inbox: 8025,
};
const port = process.env.PORT || ports[process.env.SERVICE];

fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(2000) }).then(
  (response) => process.exit(response.ok ? 0 : 1),
  () => process.exit(1),
);
