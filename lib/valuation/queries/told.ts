import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { atOneMoment } from "@/lib/metrics/queries/performance";
import { partOf } from "../rules/venture-figures";
import { METHOD_KEYS } from "../schema/venture";
import { computeValuation, loadKept } from "./compute";
import { findVentureValuation } from "./page";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The newest kept valuation as an agent is told it, with the figures that it may quote; null for one out of sight. */
export async function findToldValuation(actor: Actor, venture: string, now: Date) {
  const row = await db.venture.findUnique({ where: UUID.test(venture) ? { id: venture } : { slug: venture } });
  if (!row || !maySeeVenture(actor, row.id)) return null;
  const page = await findVentureValuation(actor, row.id, now);
  if (!page) return null;
  const figures = await atOneMoment(async (tx) => {
    const kept = await loadKept(tx, row.id, null);
    return kept ? (await computeValuation(tx, row, kept)).figures : [];
  });
  const { version, versions, movedSince, inputs, methods, context } = page;
  const excluded = methods.flatMap(({ key, used, comparables }) =>
    used ? (comparables?.excluded ?? []).map((one) => ({ method: key, ...one })) : [],
  );
  const told = figures.map((figure) => [
    partOf(figure),
    { figure: figure.id, label: figure.label, value: figure.value },
  ]);
  return {
    result: {
      ...{
        venture: page.venture,
        version,
        asOf: context.asOf,
        reason: versions[0]?.reason ?? null,
        movedSince,
        excluded,
      },
      methods: METHOD_KEYS.map((method) => {
        const { used, source, asOf } = inputs.methods[method];
        return { method, used, source, asOf };
      }),
      figures: Object.fromEntries(told) as Record<string, { figure: string; label: string; value: string | null }>,
    },
    figures,
  };
}
