import "server-only";
import type { Db, Tx } from "@/lib/db";
import { namesOf } from "@/lib/decisions/queries/people";
import type { Risk } from "../../rules/weekly/facts";
import { dayAt, type Week } from "../../rules/weekly/weeks";

const GRAVITY = ["critical", "warning", "info"] as const;

/** Alerts that stood at the end of the week, the gravest first; what began in it is new. */
export async function collectRisks(
  tx: Db | Tx,
  venture: { id: string; name: string },
  { startsAt, endsAt, timeZone }: Week,
): Promise<Risk[]> {
  const end = new Date(endsAt);
  const rows = await tx.alert.findMany({
    where: { ventureId: venture.id, raisedAt: { lt: end }, OR: [{ clearedAt: null }, { clearedAt: { gte: end } }] },
    orderBy: { raisedAt: "asc" },
  });
  // As grave as the chairman has set its kind, on every screen.
  const settings = await tx.alertSetting.findMany({ select: { kind: true, severity: true } });
  const set = new Map(settings.map(({ kind, severity }) => [kind, severity]));
  const nameOf = await namesOf(
    tx,
    rows.flatMap(({ acknowledgedBy }) => acknowledgedBy ?? []),
  );
  const risks = rows.map(
    ({ kind, severity, title, detail, raisedAt, acknowledgedBy, acknowledgedAt }): Risk => ({
      ...{
        severity: GRAVITY.find((one) => one === (set.get(kind) ?? severity)) ?? "info",
        title,
        detail,
        venture: venture.name,
      },
      ...{ since: dayAt(raisedAt, timeZone), isNew: raisedAt >= new Date(startsAt) },
      notedBy: acknowledgedBy && acknowledgedAt && acknowledgedAt < end ? nameOf(acknowledgedBy) : null,
    }),
  );
  return risks.toSorted((a, b) => GRAVITY.indexOf(a.severity) - GRAVITY.indexOf(b.severity));
}
