/** The five components of spec/stage-40, section 5; their weights are the law's. */
export const COMPONENT_WEIGHTS = {
  financial: 30,
  operational: 25,
  legal: 20,
  market: 15,
  diligence: 10,
} as const;
export type ComponentId = keyof typeof COMPONENT_WEIGHTS;
export const COMPONENT_IDS = Object.keys(COMPONENT_WEIGHTS) as ComponentId[];
export const COMPONENT_LABELS: Readonly<Record<ComponentId, string>> = {
  financial: "Financial readiness",
  operational: "Operational maturity",
  legal: "Legal and IP compliance",
  market: "Market positioning",
  diligence: "Due diligence preparation",
};

/**
 * One question under a component. Published frameworks (CEPA, Value Builder, IPO readiness lists) name the questions;
 * their item weights are proprietary, so weights and hours here are the house's own and are labelled so on every screen.
 */
export type Criterion = {
  id: string;
  component: ComponentId;
  label: string;
  /** What a buyer's adviser asks. */
  question: string;
  /** Within its component; the weights of a component sum to 100. */
  weight: number;
  /** An estimate of the work for one step up, in hours. */
  hoursPerStep: number;
  /** Scored by rule from stored data where it can answer. */
  automatic: boolean;
  /** A score of 0 is a red flag: it gates the band whatever the total is. */
  redFlag: boolean;
  /** What 0, 2 and 4 mean; 1 and 3 lie between. */
  levels: readonly [zero: string, two: string, four: string];
};

type Draft = Omit<Criterion, "automatic" | "redFlag"> & Partial<Pick<Criterion, "automatic" | "redFlag">>;
const criterion = (draft: Draft): Criterion => ({ automatic: false, redFlag: false, ...draft });

const FINANCIAL: readonly Draft[] = [
  {
    id: "audited-accounts",
    component: "financial",
    label: "Audited accounts",
    question: "Are the annual accounts of the last three years audited without qualification?",
    weight: 20,
    hoursPerStep: 60,
    redFlag: true,
    levels: ["None audited, or a qualified opinion", "Reviewed, or audited for one year", "Three years, unqualified"],
  },
  {
    id: "revenue-quality",
    component: "financial",
    label: "Revenue that stays",
    question: "How much of the recurring revenue of a year ago is still there, without expansion?",
    weight: 15,
    hoursPerStep: 120,
    automatic: true,
    levels: ["Gross retention below 70 %", "80 % to 90 %", "95 % or more"],
  },
  {
    id: "growth",
    component: "financial",
    label: "Growth",
    question: "How fast did revenue grow over a year?",
    weight: 15,
    hoursPerStep: 160,
    automatic: true,
    levels: ["Falling", "5 % to 15 %", "30 % or more"],
  },
  {
    id: "gross-margin",
    component: "financial",
    label: "Gross margin",
    question: "What is left of revenue after the cost of delivering it?",
    weight: 10,
    hoursPerStep: 120,
    automatic: true,
    levels: ["Below 20 %", "40 % to 60 %", "75 % or more"],
  },
  {
    id: "runway",
    component: "financial",
    label: "Cash runway",
    question: "Can the venture wait for the right buyer?",
    weight: 10,
    hoursPerStep: 80,
    automatic: true,
    levels: ["Below 3 months", "6 to 9 months", "More than 12 months, or not burning"],
  },
  {
    id: "plan-accuracy",
    component: "financial",
    label: "Plan kept",
    question: "How far was revenue of the last 12 months from its plan?",
    weight: 10,
    hoursPerStep: 40,
    automatic: true,
    levels: ["More than 30 % off", "10 % to 20 % off", "Within 5 %"],
  },
  {
    id: "reporting-freshness",
    component: "financial",
    label: "Books closed in time",
    question: "How old are the newest figures?",
    weight: 10,
    hoursPerStep: 24,
    automatic: true,
    levels: ["Older than 120 days", "46 to 75 days", "Within 30 days"],
  },
  {
    id: "tax",
    component: "financial",
    label: "Tax in order",
    question: "Are all returns filed and all assessments settled?",
    weight: 10,
    hoursPerStep: 30,
    redFlag: true,
    levels: ["Open assessment or missed return", "Filed, questions open", "Filed and settled, reviewed by an adviser"],
  },
];

const OPERATIONAL: readonly Draft[] = [
  {
    id: "management-depth",
    component: "operational",
    label: "Depth of management",
    question: "Does each key role have a named deputy, and has the team signed on for the time after a sale?",
    weight: 25,
    hoursPerStep: 80,
    redFlag: true,
    levels: [
      "One person holds it together",
      "Deputies for half of the roles",
      "Deputies and retention agreements for all",
    ],
  },
  {
    id: "team-retention",
    component: "operational",
    label: "Key people stay",
    question: "How many key people of a year ago are still there?",
    weight: 20,
    hoursPerStep: 60,
    automatic: true,
    levels: ["Below 60 %", "70 % to 85 %", "More than 95 %"],
  },
  {
    id: "processes",
    component: "operational",
    label: "Processes written down",
    question: "Could a new owner run the operation from what is written?",
    weight: 15,
    hoursPerStep: 50,
    levels: ["Nothing written", "Core processes written", "Written, followed, reviewed each year"],
  },
  {
    id: "founder-independence",
    component: "operational",
    label: "Runs without the founder",
    question: "What stops when the founder is away for a month?",
    weight: 15,
    hoursPerStep: 100,
    levels: ["Sales and decisions stop", "Exceptions wait", "Nothing"],
  },
  {
    id: "security",
    component: "operational",
    label: "Security and privacy",
    question: "Is there a certificate or an independent test of the last 12 months?",
    weight: 15,
    hoursPerStep: 80,
    levels: ["No programme", "Policies and own tests", "SOC 2 type II or ISO 27001, findings closed"],
  },
  {
    id: "key-metrics",
    component: "operational",
    label: "Knows its numbers",
    question: "How many of the stage's six metrics can be computed from stored data?",
    weight: 10,
    hoursPerStep: 16,
    automatic: true,
    levels: ["Two or fewer", "Four", "All six"],
  },
];

const LEGAL: readonly Draft[] = [
  {
    id: "ip-title",
    component: "legal",
    label: "IP chain of title",
    question: "Is every invention, line of code and mark assigned to the company in writing?",
    weight: 25,
    hoursPerStep: 40,
    redFlag: true,
    levels: ["A gap in the chain", "Assigned, contractors being checked", "Complete and opined on"],
  },
  {
    id: "cap-table",
    component: "legal",
    label: "Cap table reconciled",
    question: "Does the cap table say all that a distribution needs?",
    weight: 20,
    hoursPerStep: 16,
    automatic: true,
    redFlag: true,
    levels: ["Contradicts itself or the register", "Questions of the charter open", "Complete, no question open"],
  },
  {
    id: "change-of-control",
    component: "legal",
    label: "Change-of-control consents",
    question: "Which contracts need a consent, and is there a way to get each?",
    weight: 15,
    hoursPerStep: 24,
    redFlag: true,
    levels: ["A key contract would end", "Listed, not yet asked", "None needed, or all obtained"],
  },
  {
    id: "litigation",
    component: "legal",
    label: "Litigation",
    question: "Is anything pending or threatened?",
    weight: 15,
    hoursPerStep: 60,
    redFlag: true,
    levels: ["Material claim open", "Small claims, insured", "None, confirmed by counsel"],
  },
  {
    id: "contracts",
    component: "legal",
    label: "Contracts in order",
    question: "Are all material contracts signed, current and in the data room?",
    weight: 15,
    hoursPerStep: 24,
    levels: ["Many missing", "Signed, some expired", "All signed, current and filed"],
  },
  {
    id: "regulatory",
    component: "legal",
    label: "Permits and regulation",
    question: "Is every permit held, and will it pass to a buyer?",
    weight: 10,
    hoursPerStep: 30,
    levels: ["Operating without one", "Held, transfer unclear", "Held and transferable, or none needed"],
  },
];

const MARKET: readonly Draft[] = [
  {
    id: "concentration",
    component: "market",
    label: "Customer concentration",
    question: "How much revenue comes from the three largest customers?",
    weight: 30,
    hoursPerStep: 160,
    automatic: true,
    levels: ["More than 60 %", "30 % to 50 %", "Below 20 %"],
  },
  {
    id: "net-retention",
    component: "market",
    label: "Customers grow",
    question: "Do the customers of a year ago pay more today?",
    weight: 25,
    hoursPerStep: 120,
    automatic: true,
    levels: ["Net retention below 80 %", "95 % to 105 %", "115 % or more"],
  },
  {
    id: "position",
    component: "market",
    label: "Position in its market",
    question: "Is there outside evidence of rank and of the market's growth?",
    weight: 20,
    hoursPerStep: 40,
    levels: ["Unknown, or shrinking", "Among the first five of a niche", "Leader of a growing niche, outside evidence"],
  },
  {
    id: "satisfaction",
    component: "market",
    label: "Customers say so",
    question: "Are there references and a measured satisfaction of the last 12 months?",
    weight: 15,
    hoursPerStep: 24,
    levels: ["None", "Some references", "Ten references and a measured, stable score"],
  },
  {
    id: "differentiation",
    component: "market",
    label: "Hard to copy",
    question: "What would a buyer have to build, and how long would it take?",
    weight: 10,
    hoursPerStep: 100,
    levels: ["Months", "A year", "Protected, or years"],
  },
];

const DILIGENCE: readonly Draft[] = [
  {
    id: "data-room",
    component: "diligence",
    label: "Data room complete",
    question: "How many of the required items are filed?",
    weight: 45,
    hoursPerStep: 30,
    automatic: true,
    levels: ["Below a quarter", "Half to three quarters", "95 % or more"],
  },
  {
    id: "findings",
    component: "diligence",
    label: "Findings closed",
    question: "How many serious findings of the review are open?",
    weight: 25,
    hoursPerStep: 20,
    automatic: true,
    levels: ["More than ten open", "Three to five open", "None open"],
  },
  {
    id: "equity-story",
    component: "diligence",
    label: "Equity story",
    question: "Are teaser and information memorandum drafted and consistent with the figures?",
    weight: 30,
    hoursPerStep: 24,
    levels: ["Nothing", "Teaser", "Both, reviewed against the figures"],
  },
];

export const CRITERIA: readonly Criterion[] = [...FINANCIAL, ...OPERATIONAL, ...LEGAL, ...MARKET, ...DILIGENCE].map(
  criterion,
);

export const criterionOf = (id: string): Criterion | null => CRITERIA.find((one) => one.id === id) ?? null;

export const WEIGHTS_ARE_OURS =
  "The weights of the five components are the stage's rule; the weights of the criteria and the hours are the house's own.";
