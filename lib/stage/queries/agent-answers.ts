import "server-only";
import { z } from "zod";
import type { db, Tx } from "@/lib/db";
import { POLICY_ACTOR } from "@/lib/decisions/rules/policy";
import type { LoadedAssessment } from "@/lib/readiness/queries/assessment";

const payloadSchema = z.object({ memoId: z.uuid().nullish() });

/** Who decided that the agent's answer is kept: a person, the policy, or nobody that is known. */
async function decidedBy(tx: Tx | typeof db, ventureId: string, criterion: string): Promise<string | null> {
  const subject = `readiness:${ventureId}:${criterion}`;
  const where = { chain: ventureId, subject, type: "readiness.scored" };
  const scored = await tx.event.findFirst({ where, orderBy: { seq: "desc" }, select: { payload: true } });
  const { memoId } = payloadSchema.safeParse(scored?.payload).data ?? {};
  const verdict = memoId && (await tx.verdict.findFirst({ where: { memoId }, orderBy: { version: "desc" } }));
  return verdict ? verdict.decidedBy : null;
}

/** Criteria of readiness that an agent answered and no person has agreed to: what an agent says ticks nothing. */
export async function criteriaOfAgents(
  tx: Tx | typeof db,
  ventureId: string,
  { lines }: Pick<LoadedAssessment, "lines">,
): Promise<ReadonlySet<string>> {
  const alone = new Set<string>();
  for (const { criterion, given, answeredBy } of lines) {
    if (answeredBy !== "person" || !given?.scoredBy.startsWith("agent:")) continue;
    const by = await decidedBy(tx, ventureId, criterion.id);
    if (by === null || by === POLICY_ACTOR) alone.add(criterion.id);
  }
  return alone;
}
