import { defineConfig } from "@playwright/test";

const port = process.env.E2E_PORT ?? "4310";
/** Where a test that reads mail listens for it; nobody does otherwise. */
export const SMTP_PORT = Number(port) + 90;

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
  workers: 1,
  // Patience only: in `npm test` the database tests run beside these and want the same cores.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    // Recording slows every step down; E2E_TRACE=1 keeps what a failing journey saw.
    trace: process.env.E2E_TRACE ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    locale: "en-GB",
    timezoneId: "Europe/Zurich",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), ...QUIET],
    },
  },
  // The real launcher with a data folder of its own: what is tested is what a person starts.
  webServer: {
    command: "node scripts/start.mjs",
    url: `http://127.0.0.1:${port}/api/health`,
    env: {
      PORT: port,
      DATA_DIR: process.env.E2E_DATA_DIR ?? ".data/e2e",
      LOG_LEVEL: "warn",
      SMTP_URL: `smtp://127.0.0.1:${SMTP_PORT}`,
    },
    reuseExistingServer: !process.env.CI,
    // The build is part of it.
    timeout: 900_000,
    stdout: "pipe",
    gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
  },
});
