import "server-only";
import { db, type Prisma, type Tx } from "@/lib/db";
import { env } from "@/lib/env";
import { canMail } from "@/lib/integrations/mail";
import { dayDate, dayText } from "@/lib/metrics/rules/periods";
import { engineClient, startInTransaction } from "@/lib/workflows/transport";
import { loadSettings } from "../queries/alert-list";
import { alertLetter, alertState, settingOf } from "../rules/alert-care";

const MOST_AT_ONCE = 200;

type Row = Awaited<ReturnType<typeof unposted>>[number];

/** Raisings that were not passed on yet; `ventureId` null: of every venture and of the holding. */
function unposted(ventureId: string | null, today: string) {
  const ofOne = ventureId ? { ventureId } : {};
  // Those that are muted for months must not fill the places of the others.
  const told = { OR: [{ mutedUntil: null }, { mutedUntil: { lt: dayDate(today) } }] };
  const due = { OR: [{ postedAt: null }, { postedAt: { lt: db.alert.fields.raisedAt } }] };
  return db.alert.findMany({
    where: { ...ofOne, clearedAt: null, AND: [told, due] },
    orderBy: { raisedAt: "asc" },
    take: MOST_AT_ONCE,
  });
}

/** The chairmen who see the venture; of the holding those who see all of it. */
const readers = (tx: Tx, ventureId: string | null) =>
  tx.user.findMany({
    where: {
      ...{ disabledAt: null, role: "chairman" },
      OR: [{ grants: { none: {} } }, ...(ventureId ? [{ grants: { some: { ventureId } } }] : [])],
    },
    select: { id: true, name: true, email: true },
    orderBy: { id: "asc" },
  });

/** One letter to each reader, once for each raising: the key is the alert, the moment and the person. */
async function mail(tx: Tx, alert: Row, severity: string, now: Date): Promise<number> {
  const { id, ventureId, raisedAt, title, detail } = alert;
  const venture = ventureId
    ? await tx.venture.findUnique({ where: { id: ventureId }, select: { slug: true, name: true } })
    : null;
  const site = (env().NEXTAUTH_URL ?? "http://127.0.0.1:3000").replace(/\/$/, "");
  const { subject, text } = alertLetter({ id, severity, title, detail, venture }, site);
  const people = await readers(tx, ventureId);
  for (const { id: userId, name, email } of people) {
    const key = `alert:${id}:${raisedAt.getTime()}:${userId}`;
    const letter = { to: email, subject };
    const payload = { endpointId: "", ventureId, url: `mailto:${email}`, name, body: text, letter };
    const message = { key, channel: "mail", createdAt: now, nextAt: now, subject: `alert:${alert.causeKey}` };
    const data = { ...message, payload: payload as Prisma.InputJsonObject };
    const row = await tx.outboxMessage.upsert({ where: { key }, create: data, update: {} });
    await startInTransaction(tx, { name: "outbound", id: `outbound:${row.id}`, args: [row.id] });
  }
  return people.length;
}

/**
 * Passes on what was raised since it was last called: a letter where the kind asks for one and a mail server is set up,
 * once per raising whoever calls and however often. What is muted or put off waits until it is neither.
 */
export async function postAlerts(ventureId: string | null, now: Date): Promise<{ letters: number }> {
  const today = now.toISOString().slice(0, 10);
  const [rows, settings] = await Promise.all([unposted(ventureId, today), loadSettings()]);
  if (rows.length === 0) return { letters: 0 };
  const mayMail = canMail();
  if (mayMail) await engineClient();
  let letters = 0;
  for (const { id } of rows) {
    letters += await db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM "alert" WHERE "id" = ${id}::uuid FOR UPDATE`;
      const alert = await tx.alert.findUniqueOrThrow({ where: { id } });
      if (alert.clearedAt || (alert.postedAt && alert.postedAt >= alert.raisedAt)) return 0;
      const snoozedUntil = alert.snoozedUntil && dayText(alert.snoozedUntil);
      const mutedUntil = alert.mutedUntil && dayText(alert.mutedUntil);
      const state = alertState({ ...alert, snoozedUntil, mutedUntil }, today);
      if (state === "muted" || state === "snoozed") return 0;
      const { severity, channels } = settingOf(alert.kind, alert.severity, settings.get(alert.kind));
      const sent = mayMail && channels.includes("email") ? await mail(tx, alert, severity, now) : 0;
      await tx.alert.update({ where: { id }, data: { postedAt: now } });
      return sent;
    });
  }
  return { letters };
}
