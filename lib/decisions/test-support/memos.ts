import { mintActor } from "@/lib/auth/actor";
import type { Role } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { saveFigures } from "@/lib/figures/mutations";
import { makeFigure } from "@/lib/figures/rules";
import { figureReference } from "@/lib/figures/schema";
import type { AutonomyLevel } from "@/lib/ventures/schema";
import { recordProposal } from "../mutations/proposals";
import type { MemoContent, ProposalInput } from "../schema";

/** Ventures, figures and memos for the tests of this room; no test data leaves it. */
export const NOON = new Date("2026-11-22T12:00:00Z");

export const person = (role: Role, name: string = role, steppedUpAt: Date | null = null) =>
  mintActor({ id: name, ref: `user:${name}`, name, role, ventures: "all", sessionId: null, steppedUpAt });
export const growthAgent = mintActor({
  id: "growth",
  ref: "agent:growth",
  name: "Growth Management Specialist",
  role: "analyst",
  ventures: "all",
  sessionId: null,
  steppedUpAt: null,
});

let made = 0;

export async function makeVenture(
  autonomy: AutonomyLevel = "assisted",
  currency = "USD",
  slug: string | null = null,
): Promise<string> {
  made += 1;
  const { id } = await db.venture.create({
    data: {
      slug: slug ?? `venture-${made}`,
      name: `Venture ${made}`,
      sector: "Software",
      businessModel: "saas",
      currency,
      country: "US",
      timeZone: "America/New_York",
      settings: { create: { profile: "balanced", autonomy } },
    },
  });
  return id;
}

/** Twelve months of revenue; the balanced profile's growth budget is 20 % of their sum. */
export async function reportRevenue(ventureId: string, perMonth: number, currency = "USD"): Promise<void> {
  const source = await db.dataSource.create({ data: { ventureId, name: "Books", kind: "manual" } });
  const at = new Date("2026-11-01T00:00:00Z");
  await db.metricPoint.createMany({
    data: Array.from({ length: 12 }, (_, i) => ({
      ...{ ventureId, metric: "revenue", basis: "actual" as const, grain: "month", value: perMonth, currency },
      periodStart: new Date(Date.UTC(2025, 10 + i, 1)),
      ...{ sourceId: source.id, asOf: at, recordedAt: at, recordedBy: "user:test" },
    })),
  });
}

export const costFigure = (ventureId: string, value = "42000", version = 1, unit = "USD") =>
  makeFigure({
    label: "Cost of the retention programme",
    value,
    unit,
    asOf: NOON.toISOString(),
    method: "test.cost@1",
    formula: "person-months × cost per head",
    inputs: { venture: { value: ventureId } },
    sources: [{ kind: "dataset", ventureId, dataset: "metric:operating_expenses", version, rows: 12, filter: {} }],
  });

export async function proposalFor(ventureId: string, more: Partial<ProposalInput> = {}): Promise<ProposalInput> {
  const figure = costFigure(ventureId);
  const [quote] = await db.$transaction((tx) => saveFigures(tx, ventureId, [figure], NOON));
  if (!quote) throw new Error("The figure was not stored");
  return {
    ventureId,
    agent: "growth",
    runId: null,
    title: "Start a retention programme for small customers",
    rationale: "Small customers leave sooner than large ones.",
    actionClass: "growth.start-initiative",
    stakeMinor: null,
    stakeCurrency: null,
    content: contentFor(figure.id, quote.revision),
    dedupeKey: `test:${ventureId}:${more.title ?? "1"}`,
    ...more,
  };
}

export function contentFor(cost: string, revision: number, budgetMinor = "4200000", currency = "USD"): MemoContent {
  return {
    recommendation: `Start it; it costs ${figureReference(cost)}.`,
    recommendedOption: "start",
    why: ["Small customers leave sooner than large ones."],
    options: [
      {
        id: "start",
        title: "Start the programme",
        text: "",
        consequences: [{ label: "Cost", figure: cost }],
        action: {
          type: "growth.start-initiative",
          ...{ lever: "retention-gap:small", title: "Retention programme", ownerRole: "Head of Customer Success" },
          ...{ budgetMinor, budgetFigure: cost, currency, metric: "gross_revenue_retention", baselineFigure: null },
          ...{
            targetValue: "0.92",
            targetFigure: null,
            reviewAfterDays: 90,
            stopRule: "Stop if retention has not moved.",
          },
          milestones: [
            { title: "Interview customers who left", afterDays: 14 },
            { title: "First measure in place", afterDays: 30 },
          ],
        },
      },
      { id: "nothing", title: "Do nothing", text: "Retention stays where it is.", consequences: [], action: null },
    ],
    evidence: { figures: [], artefactId: null },
    reversibility: "Can be stopped at any time.",
    onApproval: ["An initiative with two milestones is started."],
    dissent: [],
    quotes: [{ id: cost, revision }],
  };
}

/** A memo of the growth agent that waits for a verdict. */
export async function openMemo(ventureId: string, more: Partial<ProposalInput> = {}, now = NOON): Promise<string> {
  const outcome = await recordProposal(growthAgent, await proposalFor(ventureId, more), now);
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value.memoId;
}

/** The chairman gives every agent back what the rule took away: what was reversed until now counts no more. */
export const giveRightsBack = (now = NOON) =>
  db.demotion.updateMany({
    where: { liftedAt: null },
    data: { liftedAt: now, liftedBy: "user:grace", liftReason: "Looked into it" },
  });
