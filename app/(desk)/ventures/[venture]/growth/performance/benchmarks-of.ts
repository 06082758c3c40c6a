import type { Actor } from "@/lib/auth/actor";
import { listPeerMedians, type PeerView } from "@/lib/growth/queries/benchmarks/peer-column";
import type { PerformanceTable } from "@/lib/metrics/queries/performance-page";

type Asked = { actor: Actor; venture: { id: string }; table: PerformanceTable; view: { span: number } };

/**
 * What comparable companies reach in the measures shown. They are asked for whole years, so a month or a quarter is not
 * set beside them; without yearly recurring revenue there is nobody to compare with.
 */
export async function benchmarksOf({ actor, venture, table, view }: Asked): Promise<Record<string, PeerView>> {
  const rows = table.groups.flatMap((group) => group.rows);
  const yearly = rows.find((row) => row.key === "arr")?.now.value;
  if (!yearly || view.span !== 12) return {};
  const metrics = rows.map((row) => ({ metric: row.key, unit: row.now.unit }));
  return listPeerMedians(actor, venture.id, { yearly, day: table.through, metrics });
}
