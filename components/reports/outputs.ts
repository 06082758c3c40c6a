import type { ReportRoom } from "@/lib/reports/schema";

export type Output = { kind: string; title: string; empty: string };

/** What the Growth agent owes a venture, in the order in which it is read (spec/stage-40, section 3). */
const GROWTH: readonly Output[] = [
  {
    kind: "growth-lever-report",
    title: "Growth lever analysis",
    empty: "The growth panel writes the first: press “Run growth analysis” on the overview.",
  },
  {
    kind: "strategy-plan",
    title: "Strategy execution plans",
    empty: "An approved lever becomes an initiative, and each initiative has its plan.",
  },
  {
    kind: "performance-dashboard",
    title: "Performance dashboard",
    empty: "A version keeps every measure as it stands on a day, to be compared with later ones.",
  },
  {
    kind: "optimization-recommendations",
    title: "Optimization recommendations",
    empty: "What to start, what to go on with and what to leave, from the levers and the initiatives.",
  },
  {
    kind: "growth-cycle-report",
    title: "Growth cycle reports",
    empty: "Each turn of the growth loop ends with one: what was forecast, and what came.",
  },
];

/** The same of the Exit agent. */
const EXIT: readonly Output[] = [
  {
    kind: "exit-readiness-report",
    title: "Exit readiness report",
    empty: "The score with its evidence and what would raise it; the advisor writes one at each check as well.",
  },
  {
    kind: "target-buyer-list",
    title: "Target buyer list",
    empty: "Who may buy, on which list and why, and where each stands.",
  },
  {
    kind: "due-diligence-package",
    title: "Due diligence package",
    empty: "The index of the data room with what is filed and what is missing.",
  },
  { kind: "valuation-report", title: "Valuation report", empty: "It is written on the valuation page." },
  {
    kind: "valuation-optimization-plan",
    title: "Valuation optimization plan",
    empty: "What raises the value most for the effort, and in which order.",
  },
  { kind: "exit-teaser", title: "Teaser", empty: "A draft without the company's name; what is not stored is marked." },
  {
    kind: "information-memorandum",
    title: "Information memorandum",
    empty: "A draft for those who signed the NDA; what is not stored is marked.",
  },
];

/** The same of the Value Realization Manager. */
const DEAL: readonly Output[] = [
  {
    kind: "deal-negotiation-report",
    title: "Deal negotiation report",
    empty: "The manager writes the first: press the button of its panel on the overview of the deal.",
  },
  {
    kind: "transaction-status-update",
    title: "Transaction status updates",
    empty: "Each is written on the closing page: what is open, late and signed on that day.",
  },
  { kind: "funds-flow-statement", title: "Funds-flow statement", empty: "It is written on the waterfall page." },
];
export const OUTPUTS: Readonly<Record<ReportRoom, readonly Output[]>> = { growth: GROWTH, exit: EXIT, deal: DEAL };

/** Those that rules write when a person asks, and what the button says; the others come out of runs and decisions. */
export const WRITTEN = {
  "performance-dashboard": "Keep today's performance",
  "optimization-recommendations": "Write recommendations",
  "exit-readiness-report": "Write the readiness report",
  "valuation-optimization-plan": "Write the plan",
  "due-diligence-package": "Keep today's package",
  "target-buyer-list": "Keep today's list",
  "exit-teaser": "Draft the teaser",
  "information-memorandum": "Draft the memorandum",
} as const;
export type WrittenKind = keyof typeof WRITTEN;
export const isWritten = (kind: string): kind is WrittenKind => kind in WRITTEN;
