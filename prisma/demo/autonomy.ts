import type { Actor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { proposePromotions } from "@/lib/decisions/mutations/autonomy/promotions";
import { setRow } from "@/lib/decisions/mutations/autonomy/rows";
import { carryOut } from "@/lib/decisions/mutations/execution";
import { recordProposal } from "@/lib/decisions/mutations/proposals";
import { recordVerdict } from "@/lib/decisions/mutations/verdicts";
import { scoreMemo } from "@/lib/decisions/rules/score-memo";
import { keepReadiness } from "@/lib/readiness/mutations/keep";
import { criterionOf } from "@/lib/readiness/rules/criteria";
import { agentActor, policyActor } from "@/lib/workflows/agent-actor";

type Answer = readonly [on: string, criterion: string, score: number, seen: string, refused?: string];

/** What the Exit agent answered at ventures that nobody had looked at, and the once that the chairman said no: made up. */
const ANSWERED: Readonly<Record<string, readonly Answer[]>> = {
  "lumen-health": [
    ["2026-07-06", "tax", 3, "Assessments to 2024 settled, 2025 filed"],
    ["2026-07-08", "litigation", 4, "Letter of counsel: none"],
    ["2026-07-13", "regulatory", 3, "Medical device class I, registrations current"],
    ["2026-07-20", "security", 2, "Penetration test of 2025, four findings open"],
    ["2026-08-03", "processes", 2, "Quality manual without audit"],
    ["2026-08-17", "contracts", 3, "Register of hospital contracts, one expired"],
    ["2026-09-07", "satisfaction", 3, "NPS 39, five references"],
  ],
  halcyon: [
    ["2026-07-14", "litigation", 3, "One claim of a supplier, insured"],
    ["2026-07-28", "security", 3, "SOC 2 type I"],
    ["2026-08-11", "contracts", 2, "A third of the contracts expired"],
    ["2026-08-31", "regulatory", 3, "UKCA and CE files of the devices"],
    ["2026-09-21", "tax", 3, "Returns filed to 2025"],
    ["2026-10-12", "processes", 2, "Support handbook; no runbook for devices"],
  ],
  "tsubame-commerce": [
    ["2026-07-22", "litigation", 4, "Letter of counsel: none"],
    ["2026-08-05", "tax", 3, "Consumption tax audit 2025 closed"],
    ["2026-08-24", "position", 4, "Own survey of subscribers", "A survey of one’s own says nothing about the market"],
    ["2026-10-05", "contracts", 3, "Carrier and supplier contracts, none expired"],
    ["2026-10-07", "regulatory", 3, "Food import licences current"],
    ["2026-10-14", "processes", 3, "Warehouse handbook, audited in spring"],
    ["2026-10-19", "satisfaction", 3, "Reviews 4.4 of 5 over twelve months"],
  ],
  "kestrel-freight": [
    ["2026-08-06", "litigation", 3, "Two claims of carriers, provided for"],
    ["2026-08-20", "regulatory", 4, "Freight forwarding licence, renewed 2026"],
    ["2026-09-03", "contracts", 2, "Framework contracts, half without an end date"],
    ["2026-09-17", "tax", 2, "VAT audit of 2024 open"],
    ["2026-10-01", "security", 2, "Pentest planned, policies in place"],
    ["2026-11-04", "processes", 3, "Claims handling audited by the insurer"],
  ],
};

/** From here on the agent may answer by itself where the chairman has seen enough of it. */
const TRUSTED = {
  slug: "tsubame-commerce",
  from: "2026-10-01",
  reason: "Four months of answers without a correction that mattered",
};
const ABOUT = { agent: "exit", actionClass: "exit.score-criterion" } as const;

const at = (day: string, hour: number): Date => new Date(`${day}T${String(hour).padStart(2, "0")}:00:00Z`);

function must<T>(outcome: { ok: true; value: T } | { ok: false; refusal: string; problems?: unknown }): T {
  if (!outcome.ok) throw new Error(`The demo's record of agents was refused: ${outcome.refusal}`);
  return outcome.value;
}

type Venture = { id: string; slug: string; name: string; currency: string };

async function answer(chairman: Actor, venture: Venture, given: Answer): Promise<void> {
  const [on, id, score, label, refused] = given;
  const criterion = criterionOf(id);
  if (!criterion) throw new Error(`The demo knows no criterion ${id}`);
  const about = { ventureId: venture.id, venture: venture.name, currency: venture.currency, criterion, score };
  const draft = scoreMemo({ ...about, evidence: [{ kind: "note", ref: "", label, date: on }], replaces: null });
  const content = { ...draft.content, quotes: [] };
  const stake = { stakeMinor: null, stakeCurrency: null, runId: null };
  const proposal = {
    ...draft,
    ...stake,
    content,
    ventureId: venture.id,
    agent: ABOUT.agent,
    dedupeKey: `demo:${venture.slug}:${id}`,
  };
  const made = must(await recordProposal(agentActor(ABOUT.agent, venture.id), proposal, at(on, 6)));
  const read = { memoId: made.memoId, version: 1 };
  if (made.outcome === "ask") {
    const said = refused
      ? ({ verdict: "rejected", ...read, note: refused } as const)
      : ({ verdict: "approved", ...read, note: "" } as const);
    must(await recordVerdict(chairman, said, at(on, 16)));
  }
  if (!refused) await carryOut(made.memoId, 1, { key: `demo:${made.memoId}`, now: at(on, 17) });
}

/**
 * Four months of the Exit agent's answers and what the chairman made of them, in the order of the days, so that confidence,
 * shadow and record grow as they would have; then what its record has earned. Safe to repeat: it looks for its own trace.
 */
export async function seedAutonomy({ chairman }: { chairman: Actor }): Promise<void> {
  const ventures = await db.venture.findMany({ where: { slug: { in: Object.keys(ANSWERED) } } });
  const bySlug = new Map(ventures.map((venture) => [venture.slug, venture]));
  const all = Object.entries(ANSWERED).flatMap(([slug, answers]) => answers.map((given) => ({ slug, given })));
  all.sort((a, b) => (a.given[0] < b.given[0] ? -1 : 1));
  for (const { slug, given } of all) {
    const venture = bySlug.get(slug);
    if (!venture) continue;
    if (given[0] >= TRUSTED.from) await trust(chairman, bySlug.get(TRUSTED.slug));
    const known = await db.proposal.count({ where: { dedupeKey: `demo:${slug}:${given[1]}` } });
    if (known === 0) await answer(chairman, venture, given);
  }
  for (const { id } of ventures) await keepReadiness(id, "agent:exit", clock.now());
  await proposePromotions(policyActor, clock.now());
}

async function trust(chairman: Actor, venture: Venture | undefined): Promise<void> {
  if (!venture || (await db.policyRow.count({ where: { ventureId: venture.id } })) > 0) return;
  const row = {
    ventureId: venture.id,
    ...ABOUT,
    level: "auto" as const,
    limitUsd: null,
    version: 0,
    reason: TRUSTED.reason,
  };
  must(await setRow(chairman, row, at(TRUSTED.from, 9)));
}
