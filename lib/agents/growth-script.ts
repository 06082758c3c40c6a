import { z } from "zod";
import { figureReference } from "@/lib/figures/schema";
import type { TaskHeader } from "./agent";
import { isQuotable } from "./grounding";
import { withLearnings } from "./learnings-script";

/** How the built-in analyst does the tasks of the Growth Management Specialist. Pure: the conversation decides. */

/** A tool call of the conversation with what came back. */
export type Finding = { tool: string; ok: boolean; data: unknown };
/** Either the next tool to call, or the text that ends the task. */
export type NextMove = { say: string; tool: string; input: Record<string, unknown> } | { say: string; tool: null };
export type Script = (header: TaskHeader, findings: readonly Finding[]) => NextMove;

const figureSchema = z.object({
  id: z.string(),
  label: z.string(),
  value: z.string().nullable(),
  reason: z.string().optional(),
  method: z.string(),
});
type Seen = z.infer<typeof figureSchema>;
const answerSchema = z.object({ ok: z.literal(true), result: z.unknown(), figures: z.array(figureSchema) });

const optionalId = z.string().nullable().default(null);
const leverSchema = z.object({
  id: z.string(),
  kind: z.string(),
  subject: z.string().nullable(),
  confidence: z.string().optional(),
  meetsMinimum: z.boolean().nullable().default(null),
  chosen: z.boolean().default(false),
  choice: z.string().default(""),
  figures: z.object({
    cost: z.string(),
    effect: z.string(),
    effectLow: optionalId,
    effectHigh: optionalId,
    roi: optionalId,
    roiLow: optionalId,
    roiHigh: optionalId,
    measure: z.string(),
    against: optionalId,
    target: optionalId,
  }),
});
type Lever = z.infer<typeof leverSchema>;
const portfolioSchema = z.object({ chosen: z.array(z.string()), figures: z.record(z.string(), z.string()) });
const leversSchema = z.object({ levers: z.array(leverSchema), portfolio: portfolioSchema.nullable().default(null) });
const proposedSchema = z.object({ outcome: z.enum(["ask", "execute"]) });

const PERFORMANCE = "venture.performance";
const LEVERS = "venture.levers";
const PROPOSE = "growth.propose-initiative";

export const growthScripts: Readonly<Record<string, Script>> = { "growth/analyse": withLearnings(analyse) };

function analyse({ venture }: TaskHeader, findings: readonly Finding[]): NextMove {
  const found = (tool: string) => findings.find((finding) => finding.tool === tool);
  if (!found(PERFORMANCE)) return { say: "First, how the venture performs.\n", tool: PERFORMANCE, input: { venture } };
  if (!found(LEVERS)) return { say: "Now the levers that its data shows.\n", tool: LEVERS, input: { venture } };
  const levers = readLevers(found(LEVERS));
  const portfolio = readPortfolio(found(LEVERS));
  const best = bestLever(levers, portfolio);
  if (best && !found(PROPOSE)) {
    const input = { venture, ...proposal(best) };
    return { say: "One of them is worth proposing.\n", tool: PROPOSE, input };
  }
  const chosen = { best, portfolio, proposed: found(PROPOSE) };
  return { say: report(readFigures(found(PERFORMANCE)), levers, chosen), tool: null };
}

type Ranked = { lever: Lever; figure: (id: string | null) => Seen | null };

const readFigures = (finding: Finding | undefined): Seen[] => {
  const answer = answerSchema.safeParse(finding?.data);
  return answer.success ? answer.data.figures : [];
};

function readLevers(finding: Finding | undefined): Ranked[] {
  const answer = answerSchema.safeParse(finding?.data);
  const levers = leversSchema.safeParse(answer.data?.result);
  const known = new Map((answer.data?.figures ?? []).map((figure) => [figure.id, figure]));
  const figure = (id: string | null) => (id ? (known.get(id) ?? null) : null);
  return (levers.data?.levers ?? []).map((lever) => ({ lever, figure }));
}

/** The chosen set of the tool's answer, with its figures by name; null where the answer has none. */
type Portfolio = { chosen: readonly string[]; figure: (name: string) => Seen | null };

function readPortfolio(finding: Finding | undefined): Portfolio | null {
  const answer = answerSchema.safeParse(finding?.data);
  const held = leversSchema.safeParse(answer.data?.result).data?.portfolio;
  if (!held) return null;
  const known = new Map((answer.data?.figures ?? []).map((figure) => [figure.id, figure]));
  return { chosen: held.chosen, figure: (name) => known.get(held.figures[name] ?? "") ?? null };
}

/** The tool ranks and chooses: the first of its order that is in the chosen set, or that reaches the profile's return. */
const bestLever = (levers: readonly Ranked[], portfolio: Portfolio | null): Ranked | null =>
  levers.find(({ lever }) => (portfolio ? portfolio.chosen.includes(lever.id) : lever.meetsMinimum === true)) ?? null;

const named = (subject: string | null): string =>
  subject !== null && isQuotable(subject) ? `[[name:${subject}]]` : "one group of customers";

export const DEEDS: Readonly<Record<string, (subject: string) => string>> = {
  "retention-gap": (subject) => `keep more of the revenue of ${subject}`,
  "expansion-gap": (subject) => `sell more to the customers of ${subject}`,
  "price-dispersion": (subject) => `bring low prices on ${subject} up to what others pay`,
  "channel-mix": (subject) => `move acquisition away from ${subject}`,
  concentration: () => "depend less on the largest customers",
  "benchmark-retention": () => "keep as much revenue as comparable companies do",
  "benchmark-expansion": () => "grow accounts as comparable companies do",
  "cohort-decay": () => "keep new customers through their first half year",
  "funnel-drop": () => "win back what the funnel has lost in a year",
  "channel-payback": (subject) => `move spending from ${subject} to the channel that pays back sooner`,
};
/** What was measured, and with what it is compared. */
const MEASURED: Readonly<Record<string, readonly [string, string]>> = {
  "retention-gap": ["Revenue that it keeps over a year", "the best segment"],
  "expansion-gap": ["Revenue added to its customers over a year", "the best segment"],
  "price-dispersion": ["What those with low prices pay on average", "the lower bound of what others pay"],
  "channel-mix": ["Revenue kept of its customers over a year", "the best channel"],
  concentration: ["Share of the largest customers", "what counts as healthy, at most"],
  "benchmark-retention": ["Revenue kept over a year", "the median of comparable companies"],
  "benchmark-expansion": ["Net revenue retention", "the median of comparable companies"],
  "cohort-decay": ["Newer customers who stay", "those won before them"],
  "funnel-drop": ["Share that passes the step", "a year before"],
  "channel-payback": ["Payback of the channel", "the channel to move to"],
};
const deed = ({ kind, subject }: Lever): string => DEEDS[kind]?.(named(subject)) ?? `work on ${named(subject)}`;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const quote = (figure: Seen): string => figureReference(figure.id);

/** "[[effect]] over the coming year ([[low]] to [[high]])". */
function effectOf({ lever, figure }: Ranked): string {
  const effect = figure(lever.figures.effect);
  const low = figure(lever.figures.effectLow);
  const high = figure(lever.figures.effectHigh);
  if (!effect || effect.value === null) return "an effect that the data does not tell";
  const range = low && high ? `, between ${quote(low)} and ${quote(high)}` : "";
  return `${quote(effect)} of revenue over the coming year${range}`;
}

function proposal(ranked: Ranked) {
  const { lever, figure } = ranked;
  const cost = figure(lever.figures.cost);
  const roi = figure(lever.figures.roi);
  const [measure, against] = [figure(lever.figures.measure), figure(lever.figures.against)];
  const [what, than] = MEASURED[lever.kind] ?? ["It stands at", "the comparison"];
  const price = cost ? ` against a cost of ${quote(cost)}` : "";
  const why = [
    ...(measure && against ? [`${what}: ${quote(measure)}; ${than}: ${quote(against)}.`] : []),
    ...(roi && roi.value !== null ? [`The return on its cost is ${quote(roi)}.`] : []),
  ];
  const { id, kind, subject, figures } = lever;
  return {
    lever: { id, kind, subject, figures },
    rationale: `${capital(deed(lever))}: this should bring ${effectOf(ranked)}${price}. It is the first in order of the levers that the venture's own data shows.`,
    why,
    dissent: "The effect is an estimate from a gap; the customers may differ in ways that the data does not show.",
  };
}

const heading = (title: string): string => `## ${title}\n\n`;

type Chosen = { best: Ranked | null; portfolio: Portfolio | null; proposed: Finding | undefined };

function report(figures: readonly Seen[], levers: readonly Ranked[], chosen: Chosen): string {
  return [
    heading("Summary") + summary(figures, chosen.best),
    heading("Performance") + performance(figures),
    heading("Levers in order") + leverList(levers),
    heading("Recommendation") + together(levers, chosen.portfolio) + recommendation(chosen.best, chosen.proposed),
    heading("What is missing") + missing(figures),
  ].join("\n");
}

/** How a person calls a figure, by the key of its method; in the order in which a reader asks. */
const SPOKEN: readonly (readonly [string, string])[] = [
  ["growth_rate", "Growth over the year"],
  ["arr", "Annual recurring revenue"],
  ["mrr", "Monthly recurring revenue"],
  ["net_revenue_retention", "Net revenue retention"],
  ["gross_revenue_retention", "Gross revenue retention"],
  ["logo_churn", "Customers lost over the year, as a share"],
  ["customer_concentration", "Share of the largest customers"],
  ["gross_margin_ratio", "Gross margin"],
  ["ebitda_margin", "Operating margin before depreciation"],
  ["rule_of_40", "Growth and margin together"],
  ["burn_multiple", "Burn for each unit of new recurring revenue"],
  ["cac_payback", "Payback of acquisition cost"],
  ["ltv_to_cac", "Lifetime value to acquisition cost"],
  ["cash_runway", "Cash runway"],
  ["team_retention", "Key people kept"],
];

const keyOf = (figure: Seen): string => /([a-z_0-9]+)@\d+$/.exec(figure.method)?.[1] ?? "";

function byKey(figures: readonly Seen[], key: string): Seen | null {
  return figures.find((figure) => keyOf(figure) === key) ?? null;
}

function summary(figures: readonly Seen[], best: Ranked | null): string {
  const growth = byKey(figures, "growth_rate");
  const kept = byKey(figures, "net_revenue_retention");
  const pace =
    !growth || growth.value === null
      ? "How fast the venture grows is not known from its data. "
      : growth.value.startsWith("-")
        ? `The venture shrinks: growth over the year is ${quote(growth)}. `
        : `The venture grows by ${quote(growth)} over the year. `;
  const base =
    kept && kept.value !== null ? `Customers of a year ago are worth ${quote(kept)} of what they were. ` : "";
  const lever = best
    ? `The strongest lever is to ${deed(best.lever)}: ${effectOf(best)}.`
    : "No lever in the data reaches the return that the venture's profile asks for.";
  return `${pace}${base}${lever}\n`;
}

function performance(figures: readonly Seen[]): string {
  const lines = SPOKEN.flatMap(([key, spoken]) => {
    const figure = byKey(figures, key);
    if (!figure || (figure.value === null && figure.reason !== "not-burning")) return [];
    // Without burn there is nothing to divide by.
    if (key === "burn_multiple" && figure.value?.startsWith("-")) return [];
    return [`- ${spoken}: ${quote(figure)}.\n`];
  });
  return lines.length > 0 ? lines.join("") : "The data does not tell how the venture performs.\n";
}

const CONFIDENCE: Readonly<Record<string, string>> = {
  low: " Few customers stand behind this; confidence is low.",
  medium: " Confidence is medium.",
  high: " Many customers stand behind this; confidence is high.",
};

function leverList(levers: readonly Ranked[]): string {
  if (levers.length === 0) return "The data shows no lever: too few customers, or no group that lags behind another.\n";
  return levers
    .map((ranked, index) => {
      const { lever, figure } = ranked;
      const [cost, roi] = [figure(lever.figures.cost), figure(lever.figures.roi)];
      const price = cost && cost.value !== null ? ` The cost is ${quote(cost)}.` : " What it costs is not known.";
      const [low, high] = [figure(lever.figures.roiLow), figure(lever.figures.roiHigh)];
      const range = low?.value && high?.value ? `, between ${quote(low)} and ${quote(high)}` : "";
      const worth = roi && roi.value !== null ? ` The return is ${quote(roi)}${range}.` : "";
      const choice = lever.chosen ? " **Chosen.**" : lever.choice ? ` Not chosen. ${lever.choice}` : "";
      const trust = CONFIDENCE[lever.confidence ?? ""] ?? "";
      return `${index + 1}. **${capital(deed(lever))}.** It should bring ${effectOf(ranked)}.${price}${worth}${trust}${choice}\n`;
    })
    .join("");
}

/** The chosen set as a whole: what it should bring, what it takes of the budget, and why it is this one. */
function together(levers: readonly Ranked[], portfolio: Portfolio | null): string {
  const chosen = levers.filter(({ lever }) => portfolio?.chosen.includes(lever.id));
  if (!portfolio || chosen.length === 0) return "";
  const list = chosen.map(({ lever }) => `- ${capital(deed(lever))}.\n`).join("");
  const [effect, low, high] = ["effect", "effectLow", "effectHigh"].map(portfolio.figure);
  const [cost, left] = ["cost", "left"].map(portfolio.figure);
  const brings =
    effect?.value && low?.value && high?.value
      ? `Together this should bring ${quote(effect)} of revenue over the coming year, between ${quote(low)} and ${quote(high)}. `
      : "";
  const takes =
    cost?.value && left?.value ? `It takes ${quote(cost)} of the ${quote(left)} left in the growth budget. ` : "";
  const why = "No other choice within the budget and the number of initiatives is expected to be worth more.";
  return `Worth doing now:\n\n${list}\n${brings}${takes}${why}\n\n`;
}

function recommendation(best: Ranked | null, proposed: Finding | undefined): string {
  if (!best) return "Start nothing now. No lever is known to reach the return that the venture's profile asks for.\n";
  const what = `${capital(deed(best.lever))}. `;
  const answer = answerSchema.safeParse(proposed?.data);
  const outcome = proposedSchema.safeParse(answer.data?.result);
  if (!outcome.success) return `${what}It could not be proposed; the trace says why. Nothing has been started.\n`;
  return outcome.data.outcome === "ask"
    ? `${what}The chairman is asked to decide; nothing starts before that.\n`
    : `${what}The policy allows it without a question; it can be reversed.\n`;
}

function missing(figures: readonly Seen[]): string {
  const unknown = SPOKEN.flatMap(([key, spoken]) => {
    const figure = byKey(figures, key);
    return figure && (figure.value !== null || figure.reason === "not-burning") ? [] : [`- ${spoken}.\n`];
  });
  if (unknown.length === 0) return "Nothing that this analysis asks for.\n";
  return `The data does not say, so nothing here rests on it:\n\n${unknown.join("")}`;
}
