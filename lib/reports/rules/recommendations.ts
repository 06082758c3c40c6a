import { figureReference } from "@/lib/figures/schema";
import type { ReportBlock } from "../schema";

export type RecommendedLever = {
  kind: string;
  /** The segment, channel or plan that it is about: a name out of the data. */
  subject: string | null;
  /** Is it in the set that the optimizer chose? Null where nothing was chosen. */
  chosen: boolean | null;
  /** Why it is, or is not. */
  reason: string | null;
  disproof: string;
  /** Ids of its figures. */
  figures: Readonly<{ effect: string; effectLow: string; effectHigh: string; cost: string; roi: string }>;
};

export type FollowedInitiative = {
  title: string;
  lever: string;
  status: string;
  statusReason: string | null;
  reviewOn: string;
  baseline: string | null;
  stopRule: string;
};

export type RecommendationFacts = {
  /** Why no lever could be looked for; null when they were. */
  reason: string | null;
  levers: readonly RecommendedLever[];
  /** Of the chosen set as a whole: budget, cost, effect. */
  together: readonly { label: string; figure: string }[];
  initiatives: readonly FollowedInitiative[];
};

const DOING: Readonly<Record<string, string>> = {
  "retention-gap": "Close the gap in retention",
  "expansion-gap": "Close the gap in expansion",
  "price-dispersion": "Bring prices together",
  "channel-mix": "Move to the better channel",
  concentration: "Bind the largest customers",
  "benchmark-retention": "Reach the retention of comparable companies",
  "benchmark-expansion": "Reach the expansion of comparable companies",
  "cohort-decay": "Keep the newer cohorts as the older ones",
  "funnel-drop": "Mend the step of the funnel that dropped",
  "channel-payback": "Move spending to the channel that pays back sooner",
};

const heading = (text: string): ReportBlock => ({ kind: "heading", level: 2, text });
const paragraph = (text: string): ReportBlock => ({ kind: "paragraph", text });
const quote = (text: string): string => `[[name:${text.replace(/[[\]\n]/g, " ").replace(/\.$/, "")}]]`;

export function leverName({ kind, subject }: Pick<RecommendedLever, "kind" | "subject">): string {
  const doing = DOING[kind] ?? kind.replaceAll("-", " ");
  return subject ? `${doing}: ${quote(subject)}` : doing;
}

const LEVER_COLUMNS = [
  { label: "Lever", numeric: false },
  { label: "Revenue in 12 months", numeric: true },
  { label: "Low", numeric: true },
  { label: "High", numeric: true },
  { label: "Cost", numeric: true },
  { label: "Return", numeric: true },
];

const leverRow = (lever: RecommendedLever): string[] => [
  leverName(lever),
  ...[
    lever.figures.effect,
    lever.figures.effectLow,
    lever.figures.effectHigh,
    lever.figures.cost,
    lever.figures.roi,
  ].map(figureReference),
];

function leverBlocks(title: string, caption: string, levers: readonly RecommendedLever[]): ReportBlock[] {
  if (levers.length === 0) return [];
  const items = levers.map(
    (lever) =>
      `**${leverName(lever)}.** ${lever.reason ? `${lever.reason} ` : ""}What would disprove it: ${lever.disproof}`,
  );
  return [
    heading(title),
    { kind: "table", caption, columns: LEVER_COLUMNS, rows: levers.map(leverRow) },
    { kind: "list", ordered: false, items },
  ];
}

const ADVICE: Readonly<Record<string, string>> = {
  planned: "Name who answers for it and start it, or take it off the list.",
  running: "Let it run to its review unless its stop rule is met.",
  paused: "Decide whether to resume it or to stop it and free its budget.",
};

function initiativeBlocks(initiatives: readonly FollowedInitiative[]): ReportBlock[] {
  const open = initiatives.filter(({ status }) => status in ADVICE);
  if (open.length === 0) return [heading("Initiatives under way"), paragraph("None is planned, running or paused.")];
  const columns = [
    { label: "Initiative", numeric: false },
    { label: "State", numeric: false },
    { label: "Baseline", numeric: true },
    { label: "Review", numeric: false },
  ];
  const rows = open.map((one) => [
    quote(one.title),
    one.status,
    one.baseline ? figureReference(one.baseline) : "",
    one.reviewOn,
  ]);
  const items = open.map((one) => {
    const why = one.statusReason ? ` ${quote(one.statusReason)}.` : "";
    return `**${quote(one.title)}** is ${one.status}.${why} ${ADVICE[one.status] ?? ""} Its stop rule: ${quote(one.stopRule)}.`;
  });
  return [
    heading("Initiatives under way"),
    { kind: "table", caption: "Initiatives under way", columns, rows },
    { kind: "list", ordered: false, items },
  ];
}

function togetherBlocks(together: RecommendationFacts["together"]): ReportBlock[] {
  if (together.length === 0) return [];
  const columns = [
    { label: "Measure", numeric: false },
    { label: "Value", numeric: true },
  ];
  const rows = together.map(({ label, figure }) => [label, figureReference(figure)]);
  return [{ kind: "table", caption: "The budget and the chosen set together", columns, rows }];
}

/** What to do next, from the levers that were chosen and the initiatives that run: the words of rules, the numbers of figures. */
export function recommendations({ reason, levers, together, initiatives }: RecommendationFacts): ReportBlock[] {
  const chosen = levers.filter((lever) => lever.chosen !== false);
  const left = levers.filter((lever) => lever.chosen === false);
  const first =
    reason !== null
      ? [paragraph(`No lever could be looked for: ${reason}`)]
      : chosen.length === 0
        ? [paragraph("No lever is worth starting now.")]
        : [];
  return [
    ...first,
    ...leverBlocks("Do next", "Levers to start", chosen),
    ...togetherBlocks(together),
    ...initiativeBlocks(initiatives),
    ...leverBlocks("Left out for now", "Levers that were not chosen", left),
  ];
}
