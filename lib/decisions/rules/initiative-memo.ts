import { figureReference } from "@/lib/figures/schema";
import type { LeverKind } from "@/lib/growth/schema";
import {
  DO_NOTHING,
  type MemoContent,
  type MemoOption,
  type Milestone,
  type ProposedLever,
  type Quote,
} from "../schema";
import { quotedFigures } from "./memo-content";

type Plan = {
  title: (subject: string) => string;
  ownerRole: string;
  metric: string;
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
    metric: "gross_revenue_retention",
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
    metric: "net_revenue_retention",
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
    metric: "arpa",
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
    metric: "gross_revenue_retention",
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
    metric: "customer_concentration",
    milestones: [
      milestone(30, "Renew the largest contracts early, for longer"),
      milestone(60, "Name the next ten accounts that can grow"),
      milestone(180, "Compare the share of the largest customers"),
    ],
    stopRule: "Stop when the share of the largest customers is back under the limit.",
    ifNot: "One departure goes on being able to change the year.",
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
    "The effect is measured and reported at each review. No money leaves and nothing is sent outside.",
  ];
  const content = {
    ...{ recommendation, recommendedOption: "start", why: [...why], options: [start, nothing], onApproval, dissent },
    evidence: { figures: Object.values(figures).filter((id) => id !== null), artefactId },
    reversibility: "Can be stopped at any time; what has been spent by then is spent.",
  };
  return { title, content };
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

function actionFor({ lever, currency, budgetMinor, targetValue }: InitiativeFacts, plan: Plan, title: string) {
  return {
    type: "growth.start-initiative" as const,
    ...{ lever: lever.id, title, ownerRole: plan.ownerRole, currency, metric: plan.metric, targetValue },
    budgetMinor: budgetMinor.toString(),
    budgetFigure: lever.figures.cost,
    baselineFigure: lever.figures.measure,
    targetFigure: lever.figures.against,
    milestones: [...plan.milestones],
    reviewAfterDays: REVIEW_AFTER_DAYS,
    stopRule: plan.stopRule,
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
