import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { namesOf } from "@/lib/decisions/queries/people";
import type { ImpedimentMemoFacts } from "@/lib/decisions/rules/impediment-memo";
import { AppError } from "@/lib/errors";
import { trancheAmounts } from "@/lib/ledger/queries/tranches";
import { dayText, dayWords } from "@/lib/metrics/rules/periods";
import { LIFT_PERMISSION, type PlanStep, remediationPlan } from "../rules/impediments";
import { holdsSchema, type ImpedimentKind, NATURES } from "../schema/impediments";

const natureWords = (kind: ImpedimentKind, nature: string): string => {
  const words: Readonly<Record<string, string>> = NATURES[kind];
  return words[nature] ?? nature;
};

/** Of a disputed tranche what it still owes. */
async function stakeOf({ ventureId, trancheId }: { ventureId: string; trancheId: string | null }) {
  if (!trancheId) return null;
  const found = (await db.$transaction((tx) => trancheAmounts(tx, ventureId))).find(({ id }) => id === trancheId);
  return found ? { minor: found.balanceMinor.toString(), currency: found.currency } : null;
}

/** What the memo about it is written from. */
export async function loadImpedimentCase(impedimentId: string): Promise<ImpedimentMemoFacts> {
  const row = await db.impediment.findUnique({ where: { id: impedimentId } });
  if (!row) throw new AppError("NOT_FOUND");
  const { ventureId, nature, raisedBy, grounds, evidence } = row;
  const kind = row.kind as ImpedimentKind;
  const { name, currency } = await db.venture.findUniqueOrThrow({ where: { id: ventureId } });
  const [deal, tranche, run] = await Promise.all([
    row.dealId ? db.deal.findUnique({ where: { id: row.dealId }, select: { bidder: true } }) : null,
    row.trancheId
      ? db.deferredTranche.findUnique({ where: { id: row.trancheId }, select: { id: true, label: true } })
      : null,
    db.realization.findFirst({ where: { ventureId }, orderBy: { ordinal: "desc" }, select: { id: true } }),
  ]);
  return {
    ...{ impedimentId, kind, nature: natureWords(kind, nature), venture: { id: ventureId, name, currency } },
    ...{ raisedBy, grounds, evidence, occurredOn: dayWords(dayText(row.occurredOn)) },
    plan: remediationPlan(kind, nature),
    ...{ realizationId: run?.id ?? null, bidder: deal?.bidder ?? null, tranche, stake: await stakeOf(row) },
  };
}

export type ImpedimentView = {
  id: string;
  version: number;
  kind: ImpedimentKind;
  nature: string;
  /** The bidder or the tranche that it is about. */
  about: string | null;
  dealId: string | null;
  trancheId: string | null;
  raisedBy: string;
  grounds: string;
  evidence: string;
  occurredOn: string;
  recordedBy: string;
  open: boolean;
  memoId: string | null;
  plan: readonly PlanStep[];
  /** A run waits because of it, or a tranche is frozen by it. */
  holds: { sale: boolean; preparation: boolean; tranche: boolean; closing: boolean };
  lifted: { on: string; by: string; resolution: string } | null;
  mayLift: boolean;
};

/** What stands, or stood, in the way of the venture's exit; open ones first, then the newest. */
export async function listImpediments(
  actor: Actor,
  ventureId: string,
  kind: ImpedimentKind | null = null,
): Promise<ImpedimentView[]> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const where = { ventureId, ...(kind ? { kind } : {}) };
  const rows = await db.impediment.findMany({ where, orderBy: { recordedAt: "desc" }, take: 50 });
  const ids = (of: (string | null)[]) => of.flatMap((one) => one ?? []);
  const [nameOf, deals, tranches] = await Promise.all([
    namesOf(db, ids(rows.flatMap(({ recordedBy, liftedBy }) => [recordedBy, liftedBy]))),
    db.deal.findMany({ where: { id: { in: ids(rows.map(({ dealId }) => dealId)) } } }),
    db.deferredTranche.findMany({ where: { id: { in: ids(rows.map(({ trancheId }) => trancheId)) } } }),
  ]);
  const labels = new Map([
    ...deals.map(({ id, bidder }) => [id, bidder] as const),
    ...tranches.map(({ id, label }) => [id, label] as const),
  ]);
  const views = rows.map((row): ImpedimentView => {
    const kindOf = row.kind as ImpedimentKind;
    const { realizationId, preparationId, froze, itemId } = holdsSchema.parse(row.holds);
    const { id, version, dealId, trancheId, raisedBy, grounds, evidence, memoId, liftedOn, liftedBy } = row;
    return {
      ...{ id, version, kind: kindOf, nature: natureWords(kindOf, row.nature), dealId, trancheId, memoId },
      ...{ about: labels.get(dealId ?? trancheId ?? "") ?? null, raisedBy, grounds, evidence },
      ...{ occurredOn: dayText(row.occurredOn), recordedBy: nameOf(row.recordedBy), open: row.status === "open" },
      plan: remediationPlan(kindOf, row.nature),
      holds: {
        sale: realizationId !== null,
        preparation: preparationId !== null,
        tranche: froze,
        closing: itemId !== null,
      },
      lifted:
        liftedOn && liftedBy ? { on: dayText(liftedOn), by: nameOf(liftedBy), resolution: row.resolution ?? "" } : null,
      mayLift: row.status === "open" && isPermitted(actor.role, LIFT_PERMISSION[kindOf]),
    };
  });
  return [...views.filter(({ open }) => open), ...views.filter(({ open }) => !open)];
}
