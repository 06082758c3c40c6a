import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { toMinor } from "@/lib/money";
import { CHANNEL_SPEND } from "../../queries/levers/channel-spend";
import { readRows } from "../../rules/benchmarks/benchmark-file";
import { CHANNEL_SPEND_COLUMNS, channelSpendRowSchema } from "../../schema/benchmarks";
import type { Loaded } from "../benchmarks/benchmarks";
import { bumpDataset, lockDataset, TRANSACTION } from "../drivers/driver-tree";

const dayOf = (text: string): Date => new Date(`${text}T00:00:00Z`);

/** What was spent by channel and month, all rows or none; a month that is held already is replaced. */
export async function loadChannelSpend(
  actor: Actor,
  { ventureId, csv }: { ventureId: string; csv: string },
  now: Date,
): Promise<Result<Loaded, "INVALID_INPUT">> {
  const venture = await db.venture.findUnique({ where: { id: ventureId } });
  if (!venture || !maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const read = readRows(csv, CHANNEL_SPEND_COLUMNS, channelSpendRowSchema);
  if (!read.ok) return read;
  const foreign = read.value.findIndex(({ currency }) => currency !== venture.currency);
  if (foreign >= 0) {
    const path = `line ${foreign + 2}, currency`;
    return refuse("INVALID_INPUT", [{ path, expected: `the venture's currency, ${venture.currency}` }]);
  }
  const rows = read.value;
  await db.$transaction(async (tx) => {
    await lockDataset(tx, ventureId, CHANNEL_SPEND, now);
    for (const { channel, month, amount, currency, source } of rows) {
      const key = { ventureId, channel, month: dayOf(`${month}-01`) };
      const data = { amountMinor: toMinor(amount, currency), currency, source, loadedBy: actor.ref, loadedAt: now };
      const where = { ventureId_channel_month: key };
      await tx.channelSpend.upsert({ where, create: { ...key, ...data }, update: data });
    }
    const { version } = await bumpDataset(tx, ventureId, CHANNEL_SPEND, now);
    const channels = [...new Set(rows.map(({ channel }) => channel))];
    const payload = { rows: rows.length, channels, version };
    const subject = `venture:${ventureId}`;
    await recordEvent(tx, { ventureId, type: "channel-spend.loaded", actor: actor.ref, subject, payload, at: now });
  }, TRANSACTION);
  return ok({ rows: rows.length, changed: rows.length });
}
