import "server-only";
import pino from "pino";
import { env } from "@/lib/env";

/** One logger, JSON lines; secrets are cut out by key, whatever object they hide in. */
export const logger = pino({
  level: env().LOG_LEVEL,
  base: undefined,
  redact: {
    paths: ["password", "*.password", "secret", "*.secret", "token", "*.token", "authorization", "*.authorization"],
    censor: "[redacted]",
  },
});
