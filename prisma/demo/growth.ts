import { readFileSync } from "node:fs";
import path from "node:path";
import type { Actor } from "@/lib/auth/actor";
import { findCapTableView } from "@/lib/cap-table/queries";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { loadBenchmarks } from "@/lib/growth/mutations/benchmarks/benchmarks";
import { setGroupHolding } from "@/lib/growth/mutations/drivers/group-holding";
import { loadChannelSpend } from "@/lib/growth/mutations/levers/channel-spend";
import { monthsUpTo } from "./calendar";
import { DEMO_UNTIL, type DemoVenture, minorUnit } from "./portfolio";

/** Made up, and labelled so in each row. */
export async function seedBenchmarks(analyst: Actor): Promise<void> {
  const csv = readFileSync(path.join(import.meta.dirname, "benchmarks.csv"), "utf8");
  const outcome = await loadBenchmarks(analyst, csv, clock.now());
  if (!outcome.ok) throw new Error(`The demo's benchmarks were refused: ${JSON.stringify(outcome.problems)}`);
}

/** What the generator spent on winning customers, by channel, over the last two years. */
export function channelCostsCsv({ facts, script }: DemoVenture): string {
  const { currency } = script.venture;
  const decimals = Math.round(Math.log10(minorUnit(currency)));
  const channels = script.customers.channels.map(({ name }) => name);
  const lines = monthsUpTo(DEMO_UNTIL, 24).flatMap((month) =>
    channels.map((channel) => {
      const won = facts.book.customers.filter(({ startedOn }) => startedOn.startsWith(month));
      const cost = won.reduce((sum, { id }) => {
        const used = facts.book.channelOf.get(id);
        return used?.name === channel ? sum + used.acquisitionCost : sum;
      }, 0);
      return `${channel},${month},${cost.toFixed(decimals)},${currency},Marketing`;
    }),
  );
  return ["channel,month,amount,currency,source", ...lines].join("\n");
}

const HOLDING = "Chairman Holdings";

/** Channel costs, and which holder the group is. Safe to repeat. */
export async function loadGrowth(analyst: Actor, ventureId: string, demo: DemoVenture): Promise<void> {
  if ((await db.channelSpend.count({ where: { ventureId } })) === 0) {
    const outcome = await loadChannelSpend(analyst, { ventureId, csv: channelCostsCsv(demo) }, clock.now());
    if (!outcome.ok) throw new Error(`${demo.script.venture.name}, channel costs: ${JSON.stringify(outcome.problems)}`);
  }
  if (await db.groupHolding.findUnique({ where: { ventureId } })) return;
  const view = await findCapTableView(analyst, ventureId);
  const holderIds = view?.holders.filter(({ name }) => name === HOLDING).map(({ holderId }) => holderId) ?? [];
  if (holderIds.length === 0) return;
  const reason = "The holding's own name in the register of shareholders";
  const outcome = await setGroupHolding(analyst, { ventureId, holderIds, version: 0, reason }, clock.now());
  if (!outcome.ok) throw new Error(`${demo.script.venture.name}, the group's holders: ${outcome.refusal}`);
}
