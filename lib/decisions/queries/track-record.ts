import "server-only";
import { type Actor, ventureScope } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";

export type TrackRecord = {
  agent: string;
  actionClass: string;
  recommendations: number;
  approved: number;
  conditional: number;
  rejected: number;
  /** Expired, withdrawn, or still open. */
  undecided: number;
};

/** What became of each agent's recommendations, per action class; verdicts of the policy itself do not count. */
export async function listTrackRecords(actor: Actor): Promise<TrackRecord[]> {
  if (!isPermitted(actor.role, "memo:read")) throw new AppError("FORBIDDEN");
  const memos = await db.memo.findMany({
    where: { ...ventureScope(actor), verdicts: { none: { decidedBy: "system:policy" } } },
    select: { status: true, proposal: { select: { agent: true, actionClass: true } } },
  });
  const records = new Map<string, TrackRecord>();
  for (const { status, proposal } of memos) {
    const { agent, actionClass } = proposal;
    const key = `${agent} ${actionClass}`;
    const empty = { agent, actionClass, recommendations: 0, approved: 0, conditional: 0, rejected: 0, undecided: 0 };
    const record = records.get(key) ?? empty;
    record.recommendations += 1;
    record[status === "approved" || status === "conditional" || status === "rejected" ? status : "undecided"] += 1;
    records.set(key, record);
  }
  return [...records.values()].sort((a, b) => b.recommendations - a.recommendations || (a.agent < b.agent ? -1 : 1));
}
