import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { startDatabase } from "@/scripts/embedded-database.mjs";
import { SERVER } from "../playwright.config";
import { DATA } from "./seeded-copy.mjs";

export const ROOT = path.join(import.meta.dirname, "..");

/** The running server's own database: the embedded one is found by its data folder. */
export async function databaseUrl(): Promise<string> {
  const given = process.env.E2E_DATABASE_URL ?? process.env.DATABASE_URL;
  if (given) return given;
  const dataDir = path.join(DATA, String(SERVER), "pg");
  return (await startDatabase({ dataDir })).url;
}

let opener: Promise<ChildProcess> | null = null;

/** One process of the application opens all memos of this worker; it ends with the channel. */
async function startOpener(): Promise<ChildProcess> {
  const env = {
    ...process.env,
    DATABASE_URL: await databaseUrl(),
    NEXTAUTH_SECRET: "0".repeat(32),
    LOG_LEVEL: "silent",
  };
  const args = ["--disable-warning=DeprecationWarning", "--import", "./scripts/resolve.mjs", "e2e/open-memo.ts"];
  return spawn(process.execPath, args, { cwd: ROOT, env, stdio: ["ignore", "ignore", "inherit", "ipc"] });
}

/** A memo of the growth agent; at a venture whose autonomy is auto the policy decides it. */
export async function openMemo(title: string, autonomy: "assisted" | "auto" = "assisted"): Promise<string> {
  opener ??= startOpener();
  const child = await opener;
  const answered = new AbortController();
  const { signal } = answered;
  const ended = once(child, "exit", { signal }).then(() => Promise.reject(new Error("No memo was opened")));
  child.send({ title, autonomy });
  try {
    const [{ memoId }] = await Promise.race([once(child, "message", { signal }), ended]);
    return memoId;
  } finally {
    answered.abort();
  }
}
