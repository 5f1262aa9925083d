import { join } from "node:path";

/** The style sheet that every page begins with: tokens (colours, spaces, type; light and dark) and plain elements. */
export const designFile = join(__dirname, "design.css");

/** Nothing from elsewhere, nothing inline: no text that a page shows can bring a script to life. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Headers of every file of a page. */
export const pageHeaders = {
  "content-security-policy": contentSecurityPolicy,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-cache",
} as const;
