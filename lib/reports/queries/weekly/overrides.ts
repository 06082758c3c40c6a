import "server-only";
import type { Task } from "@/lib/closing/schema";
import type { Db, Tx } from "@/lib/db";
import { namesOf } from "@/lib/decisions/queries/people";
import { CRITERIA, type CriterionId, GROUP_LABELS, groupOf } from "@/lib/stage/schema/run";
import type { OverrideLine } from "../../rules/weekly/facts";
import { dayAt, type Week } from "../../rules/weekly/weeks";

type Line = Omit<OverrideLine, "venture" | "on" | "by"> & { at: Date; by: string };

const criterionWords = (id: string): string =>
  `${GROUP_LABELS[groupOf(id as CriterionId)]}: ${CRITERIA[id as CriterionId]}`;

async function gatesOf(tx: Db | Tx, ventureId: string, within: { gte: Date; lt: Date }): Promise<Line[]> {
  const rows = await tx.stageOverride.findMany({
    where: { ventureId, OR: [{ madeAt: within }, { takenBackAt: within }] },
  });
  const inWeek = (at: Date | null): at is Date => at !== null && at >= within.gte && at < within.lt;
  return rows.flatMap(({ criterion, reason, madeBy, madeAt, takenBackAt, takenBackBy, takenBackReason }) => {
    const what = criterionWords(criterion);
    return [
      ...(inWeek(madeAt) ? [{ what, how: "overridden", reason, by: madeBy, at: madeAt }] : []),
      ...(inWeek(takenBackAt)
        ? [{ what, how: "taken back", reason: takenBackReason ?? "", by: takenBackBy ?? madeBy, at: takenBackAt }]
        : []),
    ];
  });
}

async function waiversOf(tx: Db | Tx, ventureId: string, within: { gte: Date; lt: Date }): Promise<Line[]> {
  const rows = await tx.closingWaiver.findMany({
    where: { at: within, item: { closing: { ventureId } } },
    include: { item: { select: { task: true } } },
  });
  return rows.map(({ item, side, reason, by, at }) => ({
    what: `Condition of closing: ${(item.task as unknown as Task).title}`,
    ...{ how: side === "ours" ? "waived by us" : "waived by them", reason, by, at },
  }));
}

/** Gates that the chairman overrode and conditions that were given up in the week, in the order in which it happened. */
export async function collectOverrides(
  tx: Db | Tx,
  venture: { id: string; name: string },
  { startsAt, endsAt, timeZone }: Pick<Week, "startsAt" | "endsAt" | "timeZone">,
): Promise<OverrideLine[]> {
  const within = { gte: new Date(startsAt), lt: new Date(endsAt) };
  const lines = [...(await gatesOf(tx, venture.id, within)), ...(await waiversOf(tx, venture.id, within))];
  const nameOf = await namesOf(
    tx,
    lines.map(({ by }) => by),
  );
  return lines
    .toSorted((a, b) => a.at.getTime() - b.at.getTime() || (a.what < b.what ? -1 : 1))
    .map(({ at, by, ...line }) => ({ ...line, venture: venture.name, on: dayAt(at, timeZone), by: nameOf(by) }));
}
