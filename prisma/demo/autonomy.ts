import type { Actor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { proposePromotions } from "@/lib/decisions/mutations/autonomy/promotions";
import { setRow } from "@/lib/decisions/mutations/autonomy/rows";
import { carryOut } from "@/lib/decisions/mutations/execution";
import { recordProposal } from "@/lib/decisions/mutations/proposals";
import { reverseDecision, undoDeed } from "@/lib/decisions/mutations/reversal";
import { recordVerdict } from "@/lib/decisions/mutations/verdicts";
import { scoreMemo } from "@/lib/decisions/rules/score-memo";
import type { MemoContent } from "@/lib/decisions/schema";
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

type Effort = { on: string; lever: string; title: string; owner: string; minor: string; why: string };

/** What the Growth agent proposed where the chairman let it spend a little; made up. */
const LAPSED: Effort = {
  ...{ on: "2026-08-12", lever: "win-back", title: "Remind lapsed subscribers by mail", owner: "Head of Marketing" },
  ...{ minor: "900000", why: "Subscribers who lapsed last year came back before when they were reminded." },
};
const FRIEND: Effort = {
  ...{
    on: "2026-09-09",
    lever: "referral",
    title: "Give subscribers a free month for a friend",
    owner: "Head of Marketing",
  },
  ...{ minor: "1200000", why: "Friends of subscribers stay longer than those who come through advertising." },
};
const SPENDS = { agent: "growth", actionClass: "growth.start-initiative" } as const;

function effortContent({ lever, title, owner, minor, why }: Effort, currency: string): MemoContent {
  const rest = { baselineFigure: null, targetValue: null, targetFigure: null, budgetFigure: null, reviewAfterDays: 90 };
  const plan = { ownerRole: owner, stopRule: "Stop if nobody comes back in a month.", metric: "net_revenue_retention" };
  const milestones = [{ title: "The first letters are out", afterDays: 14 }];
  const about = { type: "growth.start-initiative" as const, lever, title, budgetMinor: minor, currency };
  const action = { ...about, ...rest, ...plan, milestones };
  return {
    ...{ recommendation: `${why} It is small and can be stopped.`, recommendedOption: "start", why: [why] },
    options: [
      { id: "start", title, text: "", consequences: [], action },
      { id: "nothing", title: "Do nothing", text: "Who has lapsed stays away.", consequences: [], action: null },
    ],
    ...{
      evidence: { figures: [], artefactId: null },
      reversibility: "Can be stopped at any time.",
      dissent: [],
      quotes: [],
    },
    onApproval: ["The initiative is started with its first milestone."],
  };
}

async function proposeEffort(venture: Venture, effort: Effort): Promise<string> {
  const { title, why: rationale, on, lever } = effort;
  const about = { ventureId: venture.id, agent: SPENDS.agent, actionClass: SPENDS.actionClass, runId: null };
  const stake = { stakeMinor: null, stakeCurrency: null, dedupeKey: `demo:${venture.slug}:${lever}` };
  const content = effortContent(effort, venture.currency);
  const proposal = { ...about, ...stake, title, rationale, content };
  return must(await recordProposal(agentActor(SPENDS.agent, venture.id), proposal, at(on, 6))).memoId;
}

/** It was let spend a little, did what the chairman did not want, and lost the right by the rule: the way down. */
async function seedLostRight(chairman: Actor, venture: Venture): Promise<void> {
  if ((await db.proposal.count({ where: { dedupeKey: `demo:${venture.slug}:${FRIEND.lever}` } })) > 0) return;
  const row = { ventureId: venture.id, ...SPENDS, level: "auto" as const, limitUsd: "15000", version: 0 };
  const set = await setRow(chairman, { ...row, reason: "Small campaigns need no memo of mine" }, at("2026-08-10", 9));
  if (!set.ok && set.refusal !== "CONFLICT") must(set);
  const memoId = await proposeEffort(venture, LAPSED);
  await carryOut(memoId, 1, { key: `demo:${memoId}`, now: at("2026-08-12", 7) });
  const reason = "People who had cancelled were written to; we do not do that";
  const reversed = await reverseDecision(chairman, { memoId, version: 1, reason }, at("2026-08-26", 8));
  if (!reversed.ok && reversed.refusal !== "CONFLICT") must(reversed);
  await undoDeed(memoId, 1, at("2026-08-26", 9));
  const friend = await proposeEffort(venture, FRIEND);
  const note = "A month of margin is more than a friend brings";
  must(await recordVerdict(chairman, { verdict: "rejected", memoId: friend, version: 1, note }, at("2026-09-10", 8)));
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
  const spender = bySlug.get(TRUSTED.slug);
  if (spender) await seedLostRight(chairman, spender);
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
  if (!venture || (await db.policyRow.count({ where: { ventureId: venture.id, ...ABOUT } })) > 0) return;
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
