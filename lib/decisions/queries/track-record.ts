import "server-only";
import { type Actor, ventureScope } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { POLICY_ACTOR } from "../rules/policy";

export type TrackRecord = {
  agent: string;
  actionClass: string;
  recommendations: number;
  approved: number;
  conditional: number;
  rejected: number;
  /** Expired, withdrawn, or still open. */
  undecided: number;
  /** Decided by the policy without a person; not among the recommendations. */
  automatic: number;
  /** Of all that was decided, by a person or the policy, what the chairman reversed later. */
  reversed: number;
};

type Counted = "approved" | "conditional" | "rejected" | "reversed";
const COUNTED: readonly string[] = ["approved", "conditional", "rejected", "reversed"] satisfies Counted[];

const NONE = {
  ...{ recommendations: 0, approved: 0, conditional: 0, rejected: 0, undecided: 0, automatic: 0, reversed: 0 },
};
const outcomeOf = (status: string): Counted | "undecided" =>
  COUNTED.includes(status) ? (status as Counted) : "undecided";

/** What became of each agent's recommendations, per action class; what the policy decided itself is counted apart. */
export async function listTrackRecords(actor: Actor): Promise<TrackRecord[]> {
  if (!isPermitted(actor.role, "memo:read")) throw new AppError("FORBIDDEN");
  const memos = await db.memo.findMany({
    where: ventureScope(actor),
    select: {
      status: true,
      proposal: { select: { agent: true, actionClass: true } },
      verdicts: { where: { decidedBy: POLICY_ACTOR }, select: { id: true }, take: 1 },
    },
  });
  const records = new Map<string, TrackRecord>();
  for (const { status, proposal, verdicts } of memos) {
    const { agent, actionClass } = proposal;
    const key = `${agent} ${actionClass}`;
    const record = records.get(key) ?? { agent, actionClass, ...NONE };
    if (verdicts.length === 0) record.recommendations += 1;
    else record.automatic += 1;
    if (status === "reversed" || verdicts.length === 0) record[outcomeOf(status)] += 1;
    records.set(key, record);
  }
  return [...records.values()].sort((a, b) => b.recommendations - a.recommendations || (a.agent < b.agent ? -1 : 1));
}
