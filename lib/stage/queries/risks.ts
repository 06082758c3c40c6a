import "server-only";
import { type Actor, ventureScope } from "@/lib/auth/actor";
import { listOwners, type Person } from "@/lib/auth/people";
import { db } from "@/lib/db";
import { dayText } from "@/lib/metrics/rules/periods";
import { isOverdue, type RiskFacts, type RiskLevel, riskLevel, riskScore, viewRisks } from "../rules/risks";
import type { RiskStatus, RiskView as View } from "../schema/risks";

export type RiskView = RiskFacts & {
  id: string;
  version: number;
  detail: string;
  mitigation: string;
  score: number;
  level: RiskLevel;
  overdue: boolean;
  openedAt: Date;
  closedAt: Date | null;
  /** The alert that it was opened from stands: true, false, or null where it was opened from none. */
  alertStands: boolean | null;
};

/** Every risk that the actor may see; those of the holding only for who sees all of it. */
export async function listRisks(actor: Actor, now: Date): Promise<RiskView[]> {
  const rows = await db.risk.findMany({ where: ventureScope(actor), orderBy: { openedAt: "desc" } });
  const ventureIds = rows.flatMap(({ ventureId }) => ventureId ?? []);
  const ownerIds = rows.flatMap(({ ownerId }) => ownerId ?? []);
  const causes = rows.flatMap(({ causeKey }) => causeKey ?? []);
  const [ventures, owners, standing] = await Promise.all([
    db.venture.findMany({
      where: { id: { in: ventureIds }, archivedAt: null },
      select: { id: true, slug: true, name: true },
    }),
    db.user.findMany({ where: { id: { in: ownerIds } }, select: { id: true, name: true } }),
    db.alert.findMany({ where: { causeKey: { in: causes }, clearedAt: null }, select: { causeKey: true } }),
  ]);
  const ventureOf = new Map(ventures.map(({ id, ...venture }) => [id, venture]));
  const ownerOf = new Map(owners.map((owner) => [owner.id, owner]));
  const stands = new Set(standing.map(({ causeKey }) => causeKey));
  const today = now.toISOString().slice(0, 10);
  return rows
    .filter(({ ventureId }) => ventureId === null || ventureOf.has(ventureId))
    .map((row) => {
      const { id, version, title, detail, likelihood, impact, mitigation, openedAt, closedAt, causeKey } = row;
      const status = row.status as RiskStatus;
      const dueOn = row.dueOn && dayText(row.dueOn);
      return {
        ...{ id, version, title, detail, likelihood, impact, mitigation, status, dueOn, openedAt, closedAt },
        venture: (row.ventureId && ventureOf.get(row.ventureId)) || null,
        owner: (row.ownerId && ownerOf.get(row.ownerId)) || null,
        ...{ score: riskScore(row), level: riskLevel(row), overdue: isOverdue({ dueOn, status }, today) },
        alertStands: causeKey === null ? null : stands.has(causeKey),
      };
    });
}

/** As the address asks for it. */
export const listRisksIn = async (actor: Actor, view: View, now: Date): Promise<RiskView[]> =>
  viewRisks(await listRisks(actor, now), view);

export type RiskPlace = { id: string; slug: string; name: string };

/** Where a risk can be, and who can own it: people of the holding who work on ventures. */
export async function listRiskChoices(
  actor: Actor,
): Promise<{ ventures: RiskPlace[]; people: Person[]; holding: boolean }> {
  const inSight = actor.ventures === "all" ? {} : { id: { in: [...actor.ventures] } };
  const ventures = await db.venture.findMany({
    where: { ...inSight, archivedAt: null },
    select: { id: true, slug: true, name: true },
    orderBy: { name: "asc" },
  });
  const people = ventures[0]
    ? await listOwners(db, ventures[0].id)
    : await db.user.findMany({
        where: { disabledAt: null, role: { in: ["chairman", "analyst"] } },
        select: { id: true, name: true },
      });
  return { ventures, people, holding: actor.ventures === "all" };
}
