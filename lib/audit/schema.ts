import { z } from "zod";

export const verificationSchema = z.object({
  chains: z.number().int().nonnegative(),
  events: z.number().int().nonnegative(),
  firstBreak: z
    .object({
      chain: z.string(),
      seq: z.number().int().positive(),
      problem: z.enum(["missing", "altered", "unlinked", "truncated", "unrecorded", "resealed"]),
    })
    .nullable(),
});

/**
 * What a reader of the log looks for, and the events that are about it: a noun stands for every event of it. The key stands
 * in the address; one that is no topic is a noun, or an event, itself.
 */
export const EVENT_TOPICS: Readonly<Record<string, { label: string; types: readonly string[] }>> = {
  memo: { label: "Decisions and memos", types: ["memo", "proposal"] },
  policy: {
    label: "Policy, pauses and demotions",
    types: ["policy", "agents", "agent.demoted", "agent.demotion-lifted", "proposal.forbidden", "venture.configured"],
  },
  alert: { label: "Alerts, escalations and risks", types: ["alert", "risk", "agent.refused"] },
  run: { label: "Agents’ runs", types: ["run", "agent.refused"] },
  artefact: { label: "Reports and contradictions", types: ["artefact", "weekly"] },
  digest: { label: "Digests and what was sent outside", types: ["digest", "outbound", "endpoint"] },
  stage: { label: "Stage 40", types: ["stage", "exit-preparation", "value-realization"] },
  directive: { label: "Governance", types: ["directive", "governance", "handoff", "learning", "signal"] },
  initiative: {
    label: "Growth",
    types: ["initiative", "experiment", "growth-cycle", "forecast", "driver-tree", "channel-spend", "note"],
  },
  metric: { label: "Metrics, figures and rates", types: ["metric", "figure", "rates", "benchmarks"] },
  import: { label: "Imports and exports", types: ["import", "export"] },
  readiness: { label: "Exit readiness", types: ["readiness", "finding"] },
  valuation: {
    label: "Valuation and timing",
    types: ["valuation", "valuation-plan", "timing", "comparable", "comparables", "market-series"],
  },
  buyer: { label: "Buyers", types: ["buyer"] },
  "data-room": { label: "Data room", types: ["data-room", "document", "question", "request", "room-group"] },
  deal: {
    label: "Deal and closing",
    types: ["sale", "deal", "offer", "closing", "deal-document", "document-template"],
  },
  payments: {
    label: "Money",
    types: [
      ...["payments", "payee", "distribution", "ledger", "tranche", "bank-account", "bank-line", "bank-statement"],
      ...["holder-statement", "holder-access"],
    ],
  },
  "cap-table": { label: "Cap table", types: ["cap-table", "group-holding", "lot-cost"] },
  venture: { label: "Ventures", types: ["venture", "portfolio-view", "demo"] },
  session: {
    label: "People and sign-ins",
    types: ["session", "user", "invitation", "identity", "password", "second-factor", "access-token"],
  },
  audit: { label: "The record itself", types: ["audit"] },
};

/** The nouns and events behind what was asked for. */
export const typesOf = (asked: string): readonly string[] => EVENT_TOPICS[asked]?.types ?? [asked];
