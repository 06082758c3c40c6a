import { defineConfig } from "@playwright/test";

const FIRST_PORT = Number(process.env.E2E_PORT ?? 4310);
/** Two servers, each with its own data, for two journeys at a time; E2E_PORT names the only one. */
const SERVERS = process.env.E2E_PORT ? [0] : [0, 1];
/** The server of this process: each of the workers has its own. */
export const SERVER = Number(process.env.TEST_PARALLEL_INDEX ?? 0);
const smtpPort = (server: number) => FIRST_PORT + 90 + server;
/** Where a test that reads mail listens for it; nobody does otherwise. */
export const SMTP_PORT = smtpPort(SERVER);

/** The quiet flags keep the browser from looking for its maker's hosts. */
const QUIET = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export default defineConfig({
  testDir: "e2e",
  workers: SERVERS.length,
  // Patience only: in `npm test` the database tests run beside these and want the same cores.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  use: {
    baseURL: `http://127.0.0.1:${FIRST_PORT + SERVER}`,
    // Recording slows every step down; E2E_TRACE=1 keeps what a failing journey saw.
    trace: process.env.E2E_TRACE ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    locale: "en-GB",
    timezoneId: "Europe/Zurich",
    // What moves must be no part of what a journey needs, and costs the cores that it shares.
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), ...QUIET],
    },
  },
  // The real launcher with a data folder of its own: what is tested is what a person starts. One after the other.
  webServer: SERVERS.map((server) => ({
    command: `node e2e/serve.mjs ${server}`,
    url: `http://127.0.0.1:${FIRST_PORT + server}/api/health`,
    env: {
      PORT: String(FIRST_PORT + server),
      LOG_LEVEL: "warn",
      SMTP_URL: `smtp://127.0.0.1:${smtpPort(server)}`,
    },
    reuseExistingServer: !process.env.CI,
    // The build is part of it.
    timeout: 900_000,
    stdout: "pipe" as const,
    gracefulShutdown: { signal: "SIGTERM" as const, timeout: 20_000 },
  })),
});
