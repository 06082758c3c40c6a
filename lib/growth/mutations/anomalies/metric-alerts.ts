import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { db, type Tx } from "@/lib/db";
import { formatDay } from "@/lib/format";
import { listMetricWatch } from "../../queries/anomalies/metric-watch";
import { type Cause, causeOf, decideCauses, type MetricWatch } from "../../rules/anomalies/metric-watch";
import { FORECAST_LABELS, forecastMetricSchema } from "../../schema/venture-forecast";

const SYSTEM = "system:watch";
const KIND = "metric-anomaly";
const prefixOf = (ventureId: string): string => `${KIND}:${ventureId}`;
const keyOf = (ventureId: string, cause: Cause): string => `${prefixOf(ventureId)}:${causeOf(cause)}`;

function causeIn(causeKey: string, ventureId: string): Cause | null {
  const [metric = "", direction] = causeKey.slice(prefixOf(ventureId).length + 1).split(":");
  return direction === "high" || direction === "low" ? { metric, direction } : null;
}

const titleOf = ({ metric, direction }: Cause): string => {
  const known = forecastMetricSchema.safeParse(metric);
  return `${known.success ? FORECAST_LABELS[known.data] : metric} is unusually ${direction}`;
};

const draftOf = ({ month, score, ...cause }: MetricWatch) => ({
  title: titleOf(cause),
  detail: `Raised by ${formatDay(`${month}-01`, "month")}, ${Math.abs(score).toFixed(1)} robust σ ${cause.direction === "low" ? "below" : "above"} what was to be expected; ends when the newest month is near that again.`,
});

async function raiseOne(tx: Tx, ventureId: string, found: MetricWatch, now: Date): Promise<void> {
  const causeKey = keyOf(ventureId, found);
  const said = draftOf(found);
  const fresh = { ...said, severity: "warning", raisedAt: now, clearedAt: null };
  const update = { ...fresh, acknowledgedAt: null, acknowledgedBy: null };
  await tx.alert.upsert({ where: { causeKey }, create: { ...fresh, causeKey, ventureId, kind: KIND }, update });
  const payload = { kind: KIND, severity: "warning", ...said };
  const event = { ventureId, type: "alert.raised", actor: SYSTEM, subject: `alert:${causeKey}` };
  await recordEvent(tx, { ...event, payload, at: now });
}

async function clearOne(tx: Tx, ventureId: string, alert: { causeKey: string; title: string }, now: Date) {
  const { causeKey, title } = alert;
  await tx.alert.update({ where: { causeKey }, data: { clearedAt: now } });
  const event = { ventureId, type: "alert.cleared", actor: SYSTEM, subject: `alert:${causeKey}` };
  await recordEvent(tx, { ...event, payload: { kind: KIND, title }, at: now });
}

/**
 * One alert for each cause, a metric that is unusually high or low, while it lasts. Looked at twice, it says the same;
 * what cannot be looked at goes on standing. A venture that has left has none.
 */
export async function raiseMetricAlerts(
  ventureId: string,
  now: Date,
): Promise<{ raised: string[]; cleared: string[] }> {
  const watched = await listMetricWatch(ventureId, now);
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`alerts:${ventureId}`}, 5))`;
    const { stage, archivedAt } = await tx.venture.findUniqueOrThrow({ where: { id: ventureId } });
    const left = stage === "exited" || archivedAt !== null;
    const standing = await tx.alert.findMany({ where: { ventureId, kind: KIND, clearedAt: null } });
    const causes = standing.flatMap(({ causeKey }) => causeIn(causeKey, ventureId) ?? []);
    const { raise, clear } = decideCauses(watched, causes);
    const over = new Set(clear.map((cause) => keyOf(ventureId, cause)));
    // An alert of before the causes were told apart says nothing that theirs do not.
    const ended = standing.filter(
      ({ causeKey }) => left || over.has(causeKey) || (watched.length > 0 && !causeIn(causeKey, ventureId)),
    );
    for (const alert of ended) await clearOne(tx, ventureId, alert, now);
    if (!left) for (const found of raise) await raiseOne(tx, ventureId, found, now);
    return { raised: left ? [] : raise.map(causeOf), cleared: ended.map(({ causeKey }) => causeKey) };
  });
}
