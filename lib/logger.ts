import "server-only";
import pino, { type Logger } from "pino";
import { env } from "@/lib/env";

const make = (): Logger =>
  pino({
    level: env().LOG_LEVEL,
    base: undefined,
    redact: {
      paths: ["password", "*.password", "secret", "*.secret", "token", "*.token", "authorization", "*.authorization"],
      censor: "[redacted]",
    },
  });

let made: Logger | undefined;

/** One logger, JSON lines; secrets are cut out by key, whatever object they hide in. Made at first use: a build has no settings. */
export const logger: Logger = new Proxy({} as Logger, {
  get: (_target, key) => {
    made ??= make();
    const value = Reflect.get(made, key);
    return typeof value === "function" ? value.bind(made) : value;
  },
});
