import { execFileSync } from "node:child_process";
import path from "node:path";
import { startDatabase } from "@/scripts/embedded-database.mjs";

const ROOT = path.join(import.meta.dirname, "..");

/** The running server's own database: the embedded one is found by its data folder. */
async function databaseUrl(): Promise<string> {
  if (process.env.E2E_DATABASE_URL) return process.env.E2E_DATABASE_URL;
  const dataDir = path.join(ROOT, process.env.E2E_DATA_DIR ?? ".data/e2e", "pg");
  return (await startDatabase({ dataDir })).url;
}

/** A memo of the growth agent; at a venture whose autonomy is auto the policy decides it. */
export async function openMemo(title: string, autonomy: "assisted" | "auto" = "assisted"): Promise<string> {
  const env = {
    ...process.env,
    DATABASE_URL: await databaseUrl(),
    NEXTAUTH_SECRET: "0".repeat(32),
    LOG_LEVEL: "silent",
  };
  const script = ["--disable-warning=DeprecationWarning", "--import", "./scripts/resolve.mjs", "e2e/open-memo.ts"];
  const args = [...script, title, autonomy];
  const printed = execFileSync(process.execPath, args, { cwd: ROOT, env, encoding: "utf8" });
  return printed.trim().split("\n").at(-1) ?? "";
}
