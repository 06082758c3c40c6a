import { figureReference } from "@/lib/figures/schema";
import { announcementLine, type OutboundTarget } from "@/lib/growth/rules/initiatives/initiative-outbound";
import { LEVER_METRICS, type LeverKind } from "@/lib/growth/schema";
import { DO_NOTHING, type MemoContent, type MemoOption, type Milestone, type Quote } from "../schema";
import type { ProposedLever } from "../schema/levers";
import { quotedFigures } from "./memo-content";

type Plan = {
  title: (subject: string) => string;
  ownerRole: string;
  milestones: readonly Milestone[];
  stopRule: string;
  ifNot: string;
};

const milestone = (afterDays: number, title: string): Milestone => ({ title, afterDays });

/** How each kind of lever is carried out: the work, who owns it, and what ends it. A template, and said to be one. */
const PLANS: Readonly<Record<LeverKind, Plan>> = {
  "retention-gap": {
    title: (subject) => `Close the retention gap of ${subject}`,
    ownerRole: "Head of Customer Success",
    milestones: [
      milestone(21, "Interview customers of the group who left or shrank"),
      milestone(45, "Agree on the two causes to remove first"),
      milestone(90, "First remedy in place for the whole group"),
      milestone(180, "Compare retention with the best group"),
    ],
    stopRule: "Stop if the group's retention has not risen by the second review.",
    ifNot: "The group goes on leaving sooner than the best one.",
  },
  "expansion-gap": {
    title: (subject) => `Grow accounts in ${subject} as in the best segment`,
    ownerRole: "Head of Account Management",
    milestones: [
      milestone(21, "List what the best segment buys that this one does not"),
      milestone(45, "Offer it to the ten largest accounts"),
      milestone(90, "Make the offer part of every review with the customer"),
      milestone(180, "Compare expansion with the best segment"),
    ],
    stopRule: "Stop if expansion of the segment has not risen by the second review.",
    ifNot: "The segment's accounts stay at the size they have.",
  },
  "price-dispersion": {
    title: (subject) => `Bring prices on ${subject} closer together`,
    ownerRole: "Chief Financial Officer",
    milestones: [
      milestone(14, "List the contracts far below the usual price, with their renewal dates"),
      milestone(30, "Decide who is exempt and why"),
      milestone(60, "Announce the new price at renewal"),
      milestone(120, "Compare losses among them with the others"),
    ],
    stopRule: "Stop if more of these customers leave than of the others.",
    ifNot: "The same product goes on being sold at very different prices.",
  },
  "channel-mix": {
    title: (subject) => `Move acquisition away from ${subject}`,
    ownerRole: "Head of Marketing",
    milestones: [
      milestone(14, "Hold spending in the channel at today's level"),
      milestone(45, "Shift a share of it to the channel whose customers stay"),
      milestone(120, "Compare the new customers of both"),
    ],
    stopRule: "Stop if new revenue falls and is not made up for by the other channel at the second review.",
    ifNot: "Money goes on buying customers who leave sooner.",
  },
  concentration: {
    title: () => "Depend less on the largest customers",
    ownerRole: "Chief Executive Officer",
    milestones: [
      milestone(30, "Renew the largest contracts early, for longer"),
      milestone(60, "Name the next ten accounts that can grow"),
      milestone(180, "Compare the share of the largest customers"),
    ],
    stopRule: "Stop when the share of the largest customers is back under the limit.",
    ifNot: "One departure goes on being able to change the year.",
  },
  "benchmark-retention": {
    title: (subject) => `Keep as much of the revenue of ${subject} as comparable companies do`,
    ownerRole: "Head of Customer Success",
    milestones: [
      milestone(30, "Ask the customers who left in the last year why they did"),
      milestone(60, "Agree on the causes that comparable companies do not have"),
      milestone(120, "First remedies in place for all customers"),
      milestone(270, "Compare retention with the benchmark"),
    ],
    stopRule: "Stop if retention has not risen by the third review.",
    ifNot: "More revenue goes on being lost than at comparable companies.",
  },
  "benchmark-expansion": {
    title: (subject) => `Grow the accounts of ${subject} as comparable companies do`,
    ownerRole: "Head of Account Management",
    milestones: [
      milestone(30, "List what the largest accounts do not use yet"),
      milestone(60, "Name what could be sold to them, with prices"),
      milestone(120, "Offered to every account at its review"),
      milestone(270, "Compare net retention with the benchmark"),
    ],
    stopRule: "Stop if expansion has not risen by the third review.",
    ifNot: "Accounts stay smaller than at comparable companies.",
  },
  "cohort-decay": {
    title: () => "Keep new customers through their first half year",
    ownerRole: "Head of Customer Success",
    milestones: [
      milestone(21, "Find what changed between the cohorts: channel, price, promise, onboarding"),
      milestone(45, "Undo or repair it for the next cohort"),
      milestone(90, "Every new customer has reached first use"),
      milestone(210, "Compare the first half year of the next cohort"),
    ],
    stopRule: "Stop if the next cohort leaves as soon as the last one.",
    ifNot: "Customers go on being won who do not stay.",
  },
  "funnel-drop": {
    title: () => "Win back what the funnel has lost in a year",
    ownerRole: "Head of Marketing",
    milestones: [
      milestone(14, "Find what changed at the step in the year"),
      milestone(30, "First change tried on part of the visitors"),
      milestone(60, "Decide by the result"),
      milestone(120, "Compare the rate of the step with last year's"),
    ],
    stopRule: "Stop if the rate of the step has not risen by the second review.",
    ifNot: "The same effort goes on bringing fewer customers.",
  },
  "channel-payback": {
    title: (subject) => `Spend less on winning customers through ${subject}`,
    ownerRole: "Head of Marketing",
    milestones: [
      milestone(14, "Measure what the channel costs on its own"),
      milestone(45, "Shift a share of it to the channel that pays back sooner"),
      milestone(120, "Compare what the new customers of both pay"),
    ],
    stopRule: "Stop if the other channel's new customers pay no more once it grows.",
    ifNot: "Money goes on buying customers who pay it back late.",
  },
};

const REVIEW_AFTER_DAYS = 90;

export type InitiativeFacts = {
  lever: ProposedLever;
  ventureName: string;
  recommendation: string;
  why: readonly string[];
  dissent: MemoContent["dissent"];
  artefactId: string | null;
  currency: string;
  budgetMinor: bigint;
  targetValue: string | null;
  /** Who outside the holding is told when it is approved. */
  outbound?: readonly OutboundTarget[];
};

export type InitiativeMemo = { title: string; content: Omit<MemoContent, "quotes"> };

/** The memo for one lever: what the model wrote is the reasoning, everything with a number is taken from its figures. */
export function initiativeMemo(facts: InitiativeFacts): InitiativeMemo {
  const { lever, recommendation, why, dissent, artefactId } = facts;
  const plan = PLANS[lever.kind];
  const title = plan.title(lever.subject ?? facts.ventureName);
  const { figures } = lever;
  const start: MemoOption = {
    id: "start",
    title: "Start it",
    text: plan.stopRule,
    consequences: startConsequences(lever),
    action: actionFor(facts, plan, title),
  };
  const nothing: MemoOption = {
    id: DO_NOTHING,
    title: "Do nothing",
    text: plan.ifNot,
    consequences: [{ label: "Stays as it is", figure: figures.measure }],
    action: null,
  };
  const onApproval = [
    `The initiative “${title}” is planned, starting that day, with a budget of ${figureReference(figures.cost)}.`,
    `${plan.ownerRole} owns it; its milestones become tasks with dates.`,
    ...consequencesOutside(facts.outbound ?? []),
  ];
  const content = {
    ...{ recommendation, recommendedOption: "start", why: [...why], options: [start, nothing], onApproval, dissent },
    evidence: { figures: Object.values(figures).filter((id) => id !== null), artefactId },
    reversibility: "Can be stopped at any time; what has been spent by then is spent.",
  };
  return { title, content };
}

/** Exactly what leaves the holding, or that nothing does. */
function consequencesOutside(outbound: readonly OutboundTarget[]): string[] {
  const measured = "The effect is measured and reported at each review. No money leaves";
  if (outbound.length === 0) return [`${measured} and nothing is sent outside.`];
  return [`${measured}.`, ...outbound.map(announcementLine)];
}

function startConsequences({ figures }: ProposedLever): MemoOption["consequences"] {
  const rows: [string, string | null][] = [
    ["Revenue, likely", figures.effect],
    ["Revenue, low", figures.effectLow],
    ["Revenue, high", figures.effectHigh],
    ["Cost", figures.cost],
    ["Return on it", figures.roi],
  ];
  return rows.flatMap(([label, figure]) => (figure ? [{ label, figure }] : []));
}

function actionFor(
  { lever, currency, budgetMinor, targetValue, outbound = [] }: InitiativeFacts,
  plan: Plan,
  title: string,
) {
  return {
    type: "growth.start-initiative" as const,
    ...{ lever: lever.id, title, ownerRole: plan.ownerRole, currency, metric: LEVER_METRICS[lever.kind], targetValue },
    budgetMinor: budgetMinor.toString(),
    budgetFigure: lever.figures.cost,
    baselineFigure: lever.figures.measure,
    targetFigure: lever.figures.target ?? lever.figures.against,
    milestones: [...plan.milestones],
    reviewAfterDays: REVIEW_AFTER_DAYS,
    stopRule: plan.stopRule,
    ...(outbound.length > 0 ? { outbound: [...outbound] } : {}),
  };
}

/** Adds the revisions; null where a quoted figure has none. */
export function withQuotes(
  content: Omit<MemoContent, "quotes">,
  revisions: ReadonlyMap<string, number>,
): MemoContent | null {
  const quotes: Quote[] = [];
  for (const id of quotedFigures(content)) {
    const revision = revisions.get(id);
    if (revision === undefined) return null;
    quotes.push({ id, revision });
  }
  return { ...content, quotes };
}
