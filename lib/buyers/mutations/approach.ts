import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { type ProposalRefusal, recordProposal } from "@/lib/decisions/mutations/proposals";
import { AppError, type Result, refuse } from "@/lib/errors";
import { approachMemo, approachSubject } from "../rules/approach-memo";
import type { AskApproach, BuyerRefusal } from "../schema";

/** Asks the chairman whether these buyers may be sent this. Nothing leaves before the memo is approved. */
export async function askApproach(
  actor: Actor,
  { ventureId, companyIds, what, rationale }: AskApproach,
  now: Date,
  /** The agent that asks; a person otherwise. */
  agent: "exit" | null = null,
): Promise<Result<{ memoId: string | null }, BuyerRefusal | ProposalRefusal>> {
  const venture = maySeeVenture(actor, ventureId) ? await db.venture.findUnique({ where: { id: ventureId } }) : null;
  if (!venture) throw new AppError("NOT_FOUND");
  const ids = [...new Set(companyIds)].sort();
  const found = await db.buyerCandidate.findMany({
    where: { ventureId, companyId: { in: ids }, archivedAt: null },
    include: { company: { select: { name: true } } },
    orderBy: { companyId: "asc" },
  });
  if (found.length !== ids.length) throw new AppError("NOT_FOUND");
  if (found.some(({ stage }) => stage === "declined")) return refuse("DECLINED");
  if (found.every(({ cleared }) => cleared.includes(what))) return refuse("ALREADY_APPROVED");
  const names = found.map(({ company }) => company.name);
  const memo = approachMemo({
    companyIds: ids,
    what,
    rationale,
    venture: venture.name,
    currency: venture.currency,
    names,
  });
  return recordProposal(
    actor,
    {
      ...{ ventureId, agent, runId: null, actionClass: "exit.approach-buyers" as const, ...memo },
      ...{ stakeMinor: null, stakeCurrency: null },
      // The same question again after a verdict is a new question.
      dedupeKey: `${approachSubject({ companyIds: ids, what })}:${found.reduce((sum, { version }) => sum + version, 0)}`,
    },
    now,
  );
}
