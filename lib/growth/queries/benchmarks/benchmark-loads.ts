import "server-only";
import type { Actor } from "@/lib/auth/actor";
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
  const ids = [...refs].flatMap((ref) => /^user:([0-9a-f-]{36})$/.exec(ref)?.[1] ?? []);
  const people = await db.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const names = new Map(people.map(({ id, name }) => [`user:${id}`, name]));
  return loads.map((load) => ({
    ...load,
    loadedBy: names.get(load.loadedBy) ?? load.loadedBy,
    undoneBy: load.undoneBy && (names.get(load.undoneBy) ?? load.undoneBy),
  }));
}
