import type { ReportBlock } from "../../schema";
import {
  agentBlocks,
  aheadBlocks,
  decisionBlocks,
  definitionBlocks,
  gapBlocks,
  lateBlocks,
  linesOf,
  riskBlocks,
  statusLine,
  takenBlocks,
} from "./appendix";
import { releaseRow } from "./appendix-deal";
import { asData, bullets, capital, heading, number, quote, say, strip, tableOr, text } from "./blocks";
import type { HoldingFacts, MetricLine, Num, RiskLine, VentureFacts } from "./facts";
import { aheadOf, byGravity, decisionsOf, risksOf } from "./front";
import { LIGHT_NAMES } from "./status";

/** The appendix of the holding: the same sections, each with a line for a venture. */

const line = (facts: VentureFacts, key: string): MetricLine | undefined =>
  linesOf(facts).find((one) => one.key === key);
const cell = (facts: VentureFacts, key: string): string => {
  const found = line(facts, key);
  return found ? quote(found.actual) : "–";
};

function statusBlocks(facts: HoldingFacts): ReportBlock[] {
  const rows = byGravity(facts.ventures).map(({ venture, light, lastLight, ...one }) => [
    ...[asData(venture.name), LIGHT_NAMES[light.light], lastLight ? LIGHT_NAMES[lastLight.light] : "–", venture.stage],
    asData(
      capital(one.decisions.length > 0 ? `${light.reasons.join("; ")}; a decision waits` : light.reasons.join("; ")),
    ),
  ]);
  return [
    heading("Status"),
    say(statusLine(facts)),
    ...lateBlocks(facts),
    strip({
      ...{ caption: "Ventures by light", head: "Light", row: "Ventures" },
      figures: facts.lights.map(({ light, count }) => ({ label: LIGHT_NAMES[light], figure: count })),
    }),
    tableOr(
      "Ventures",
      [text("Venture"), text("Light"), text("Last week"), text("Stage"), text("Why")],
      rows,
      "No venture is in Stage 40.",
    ),
    ...(facts.missing.length > 0
      ? [bullets(facts.missing.map((name) => `No report of ${asData(name)} was there.`))]
      : []),
  ];
}

const GROWTH = [
  ["Revenue of the month", "revenue_1m"],
  ["Growth", "growth_rate"],
  ["Net retention", "net_revenue_retention"],
  ["Gross margin", "gross_margin_ratio"],
] as const;
const STANDING = [
  ["Valuation", "valuation"],
  ["Top 3 customers", "customer_concentration"],
  ["Key people kept", "team_retention"],
  ["Exit readiness", "exit_readiness"],
] as const;
const CASH = [
  ["Cash", "cash"],
  ["Net burn a month", "monthly_net_burn"],
  ["Runway", "cash_runway"],
] as const;

const grid = (caption: string, of: HoldingFacts, columns: readonly (readonly [string, string])[]): ReportBlock => {
  const active = of.ventures.filter(({ venture }) => venture.exitedOn === null);
  return tableOr(
    caption,
    [text("Venture"), ...columns.map(([label]) => number(label)), text("As of")],
    active.map((one) => [
      ...[asData(one.venture.name), ...columns.map(([, key]) => cell(one, key))],
      columns
        .flatMap(([, key]) => line(one, key)?.actual.asOf ?? [])
        .toSorted()
        .at(-1) ?? "–",
    ]),
    "No venture is in Stage 40.",
  );
};

const LEVERS = [
  ...[text("Venture"), text("Initiative"), text("Status"), number("Budget"), number("Spent")],
  ...[text("Outcome"), text("Review")],
];
const EXPERIMENTS = [
  ...[text("Venture"), text("Experiment"), text("Status"), number("Effect"), text("Outcome"), text("Planned end")],
];

function growthBlocks({ ventures }: HoldingFacts): ReportBlock[] {
  const levers = ventures.flatMap(({ venture, initiatives }) =>
    initiatives.map((one) => [
      ...[asData(venture.name), asData(one.title), one.status, quote(one.budget), quote(one.spent)],
      ...[one.outcome, one.reviewOn],
    ]),
  );
  const experiments = ventures.flatMap((one) =>
    one.experiments.map(({ name, status, estimate, outcome, plannedEnd }) => [
      ...[asData(one.venture.name), asData(name), status, quote(estimate), asData(outcome), plannedEnd ?? ""],
    ]),
  );
  return [
    heading("Levers and experiments"),
    tableOr("Levers under way", LEVERS, levers, "No lever is being pulled."),
    tableOr("Experiments", EXPERIMENTS, experiments, "No experiment runs."),
  ];
}

function readinessBlocks({ ventures }: HoldingFacts): ReportBlock[] {
  const rows = ventures.flatMap(({ venture, readiness }) => {
    if (!readiness) return [];
    const { score, target, before, change, gaps, redFlags } = readiness;
    const open = [...redFlags.map((one) => `red flag: ${one}`), ...gaps];
    return [
      [
        asData(venture.name),
        quote(score),
        quote(target),
        quote(before?.score),
        quote(change),
        asData(open.slice(0, 4).join("; ") || "none"),
      ],
    ];
  });
  return [
    heading("Exit readiness: change and gaps"),
    tableOr(
      "Exit readiness",
      [text("Venture"), number("Score"), number("Target"), number("Before"), number("Change"), text("Gaps")],
      rows,
      "Nobody has answered a criterion of readiness.",
    ),
  ];
}

const OFFERS = [
  ...[text("Venture"), text("Bidder"), text("Stage"), number("Price"), number("Worth to the group"), text("Ends")],
];
const CLOSINGS = [
  ...[text("Venture"), text("Buyer"), text("Expected"), number("Days left"), number("To spare")],
  number("Open conditions"),
];

function dealBlocks({ ventures }: HoldingFacts): ReportBlock[] {
  const offers = ventures.flatMap(({ venture, deal }) =>
    deal.offers.map((one) => [
      ...[asData(venture.name), asData(one.bidder), one.stage, quote(one.price), quote(one.worth)],
      one.validUntil ?? "–",
    ]),
  );
  const closings = ventures.flatMap(({ venture, deal: { closing } }) =>
    closing
      ? [
          [
            ...[asData(venture.name), asData(closing.bidder), closing.target ?? "–", quote(closing.toTarget)],
            ...[quote(closing.spare), quote(closing.openConditions)],
          ],
        ]
      : [],
  );
  return [
    heading("Buyers, offers and days to close"),
    tableOr("Offers", OFFERS, offers, "Nobody bids."),
    tableOr("Closings", CLOSINGS, closings, "No closing is under way."),
  ];
}

const spread = ({ low, central, high }: Record<"low" | "central" | "high", Num | null>): string[] =>
  [low, central, high].map((one) => quote(one));

function moneyBlocks({ ventures, totals }: HoldingFacts): ReportBlock[] {
  const groups = ventures.flatMap(({ venture, value }) =>
    value && venture.exitedOn === null
      ? [[asData(venture.name), quote(value.equity.central), ...spread(value.group), value.valuedOn]]
      : [],
  );
  const releases = ventures
    .flatMap(({ venture, releases: own }) => own.map((one) => ({ name: venture.name, one })))
    .toSorted((a, b) => (a.one.dueOn < b.one.dueOn ? -1 : 1));
  return [
    heading("Waterfall range and escrow calendar"),
    tableOr(
      "To the group from a sale",
      [
        text("Venture"),
        number("Equity"),
        number("Group, low"),
        number("Group"),
        number("Group, high"),
        text("Valued for"),
      ],
      groups,
      "No valuation has been kept.",
    ),
    tableOr(
      "In US dollars",
      [text("Total"), number("Amount")],
      totals.map(({ label, figure }) => [label, quote(figure)]),
      "Nothing can be added up.",
    ),
    tableOr(
      "Escrow calendar",
      [text("Venture"), text("Due"), text("Tranche"), text("Kind"), number("Amount"), text("State"), text("Condition")],
      releases.map(({ name, one }) => [asData(name), ...releaseRow(one)]),
      "Nothing of a sale is held back.",
    ),
  ];
}

const LEVELS = ["high", "medium", "low"] as const;

/** The risk lists of the ventures and of the holding as one, the gravest first; none where no report told one. */
function registerOf({ ventures, register }: HoldingFacts): RiskLine[] | undefined {
  if (!register && ventures.every((one) => !one.register)) return;
  return [...ventures.flatMap((one) => one.register ?? []), ...(register ?? [])].toSorted(
    (a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level),
  );
}

export function holdingAppendix(facts: HoldingFacts): ReportBlock[] {
  const { ventures, work } = facts;
  const gaps = ventures.flatMap(({ venture, gaps: own }) =>
    own.map(({ what, why }) => ({ what: `${venture.name}: ${what}`, why })),
  );
  return [
    ...decisionBlocks(decisionsOf(facts), true),
    ...aheadBlocks(aheadOf(facts), true),
    ...statusBlocks(facts),
    ...[
      heading("Metrics"),
      grid("Growth and margins", facts, GROWTH),
      grid("Value and standing", facts, STANDING),
      heading("Cash"),
      grid("Cash", facts, CASH),
    ],
    ...growthBlocks(facts),
    ...readinessBlocks(facts),
    ...dealBlocks(facts),
    ...moneyBlocks(facts),
    ...riskBlocks(risksOf(facts), registerOf(facts), true),
    ...takenBlocks(
      ventures.flatMap(({ taken }) => taken),
      ventures.flatMap(({ overrides }) => overrides ?? []),
      true,
    ),
    ...agentBlocks(
      ventures.flatMap(({ automatic }) => automatic),
      work,
      true,
    ),
    ...gapBlocks(gaps),
    ...definitionBlocks(ventures.flatMap(linesOf)),
  ];
}
