// Who acts when somebody types a command on this machine: whoever can read the data folder may read what is in it.
import fs from "node:fs";
import path from "node:path";
import { type Actor, mintActor } from "@/lib/auth/actor";
import { startDatabase } from "./embedded-database.mjs";

const ROOT = path.join(import.meta.dirname, "..");

let close: (() => Promise<void>) | null = null;

/** Opens the database of DATABASE_URL, or the embedded one (started for the moment if it does not run). */
export async function commandLineActor(): Promise<Actor> {
  if (!close) {
    const data = path.resolve(ROOT, process.env.DATA_DIR ?? ".data");
    if (!process.env.DATABASE_URL) {
      const server = await startDatabase({ dataDir: path.join(data, "pg") });
      process.env.DATABASE_URL = server.url;
      close = async () => {
        const { disconnect } = await import("@/lib/db");
        await disconnect();
        if (!server.reused) await server.stop();
      };
    }
    process.env.LOG_LEVEL ??= "silent";
    const secret = path.join(data, "secret");
    if (!process.env.NEXTAUTH_SECRET && fs.existsSync(secret))
      process.env.NEXTAUTH_SECRET = fs.readFileSync(secret, "utf8").trim();
    close ??= async () => (await import("@/lib/db")).disconnect();
  }
  return mintActor({
    id: "command-line",
    ref: "system:command-line",
    name: "Command line",
    role: "analyst",
    ventures: "all",
    sessionId: null,
    steppedUpAt: null,
  });
}

export async function closeCommandLine(): Promise<void> {
  await close?.();
}
