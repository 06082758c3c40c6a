import "server-only";
import { db } from "@/lib/db";
import { logger } from "@/lib/logger";
import { engineState } from "./engine";

export type Health = {
  ok: boolean;
  database: "reachable" | "unreachable";
  /** Where runs are executed: here, in other processes, or nowhere yet. */
  engine: "running" | "elsewhere" | "stopped";
  version: string;
};

/** Does the process reach its database, and does it execute what it should? Nothing about the data. */
export async function readHealth(): Promise<Health> {
  const { role, epoch, version } = engineState();
  const engine = role === "web" ? "elsewhere" : epoch === null ? "stopped" : "running";
  try {
    await db.$queryRaw`SELECT 1`;
    return { ok: engine !== "stopped", database: "reachable", engine, version };
  } catch (error) {
    logger.error(error);
    return { ok: false, database: "unreachable", engine, version };
  }
}
