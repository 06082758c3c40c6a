import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { namesByRef } from "@/lib/auth/people";
import { isPermitted } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";

export type BenchmarkLoadView = {
  id: string;
  sources: string[];
  rows: number;
  changed: number;
  loadedBy: string;
  loadedAt: Date;
  undoneBy: string | null;
  undoneAt: Date | null;
};

const MOST = 50;

/** The files of benchmarks that were loaded, newest first, with who did it; they belong to all ventures. */
export async function listBenchmarkLoads(actor: Actor): Promise<BenchmarkLoadView[]> {
  if (!isPermitted(actor.role, "data:import")) throw new AppError("FORBIDDEN");
  const loads = await db.benchmarkLoad.findMany({
    omit: { changes: true },
    orderBy: [{ loadedAt: "desc" }, { id: "desc" }],
    take: MOST,
  });
  const refs = new Set(loads.flatMap(({ loadedBy, undoneBy }) => [loadedBy, undoneBy ?? ""]));
  const names = await namesByRef(db, refs);
  return loads.map((load) => ({
    ...load,
    loadedBy: names.get(load.loadedBy) ?? load.loadedBy,
    undoneBy: load.undoneBy && (names.get(load.undoneBy) ?? load.undoneBy),
  }));
}
