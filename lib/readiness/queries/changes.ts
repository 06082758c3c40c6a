import "server-only";
import type { Tx } from "@/lib/db";
import { dayDate, dayText, monthEndAfter } from "@/lib/metrics/rules/periods";
import type { Assessment } from "../rules/assessment";
import { type ExplainedChange, explainedChanges, type Since } from "../rules/change-figures";
import type { Shape } from "../rules/history";

/** The day that today is compared with: the last one kept three months ago, else the oldest there is before today. */
export async function quarterAgo(tx: Tx, ventureId: string, today: string): Promise<Since | null> {
  const then = dayDate(monthEndAfter(today, -3));
  const row =
    (await tx.readinessDay.findFirst({ where: { ventureId, day: { lte: then } }, orderBy: { day: "desc" } })) ??
    (await tx.readinessDay.findFirst({ where: { ventureId, day: { lt: dayDate(today) } }, orderBy: { day: "asc" } }));
  return row && { day: dayText(row.day), shape: row.shape as unknown as Shape };
}

export type Quarter = Since & { changes: ExplainedChange[] };

/** Why readiness differs from a quarter ago, each change with what it did to the total; null before a day is kept. */
export async function loadChanges(
  tx: Tx,
  ventureId: string,
  today: string,
  found: Assessment,
): Promise<Quarter | null> {
  const since = await quarterAgo(tx, ventureId, today);
  return since && { ...since, changes: explainedChanges(since, found, { ventureId, today }) };
}
