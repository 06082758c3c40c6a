import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/errors";

const blankIsAbsent = (value: unknown) => (value === "" ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsAbsent, schema.optional());

const envSchema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, "a postgresql:// address"),
  NEXTAUTH_SECRET: z.string().min(32),
  NEXTAUTH_URL: optional(z.url()),
  ROLE: z.preprocess(blankIsAbsent, z.enum(["web", "worker", "both"]).default("both")),
  EXECUTOR_ID: optional(z.string().min(1)),
  APP_VERSION: z.preprocess(blankIsAbsent, z.string().default("dev")),
  EXECUTOR_HEARTBEAT_MS: z.preprocess(blankIsAbsent, z.coerce.number().int().min(50).default(1_000)),
  /** Silent for so long, and its name is free: it died. A process that is only slow holds its name. */
  EXECUTOR_GONE_MS: z.preprocess(blankIsAbsent, z.coerce.number().int().min(100).default(2_000)),
  EXECUTOR_DEAD_MS: z.preprocess(blankIsAbsent, z.coerce.number().int().min(200).default(5_000)),
  UNDO_WINDOW_MS: z.preprocess(blankIsAbsent, z.coerce.number().int().min(0).default(60_000)),
  /** 0: this process neither schedules nor catches up on the nightly work. */
  WATCH: z.preprocess(blankIsAbsent, z.enum(["0", "1"]).default("1")),
  /** 0: this process neither schedules nor catches up on the weekly reports. */
  WEEKLY: z.preprocess(blankIsAbsent, z.enum(["0", "1"]).default("1")),
  /** Tests only, ignored in production: by the beginning of a run's id, the step boundary at which it is over with it. */
  CRASH_AT: z.preprocess(
    (value) => (typeof value === "string" && value !== "" ? JSON.parse(value) : undefined),
    z.record(z.string(), z.array(z.int().positive())).optional(),
  ),
  /** HOLD: only the run stands still; somebody else kills the process. */
  CRASH_WITH: z.preprocess(blankIsAbsent, z.enum(["SIGKILL", "SIGSTOP", "HOLD"]).default("SIGKILL")),
  /** 1: webhooks may go to loopback and private addresses; ignored in production. */
  OUTBOUND_PRIVATE: z.preprocess(blankIsAbsent, z.enum(["0", "1"]).default("0")),
  /** The pause after the first failed attempt; it doubles. */
  OUTBOUND_RETRY_MS: z.preprocess(blankIsAbsent, z.coerce.number().int().min(0).default(5_000)),
  OUTBOUND_TIMEOUT_MS: z.preprocess(blankIsAbsent, z.coerce.number().int().min(10).default(10_000)),
  LOG_LEVEL: z.preprocess(blankIsAbsent, z.enum(["silent", "error", "warn", "info", "debug"]).default("info")),
  DEMO: z.preprocess(blankIsAbsent, z.enum(["0", "1"]).default("0")),
  AI_MODEL: optional(z.string()),
  AI_BASE_URL: optional(z.url()),
  AI_API_KEY: optional(z.string()),
  /** US dollars per million tokens, "in/out". The default is above what the dear models cost, so that the limit errs early. */
  AI_PRICE: z.preprocess(
    blankIsAbsent,
    z
      .string()
      .regex(/^\d+(\.\d+)?\/\d+(\.\d+)?$/)
      .default("15/75"),
  ),
  AI_SILENCE_MS: z.preprocess(blankIsAbsent, z.coerce.number().int().min(10).default(20_000)),
  RUN_MAX_STEPS: z.preprocess(blankIsAbsent, z.coerce.number().int().positive().default(24)),
  RUN_MAX_TOKENS: z.preprocess(blankIsAbsent, z.coerce.number().int().positive().default(400_000)),
  RUN_MAX_USD: z.preprocess(blankIsAbsent, z.coerce.number().positive().default(5)),
  RUN_MAX_SECONDS: z.preprocess(blankIsAbsent, z.coerce.number().positive().default(900)),
  BUILT_IN_PACE_MS: z.preprocess(blankIsAbsent, z.coerce.number().int().min(0).max(1_000).default(12)),
  /** Where files live that the database does not hold; the launcher says the same. */
  DATA_DIR: z.preprocess(blankIsAbsent, z.string().default(".data")),
  /** Ed25519 in PEM (PKCS #8), line breaks as \n: signs certificates; without it, a key in the data folder. */
  CERTIFICATE_KEY: optional(z.string()),
  /** What stage 39 signs its webhook with, shared out of band; without it the webhook is shut. */
  STAGE_WEBHOOK_SECRET: optional(z.string().min(32, "at least 32 characters")),
  /** Files of data rooms; without it, "data-room" in the data folder. */
  DATA_ROOM_DIR: optional(z.string()),
  DATA_ROOM_MAX_FILE_MB: z.preprocess(blankIsAbsent, z.coerce.number().int().min(1).max(5_000).default(250)),
  /** Any store that speaks S3, instead of the folder; all five together. */
  S3_ENDPOINT: optional(z.url()),
  S3_BUCKET: optional(z.string().regex(/^[a-z0-9][a-z0-9.-]{1,62}$/, "the name of a bucket")),
  S3_REGION: z.preprocess(blankIsAbsent, z.string().default("us-east-1")),
  S3_ACCESS_KEY_ID: optional(z.string()),
  S3_SECRET_ACCESS_KEY: optional(z.string()),
  /** Where handoffs to the governance system are put ("out") and its answers are found ("in"); without it, "governance" in the data folder. */
  GOVERNANCE_DIR: optional(z.string()),
  /** smtp://user:password@host:port; without it, codes for guests are shown to the analyst to hand over. */
  SMTP_URL: optional(z.string().regex(/^smtps?:\/\//, "an smtp:// address")),
  SMTP_FROM: z.preprocess(blankIsAbsent, z.string().default("Chairman <no-reply@localhost>")),
  OIDC_ISSUER: optional(z.url()),
  OIDC_CLIENT_ID: optional(z.string()),
  OIDC_CLIENT_SECRET: optional(z.string()),
  OIDC_NAME: z.preprocess(blankIsAbsent, z.string().default("Single sign-on")),
  /** Comma-separated; a first-time person of another domain is refused. */
  OIDC_ALLOW_DOMAIN: optional(z.string()),
  /** How many proxies of ours stand in front; only their part of X-Forwarded-For is believed. */
  TRUSTED_PROXIES: z.preprocess(blankIsAbsent, z.coerce.number().int().min(0).max(5).default(0)),
  FIRST_CHAIRMAN_EMAIL: optional(z.email()),
  FIRST_CHAIRMAN_PASSWORD: optional(z.string()),
});

export type Env = z.infer<typeof envSchema>;

let parsed: Env | undefined;

/** Parsed once, at first use; a wrong setting stops the process with its name and what was expected. */
export function env(): Env {
  if (parsed) return parsed;
  const result = envSchema.safeParse(process.env);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => ({ path: issue.path.join("."), expected: issue.message }));
    process.stderr.write(`Settings: ${problems.map((p) => `${p.path}: ${p.expected}`).join("; ")}\n`);
    throw new AppError("INVALID_INPUT", { problems });
  }
  parsed = result.data;
  return parsed;
}
