import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Prisma, type Tx } from "@/lib/db";
import { findProcess } from "@/lib/deals/queries/process";
import { AppError, type FieldProblem, ok, type Result, refuse } from "@/lib/errors";
import { saveFigures } from "@/lib/figures/mutations";
import { bumpDatasets, lockDatasets } from "@/lib/imports/mutations/datasets";
import { todayOf } from "@/lib/metrics/queries/performance";
import { dayDate } from "@/lib/metrics/rules/periods";
import { storeWritten } from "@/lib/reports/mutations/artefacts";
import type { VentureRow } from "@/lib/valuation/queries/compute";
import { findClosed } from "../queries/closing-sum";
import { computeSplit, findKeptSplit, loadSplitCase } from "../queries/split-case";
import { type FlowRefusal, fundsFlow } from "../rules/funds-flow/funds-flow";
import { fundsFlowModel } from "../rules/funds-flow/funds-flow-model";
import { fundsFlowReport } from "../rules/funds-flow/funds-flow-report";
import { splitPart } from "../rules/split/split-figures";
import { FUNDS_FLOW, type KeepSplit, SPLIT_PLAN, type SplitPlan } from "../schema/split";

const TRANSACTION = { timeout: 60_000, maxWait: 20_000 };

export type SplitRefusal = "STALE_SPLIT" | "NOT_KNOWN" | "UNKNOWN_HOLDER" | FlowRefusal;

async function ventureFor(actor: Actor, ventureId: string) {
  const venture = await db.venture.findUnique({ where: { id: ventureId } });
  if (!venture || !maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  return venture;
}

const questionOf = ({ offer, price }: SplitPlan, plan: number, day: string) => ({
  ...{ offer: offer?.offerId ?? "", version: offer?.version ?? 0, price: price ?? "", plan, day },
});

type Held = { id: string; parts: Readonly<Record<string, string>> };

/** Tax of people or classes that hold nothing, and rates on the same payment that are more than everything. */
function rateProblems({ withholdings }: SplitPlan, holders: readonly Held[]): FieldProblem[] {
  return withholdings.flatMap(({ holderId, classId, on }, index) => {
    const at = (name: string, expected: string) => [{ path: `plan.withholdings[${index}].${name}`, expected }];
    const holder = holders.find(({ id }) => id === holderId);
    if (!holder) return at("holderId", "a holder of the cap table");
    if (classId !== null && !holder.parts[classId]) return at("classId", "a class that this holder has");
    const same = withholdings.filter(
      (one) =>
        one.holderId === holderId && one.classId === classId && (one.on === on || one.on === "all" || on === "all"),
    );
    const whole = same.reduce((sum, { ratio }) => sum + Number(ratio), 0);
    return whole > 1 ? at("ratio", "rates of at most everything together") : [];
  });
}

type Made = { venture: VentureRow; version: number; plan: SplitPlan; day: string };

/** The split of a plan with its statement; refused with the reason where it cannot be told to the cent. */
async function made(tx: Tx, { venture, version, plan, day }: Made) {
  const found = await loadSplitCase(tx, venture, questionOf(plan, version, day), plan);
  if (!found) return refuse("NOT_KNOWN" as const, [{ path: "plan.offer", expected: "an offer of this sale" }]);
  const problems = rateProblems(plan, found.loaded.context?.holders ?? []);
  if (problems.length > 0) return refuse("UNKNOWN_HOLDER" as const, problems);
  const computed = computeSplit(found);
  const { split } = computed;
  if (!split.known) {
    const expected = split.open.length > 0 ? `stated: ${split.open.join(", ")}` : split.reason;
    return refuse("NOT_KNOWN" as const, [{ path: "plan", expected }, ...split.problems]);
  }
  const flow = fundsFlow(split, found.terms, plan.financing, found.frame.digits);
  return flow.ok ? ok({ found, split, flow: flow.value, figures: computed.figures }) : flow;
}

/** Keeps a split as the next version with its figures. Refused where somebody was quicker, or where it cannot be told. */
export async function keepSplit(
  actor: Actor,
  { ventureId, version: seen, plan, reason }: KeepSplit,
  now: Date,
): Promise<Result<{ version: number }, SplitRefusal>> {
  const venture = await ventureFor(actor, ventureId);
  return db.$transaction(async (tx) => {
    await lockDatasets(tx, ventureId, [SPLIT_PLAN], now);
    const before = await findKeptSplit(tx, ventureId, null);
    if ((before?.version ?? 0) !== seen) return refuse("STALE_SPLIT");
    const version = seen + 1;
    const process = await findProcess(tx, ventureId);
    const day = process?.assumptions.valuedOn ?? todayOf(venture, now);
    const row = { ventureId, version, plan, asOf: dayDate(day), run: {}, reason, createdBy: actor.ref, createdAt: now };
    const done = await made(tx, { venture, version, plan, day });
    if (!done.ok) return done;
    await bumpDatasets(tx, ventureId, [SPLIT_PLAN], now);
    const kept = done.value.figures.filter((figure) => !/^(curve|breakpoint)\./.test(splitPart(figure)));
    const refs = await saveFigures(tx, ventureId, kept, now);
    const run = Object.fromEntries(
      kept.map((figure, index) => [splitPart(figure), { figure: figure.id, revision: refs[index]?.revision ?? 1 }]),
    );
    await tx.distributionPlan.create({ data: { ...row, run: run as Prisma.InputJsonObject } });
    await recordEvent(tx, {
      ...{
        ventureId,
        type: "distribution.split-kept",
        actor: actor.ref,
        at: now,
        subject: `distribution-plan:${ventureId}`,
      },
      payload: { version, reason, offer: plan.offer, price: plan.price, name: done.value.found.frame.name },
    });
    return ok({ version });
  }, TRANSACTION);
}

/** Writes the funds-flow statement of the newest kept split, as the next version of its kind. */
export async function writeFundsFlow(
  actor: Actor,
  ventureId: string,
  now: Date,
): Promise<Result<{ id: string; version: number }, SplitRefusal | "NOTHING_KEPT">> {
  const venture = await ventureFor(actor, ventureId);
  return db.$transaction(async (tx) => {
    const kept = await findKeptSplit(tx, ventureId, null);
    if (!kept) return refuse("NOTHING_KEPT");
    const { version, plan, asOf: day, reason } = kept;
    const done = await made(tx, { venture, version, plan, day });
    if (!done.ok) return done;
    const { found, split, flow, figures } = done.value;
    const { name, currency, digits } = found.frame;
    const closed = await findClosed(tx, plan.offer);
    const closing = { on: closed?.on ?? found.terms.closesOn ?? day, done: Boolean(closed?.on) };
    const model = fundsFlowModel({ split, flow, figures, currency, digits });
    const blocks = [...fundsFlowReport({ split, flow, figures, name, closing, reason }), model];
    const title = `Funds flow of ${venture.name}`;
    return ok(await storeWritten(tx, actor, { ventureId, kind: FUNDS_FLOW, title, blocks, figures }, now));
  }, TRANSACTION);
}
