import "server-only";
import type { Db, Tx } from "@/lib/db";
import type { FigureSource } from "@/lib/figures/schema";
import type { Exact } from "@/lib/money";
import { fromMinor } from "@/lib/money";

export const CHANNEL_SPEND = "channel-spend";

export type ChannelSpends = { spent: Map<string, Exact> | null; source: (channel: string) => FigureSource };

/**
 * What was spent through each channel in the twelve months from one month end (not in it) to the other; null where
 * nothing is stored. A channel counts only where every month of the twelve is stored.
 */
export async function loadChannelSpends(
  tx: Db | Tx,
  ventureId: string,
  from: string,
  to: string,
  version: number,
): Promise<ChannelSpends> {
  const period = { gt: new Date(`${from}T00:00:00Z`), lte: new Date(`${to}T00:00:00Z`) };
  const rows = await tx.channelSpend.findMany({ where: { ventureId, month: period } });
  const byChannel = Map.groupBy(rows, (row) => row.channel);
  const whole = [...byChannel].filter(([, months]) => months.length === 12);
  const spent = whole.map(([channel, months]) => {
    const minor = months.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    return [channel, fromMinor(minor, months[0]?.currency ?? "")] as const;
  });
  const source = (channel: string): FigureSource => ({
    ...{ kind: "dataset", ventureId, dataset: CHANNEL_SPEND, version, rows: 12 },
    filter: { channel, from, to },
  });
  return { spent: rows.length > 0 ? new Map(spent) : null, source };
}
