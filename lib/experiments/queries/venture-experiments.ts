import "server-only";
import type { z } from "zod";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import type { Figure } from "@/lib/figures/schema";
import { computeStanding } from "../queries";
import { primaryOf } from "../rules/design";
import type { ventureExperimentsOutput } from "../schema";

type Answer = z.infer<typeof ventureExperimentsOutput>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** For the growth agent: every experiment of a venture with its standing; null where the venture is out of sight. */
export async function findVentureExperiments(
  actor: Actor,
  venture: string,
): Promise<{ result: Answer; figures: Figure[] } | null> {
  const where = UUID.test(venture) ? { id: venture } : { slug: venture };
  const found = await db.venture.findUnique({ where, select: { id: true, slug: true, name: true } });
  if (!found || !maySeeVenture(actor, found.id)) return null;
  const rows = await db.experiment.findMany({
    where: { ventureId: found.id },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: 50,
  });
  const all = await Promise.all(rows.map((row) => computeStanding(db, row)));
  const experiments = all.map(({ head, stored, standing, figures }) => ({
    ...{ id: head.id, name: head.name, method: head.method, status: head.status, initiativeId: head.initiativeId },
    ...{ primaryMetric: primaryOf(head.design).name, startedOn: head.startedOn, plannedEnd: head.plannedEnd },
    ...{ through: stored.through, hidden: standing.hidden, verdict: standing.verdict, decision: head.decision },
    overridden: head.decision === null ? null : head.decision !== head.ruleSaid,
    figures: figures.map(({ key, figure }) => ({ key, figure: figure.id, label: figure.label, value: figure.value })),
  }));
  return {
    result: { venture: found, experiments },
    figures: all.flatMap(({ figures }) => figures.map(({ figure }) => figure)),
  };
}
