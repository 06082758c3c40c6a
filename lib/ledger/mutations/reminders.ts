import "server-only";
import { db, type Tx } from "@/lib/db";
import { formatDay, formatExactMoney } from "@/lib/format";
import { todayOf } from "@/lib/metrics/queries/performance";
import { fromMinor } from "@/lib/money";
import { type Cause, tellCauses } from "@/lib/stage/mutations/alert-cause";
import { trancheCalendars } from "../queries/tranches";
import { type Due, dueReleases } from "../rules/tranches";

const KIND = "escrow-release-due";

const wordsOf = ({ dueOn, openMinor, currency }: Due): string =>
  `${formatExactMoney(fromMinor(openMinor, currency).toFixed(), currency)} since ${formatDay(dueOn)}`;

/**
 * One alert for each tranche with a day of release that has come and money that no release covers; it ends when it is
 * released. Looked at twice, it says the same.
 */
export async function raiseReleaseReminders(
  ventureId: string,
  now: Date,
): Promise<{ raised: string[]; cleared: string[] }> {
  const run = async (tx: Tx) => {
    const venture = await tx.venture.findUniqueOrThrow({ where: { id: ventureId } });
    const tranches = await trancheCalendars(tx, ventureId, todayOf(venture, now));
    const causes = tranches.flatMap(({ id, label, currency, status, calendar }): Cause[] => {
      const due = status === "closed" ? [] : dueReleases({ label, currency }, calendar);
      if (due.length === 0) return [];
      const frozen = status === "frozen" ? " It is frozen until its dispute is settled." : "";
      const detail = `Due and not released: ${due.map(wordsOf).join(", ")}. It goes by a recorded instruction.${frozen}`;
      const cause = { causeKey: `${KIND}:${id}`, ventureId, kind: KIND, severity: "info" as const };
      return [{ ...cause, title: `A release of ${label} is due`, detail }];
    });
    return tellCauses(tx, { ventureId, kind: KIND }, causes, { by: "system:watch", now });
  };
  return db.$transaction(run, { timeout: 30_000 });
}
