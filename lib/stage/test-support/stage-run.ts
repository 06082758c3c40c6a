import { mintActor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { person } from "@/lib/decisions/test-support/memos";
import { months, reportMonths } from "@/lib/metrics/test-support/facts";
import { issueCertificate } from "../mutations/certificate";
import { overrideCriterion } from "../mutations/overrides";
import { beginGrowth, leaveStage, noteCriteria, noteStage, readStageMove, stopStage } from "../mutations/run-steps";
import { openWaiting } from "../mutations/signals";
import type { CriterionId } from "../schema/run";

/** A mature venture, and the run of its stage followed by hand. */

export const NOW = clock.now();
export const grace = person("chairman", "grace", NOW);
export const ana = person("analyst", "ana");
export const coordinator = mintActor({
  ...{ id: "agent:coordinator", ref: "agent:coordinator", name: "Active Venture Coordinator", role: "analyst" },
  ...{ ventures: "all", sessionId: null, steppedUpAt: null },
});

let made = 0;
export async function mature(maturityScore: number | null): Promise<{ ventureId: string; slug: string }> {
  made += 1;
  const slug = `mature-${made}`;
  const { id: ventureId } = await db.venture.create({
    data: {
      ...{ slug, name: `Mature ${made}`, sector: "Software", businessModel: "saas", currency: "EUR", country: "DE" },
      ...{ timeZone: "Europe/Berlin", stage: "mature", maturityScore },
      settings: { create: { profile: "aggressive", autonomy: "manual" } },
    },
  });
  const monthly = (metric: string, value: (index: number) => number, currency: string | null) =>
    reportMonths(ventureId, metric, months("2024-01", 30, value), "Accounts", currency);
  await monthly("revenue", (index) => 100_000 + 5_000 * index, "EUR");
  await monthly("valuation", () => 9_000_000, "EUR");
  await monthly("exit_readiness", () => 82, null);
  return { ventureId, slug };
}

export const runOf = (ventureId: string) =>
  db.stageRun.findFirstOrThrow({ where: { ventureId }, orderBy: { ordinal: "desc" } });

/** What the durable run does, step by step, until it waits or ends. */
export async function follow(runId: string, most = 40): Promise<string[]> {
  const kinds: string[] = [];
  for (let step = 0; step < most; step += 1) {
    const move = await readStageMove(runId, NOW);
    if (move.kind === "wait" || move.kind === "end") return [...kinds, move.kind];
    kinds.push(move.kind);
    if (move.kind === "open") await openWaiting(runId, coordinator, NOW);
    else if (move.kind === "grow") await beginGrowth(runId, coordinator, NOW);
    else if (move.kind === "note") await noteStage(runId, NOW);
    else if (move.kind === "criteria") await noteCriteria(runId, NOW);
    else if (move.kind === "certify") await issueCertificate(runId, coordinator, NOW);
    else if (move.kind === "exit") await leaveStage(runId, coordinator, NOW);
    else if (move.kind === "stop") await stopStage(runId, NOW);
  }
  throw new Error(kinds.join());
}

export const pass = (ventureId: string, criterion: CriterionId, reason = "Seen with my own eyes") =>
  overrideCriterion(grace, { ventureId, criterion, reason }, NOW);
