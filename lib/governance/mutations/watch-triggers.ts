import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { db, type Prisma, type Tx } from "@/lib/db";
import { saveFigures } from "@/lib/figures/mutations";
import { neededBy } from "@/lib/figures/rules";
import type { Figure } from "@/lib/figures/schema";
import { atOneMoment, todayOf } from "@/lib/metrics/queries/performance";
import { resolveStored } from "@/lib/ventures/queries";
import { engineClient } from "@/lib/workflows/transport";
import { loadTriggerFacts, type TriggerFacts } from "../queries/trigger-facts";
import { type Cause, decideCauses } from "../rules/causes";
import { lookAtTriggers } from "../rules/triggers";
import { directiveRef, type Evidence, TRIGGERS } from "../schema";
import { writeHandoff } from "./handoffs";

const SYSTEM = "system:watch";

const standingOf = async (tx: Tx | typeof db, ventureId: string): Promise<Set<string>> => {
  const rows = await tx.directive.findMany({ where: { ventureId, endedAt: null }, select: { causeKey: true } });
  return new Set(rows.map(({ causeKey }) => causeKey));
};

function decide(facts: TriggerFacts, standing: ReadonlySet<string>) {
  return decideCauses(
    lookAtTriggers(facts, (key) => standing.has(key)),
    standing,
  );
}

/** The numbers that it rests on, stored with their proof. */
async function keepEvidence(tx: Tx, ventureId: string, figures: readonly Figure[], all: readonly Figure[], now: Date) {
  const needed = [...new Map(figures.flatMap((figure) => neededBy(figure, all)).map((one) => [one.id, one])).values()];
  const refs = new Map((await saveFigures(tx, ventureId, needed, now)).map(({ id, revision }) => [id, revision]));
  return figures.map(({ id, label, value, unit, asOf }): Evidence => {
    return { label, value, unit, asOf, figure: { id, revision: refs.get(id) ?? 1 } };
  });
}

/** What the receiver has to know of how the venture is led. */
async function situationOf(tx: Tx, ventureId: string) {
  const venture = await tx.venture.findUniqueOrThrow({
    where: { id: ventureId },
    include: { settings: true, stageRecords: { orderBy: { ordinal: "desc" }, take: 1 } },
  });
  const settings = venture.settings ?? { profile: "balanced" as const, autonomy: "assisted" as const, overrides: {} };
  return {
    ...{ stage: venture.stage, autonomy: resolveStored(settings).autonomy },
    openSubstages: venture.stageRecords[0]?.openSubstages ?? [],
  };
}

async function fire(tx: Tx, ventureId: string, cause: Cause, all: readonly Figure[], now: Date): Promise<void> {
  const { trigger, key: causeKey, title, why, figures } = cause;
  const { mode, instruction } = TRIGGERS[trigger];
  const evidence = await keepEvidence(tx, ventureId, figures, all, now);
  const occurrence = (await tx.directive.count({ where: { ventureId, causeKey } })) + 1;
  const said = { trigger, mode, causeKey, occurrence, title, instruction, cause: why };
  const directive = await tx.directive.create({
    data: { ...said, ventureId, evidence: evidence as unknown as Prisma.InputJsonArray, firedAt: now },
  });
  const number = directiveRef(directive.number);
  const situation = await situationOf(tx, ventureId);
  const about = { ...{ trigger, mode, causeKey, occurrence, title, instruction }, cause: why };
  await recordEvent(tx, {
    ...{ ventureId, type: "directive.fired", actor: SYSTEM, subject: `directive:${directive.id}`, at: now },
    payload: { ...said, number, evidence: evidence.map(({ figure }) => figure) },
  });
  await writeHandoff(tx, {
    ...{ ventureId, kind: "directive", key: `directive:${directive.id}`, directiveId: directive.id, by: SYSTEM, now },
    write: (stamp) => ({
      ...stamp,
      kind: "directive",
      directive: { id: directive.id, number, ...about, firedAt: now.toISOString() },
      ...{ situation, evidence },
    }),
  });
}

async function end(tx: Tx, ventureId: string, causeKey: string, now: Date): Promise<void> {
  const standing = await tx.directive.findFirst({ where: { ventureId, causeKey, endedAt: null } });
  if (!standing) return;
  await tx.directive.update({ where: { id: standing.id }, data: { endedAt: now } });
  await recordEvent(tx, {
    ...{ ventureId, type: "directive.ended", actor: SYSTEM, subject: `directive:${standing.id}`, at: now },
    payload: { title: standing.title, number: directiveRef(standing.number), causeKey },
  });
}

export type TriggersWatched = { fired: string[]; ended: string[] };
const NOTHING: TriggersWatched = { fired: [], ended: [] };

/**
 * Looks at the four triggers of a venture in stage 40: each cause fires once while it lasts, with its directive and its
 * handoff in one transaction. Of two that look at once the second finds what the first did.
 */
export async function watchTriggers(ventureId: string, now: Date): Promise<TriggersWatched> {
  const venture = await db.venture.findUnique({ where: { id: ventureId } });
  if (venture?.stage !== "active" || venture.archivedAt) return NOTHING;
  const facts = await atOneMoment((tx) => loadTriggerFacts(tx, ventureId, todayOf(venture, now)));
  if (!facts) return NOTHING;
  const expected = decide(facts, await standingOf(db, ventureId));
  if (expected.fire.length + expected.end.length === 0) return NOTHING;
  await engineClient();
  return db.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`triggers:${ventureId}`}, 6))`;
      const decided = decide(facts, await standingOf(tx, ventureId));
      for (const key of decided.end) await end(tx, ventureId, key, now);
      for (const cause of decided.fire) await fire(tx, ventureId, cause, facts.figures, now);
      return { fired: decided.fire.map(({ key }) => key), ended: decided.end };
    },
    { timeout: 60_000, maxWait: 20_000 },
  );
}
