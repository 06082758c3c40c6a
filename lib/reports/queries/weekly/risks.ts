import "server-only";
import type { Db, Tx } from "@/lib/db";
import { namesOf } from "@/lib/decisions/queries/people";
import { dayText } from "@/lib/metrics/rules/periods";
import { isOverdue, type RiskLevel, riskLevel, riskScore } from "@/lib/stage/rules/risks";
import { IMPACTS, LIKELIHOODS, RISK_STATUSES } from "@/lib/stage/schema/risks";
import type { Risk, RiskLine } from "../../rules/weekly/facts";
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

const LEVELS: Readonly<Record<RiskLevel, RiskLine["level"]>> = { critical: "high", warning: "medium", healthy: "low" };

/** The risk list as it stands at the writing: what was opened by the end of the week and not closed before it. */
export async function collectRegister(
  tx: Db | Tx,
  { id: ventureId, name }: { id: string | null; name: string },
  { startsAt, endsAt, endsOn }: Week,
): Promise<RiskLine[]> {
  const rows = await tx.risk.findMany({
    where: {
      ...{ ventureId, openedAt: { lt: new Date(endsAt) } },
      OR: [{ closedAt: null }, { closedAt: { gte: new Date(startsAt) } }],
    },
    orderBy: [{ openedAt: "asc" }, { id: "asc" }],
  });
  const nameOf = await namesOf(
    tx,
    rows.flatMap(({ ownerId }) => (ownerId ? [`user:${ownerId}`] : [])),
  );
  const gravest = rows.toSorted((a, b) => riskScore(b) - riskScore(a));
  return gravest.map(({ title, likelihood, impact, ownerId, mitigation, status, dueOn: due }): RiskLine => {
    const dueOn = due && dayText(due);
    const stands = RISK_STATUSES.find((known) => known === status) ?? "open";
    return {
      ...{ title, venture: name, level: LEVELS[riskLevel({ likelihood, impact })], mitigation, status: stands, dueOn },
      ...{ likelihood: LIKELIHOODS[likelihood - 1] ?? "unknown", impact: IMPACTS[impact - 1] ?? "unknown" },
      ...{ owner: ownerId && nameOf(`user:${ownerId}`), overdue: isOverdue({ dueOn, status: stands }, endsOn) },
    };
  });
}
