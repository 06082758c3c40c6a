import "server-only";
import type { Tx } from "@/lib/db";
import { namesOf } from "@/lib/decisions/queries/people";
import type { Figure } from "@/lib/figures/schema";
import { todayOf } from "@/lib/metrics/queries/performance";
import { dayText } from "@/lib/metrics/rules/periods";
import type { Certificate, CertifiedLine } from "../rules/certificate";
import { statementOf } from "../rules/certificate";
import { entryGateSchema, groupOf } from "../schema/run";
import { type LoadedLine, loadCriteria } from "./criteria";
import { lifeBegan, type RunRow } from "./run-facts";

const DECIDED = ["approved", "conditional"];

/** The chairman's approvals of this life that stand, of the exit and of what bound the sale, in the order in which they were given. */
async function decisionsOf(
  tx: Tx,
  { ventureId, since }: { ventureId: string; since: Date },
  nameOf: (ref: string) => string,
): Promise<Certificate["decisions"]> {
  const classes = ["exit.approve-exit", "deal.sign-agreement", "deal.release-signatures"];
  const verdicts = await tx.verdict.findMany({
    where: {
      ...{ verdict: { in: DECIDED }, decidedAt: { gte: since } },
      memo: { ventureId, status: { in: ["approved", "conditional"] }, proposal: { actionClass: { in: classes } } },
    },
    include: { memo: { select: { title: true, version: true } } },
    orderBy: { decidedAt: "asc" },
  });
  // One that was taken back was given on an earlier version.
  const standing = verdicts.filter(({ version, memo }) => version === memo.version);
  return standing.map(({ memoId, memo, verdict, decidedBy, decidedAt }) => ({
    ...{ memoId, title: memo.title, decided: verdict, by: nameOf(decidedBy), at: decidedAt.toISOString() },
  }));
}

/** The lines of the entry gate as they were found when the stage opened, not as they would be found today. */
function asEntered(lines: readonly LoadedLine[], run: RunRow): LoadedLine[] {
  const gate = run.entryGate === null ? null : entryGateSchema.parse(run.entryGate);
  return lines.flatMap((line) => {
    if (groupOf(line.id) !== "entry") return [line];
    const then = gate?.find(({ criterion }) => line.id === `entry.${criterion}`);
    if (!then) return [];
    return [{ ...line, rule: then.required, met: then.passed, found: [`Found: ${then.found}.`] }];
  });
}

const saidOf = (figure: Figure, revision: number) => {
  const { id, label, value, unit, asOf, method, formula } = figure;
  return { id, revision, label, value, unit, asOf, method, formula };
};

/** Everything that a certificate says, but its id: the figures are to be stored first. */
export async function loadCertificateFacts(tx: Tx, run: RunRow, now: Date) {
  const { ventureId, ordinal } = run;
  const venture = await tx.venture.findUniqueOrThrow({ where: { id: ventureId } });
  const record = await tx.stageRecord.findUniqueOrThrow({ where: { ventureId_ordinal: { ventureId, ordinal } } });
  const loaded = await loadCriteria(tx, venture, ordinal, todayOf(venture, now));
  const lines = asEntered(loaded.lines, run);
  const refs = lines.flatMap(({ override }) => override?.madeBy ?? []);
  const deciders = await tx.verdict.findMany({ where: { memo: { ventureId } }, select: { decidedBy: true } });
  const nameOf = await namesOf(tx, [...refs, ...deciders.map(({ decidedBy }) => decidedBy)]);
  const chain = await tx.eventChain.findUniqueOrThrow({ where: { chain: ventureId } });
  const { id, slug, name, country, currency } = venture;
  const figures = lines.flatMap(({ evidence }) => evidence.map(({ figure }) => figure));
  // What a person told when the venture was taken over is a day; what happened here is a moment at the venture.
  const dayOf = (at: Date) => (run.door === "takeover" ? dayText(at) : todayOf(venture, at));
  const complete = (certificateId: string, revisions: ReadonlyMap<string, number>): Certificate => {
    const criteria = lines.map((line) => certified(line, revisions, nameOf));
    return {
      ...{ format: "chairman.stage-40-certificate", version: 1, certificateId },
      venture: { id, slug, name, country, currency },
      stage: {
        ...{ life: ordinal, enteredOn: dayOf(record.enteredAt), takenOver: run.door === "takeover" },
        exitedOn: record.endedAt ? dayOf(record.endedAt) : todayOf(venture, now),
      },
      ...{
        issuedBy: "Active Venture Coordinator",
        issuedAt: now.toISOString(),
        statement: statementOf(name, criteria),
      },
      ...{ criteria, decisions, record: { events: chain.lastSeq, hash: chain.lastHash } },
    };
  };
  const decisions = await decisionsOf(tx, { ventureId, since: lifeBegan(record, run) }, nameOf);
  return { venture, figures, complete };
}

const certified = (
  { id, label, rule, met, found, evidence, override }: LoadedLine,
  revisions: ReadonlyMap<string, number>,
  nameOf: (ref: string) => string,
): CertifiedLine => ({
  ...{ id, label, rule, met, found },
  evidence: evidence.map(({ figure }) => saidOf(figure, revisions.get(figure.id) ?? 1)),
  override:
    override && !met
      ? { reason: override.reason, by: nameOf(override.madeBy), at: override.madeAt.toISOString() }
      : null,
});
