import { z } from "zod";
import { figureReference } from "@/lib/figures/schema";
import type { TaskHeader } from "./agent";
import { CANNOT_ANSWER } from "./ask";
import { askCoordinator } from "./coordinator-script";
import { exitAnswer } from "./exit-script";
import { isQuotable } from "./grounding";
import type { Finding, NextMove, Script } from "./growth-script";
import { plainLabel, withMemo } from "./memo-question";
import { metricName, metricOfMethod, termsIn } from "./metric-terms";
import { askValue, followValue } from "./value-answer";

/** How the built-in analyst answers questions: a closed set of intents over stored figures. Pure. */
export const askScripts: Readonly<Record<string, Script>> = {
  ...{ "growth/ask": inParts(ask), "growth/answer": inParts(withMemo(ask)) },
  ...{ "exit/ask": inParts(askExit), "exit/answer": inParts(withMemo(askExit)) },
  ...{ "value/ask": inParts(askValue), "value/answer": inParts(withMemo(askValue)), "value/follow": followValue },
  ...{ "coordinator/ask": inParts(askCoordinator), "coordinator/answer": inParts(withMemo(askCoordinator)) },
};

const figureSchema = z.object({
  ...{ id: z.string(), label: z.string(), value: z.string().nullable(), method: z.string() },
  reason: z.string().optional(),
  from: z.array(z.string()).default([]),
});
type Seen = z.infer<typeof figureSchema>;
const answerSchema = z.object({ ok: z.literal(true), result: z.unknown(), figures: z.array(figureSchema) });
const id = z.string().nullable().default(null);
const leversSchema = z.object({
  levers: z.array(
    z.object({
      ...{ kind: z.string(), subject: z.string().nullable() },
      figures: z.object({ cost: id, effect: id, roi: id }),
    }),
  ),
});

const PERFORMANCE = "venture.performance";
const LEVERS = "venture.levers";

export type Intent = { kind: "value" | "why" | "levers" | "overview" | "missing" | "none"; metrics: string[] };

const LEVER_WORDS =
  /\b(?:levers?|improve|increase|raise|recommend\w*|initiatives?|what (?:should|can|could) (?:we|they|i)|do (?:next|about))\b/iu;
const WHY_WORDS =
  /\b(?:why|causes?|reasons?|behind|explain|how come|made (?:up )?of|consists? of|how is|computed|calculated)\b/iu;
const MISSING_WORDS = /\b(?:missing|unknown|not known|gaps?|do we not know)\b/iu;
const OVERVIEW_WORDS =
  /\b(?:overview|summar\w+|status|health|how (?:is|are|does) (?:it|the venture|the company|they|we)|doing|perform\w*)\b/iu;

/** What is asked for, from the words of the question alone. */
export function intentOf(question: string): Intent {
  const metrics = [...new Set(termsIn(question, "loose").map(({ key }) => key))].slice(0, 4);
  if (WHY_WORDS.test(question) && metrics.length > 0) return { kind: "why", metrics };
  if (LEVER_WORDS.test(question)) return { kind: "levers", metrics };
  if (MISSING_WORDS.test(question)) return { kind: "missing", metrics };
  if (metrics.length > 0) return { kind: "value", metrics };
  return { kind: OVERVIEW_WORDS.test(question) ? "overview" : "none", metrics };
}

const PARTS = /[?;]+\s*|,?\s+and\s+(?=(?:who|when|where|which|why|how|what)\b)/iu;
const IS_QUESTION = /^(?:who|when|where|which|why|how|what|is|are|was|do|does|did|can|could|will|would|should)\b/iu;
const REST = "The rest of the question is not answered by the figures.";

/** Each part of a question by itself; what has no answer beside what has one is said. */
function inParts(script: Script): Script {
  return (header, findings) => {
    const parts = (header.question ?? "").split(PARTS).flatMap((part) => part.trim() || []);
    if (parts.length < 2) return script(header, findings);
    const moves = parts.map((question) => ({ question, ...script({ ...header, question }, findings) }));
    const call = moves.find(({ tool }) => tool !== null);
    if (call?.tool) return { say: call.say, tool: call.tool, input: call.input };
    const open = moves.filter(({ say }) => say.startsWith(CANNOT_ANSWER));
    if (open.length === moves.length) return script(header, findings);
    const said = new Set(moves.flatMap((move) => (open.includes(move) ? [] : move.say)));
    const rest = open.some(({ question }) => IS_QUESTION.test(question)) ? `\n${REST}\n` : "";
    return { say: `${[...said].join("\n")}${rest}`, tool: null };
  };
}

const I_CAN =
  "It can be asked what a metric is, what a metric is made of, which levers the data shows, how the venture does, and what is missing.";

function ask({ venture, question = "" }: TaskHeader, findings: readonly Finding[]): NextMove {
  const intent = intentOf(question);
  if (intent.kind === "none") return { say: `${CANNOT_ANSWER} ${I_CAN}\n`, tool: null };
  const found = (tool: string) => findings.find((finding) => finding.tool === tool);
  const wanted = intent.kind === "levers" ? LEVERS : PERFORMANCE;
  const answer = found(wanted);
  if (!answer) return { say: "", tool: wanted, input: { venture } };
  const parsed = answerSchema.safeParse(answer.data);
  if (!parsed.success) return { say: `${CANNOT_ANSWER} The figures could not be read.\n`, tool: null };
  return { say: answerTo(intent, parsed.data), tool: null };
}

/** What belongs to exit preparation is answered from there; what is left is a question about a metric. */
function askExit(header: TaskHeader, findings: readonly Finding[]): NextMove {
  const { venture, question = "" } = header;
  return exitAnswer(question, venture, findings) ?? ask(header, findings);
}

type Answer = z.infer<typeof answerSchema>;

function answerTo({ kind, metrics }: Intent, answer: Answer): string {
  if (kind === "levers") return aboutLevers(answer);
  if (kind === "missing") return aboutGaps(answer.figures);
  if (kind === "overview") return aboutAll(answer.figures);
  const lines = metrics.map((key) => aboutMetric(key, answer.figures, kind === "why"));
  const known = lines.filter((line) => line !== null);
  return known.length === 0 ? `${CANNOT_ANSWER} ${I_CAN}\n` : known.join("\n");
}

const quote = (figure: Seen): string => figureReference(figure.id);
const byKey = (figures: readonly Seen[], key: string): Seen | null =>
  figures.find(({ method }) => metricOfMethod(method) === key) ?? null;

function aboutMetric(key: string, figures: readonly Seen[], why: boolean): string | null {
  const figure = byKey(figures, key);
  if (!figure) return null;
  const name = metricName(key);
  if (figure.value === null) {
    return figure.reason === "not-burning"
      ? "Cash is not falling, so the runway has no end.\n"
      : `${name} is not known from the venture's data.\n`;
  }
  return why ? `${name} is ${quote(figure)}. ${madeOf(figure, figures)}\n` : `${name} is ${quote(figure)}.\n`;
}

/** What a figure is computed from; who did what is in no figure. */
function madeOf(figure: Seen, figures: readonly Seen[]): string {
  const parts = figure.from.flatMap((part) => figures.find((one) => one.id === part && one.value !== null) ?? []);
  if (parts.length === 0) return "It is a value as it was imported; the data does not say what moved it.";
  const list = parts.map((part) => `\n- ${plainLabel(part.label)}: ${quote(part)}.`).join("");
  return `It is computed from these:\n${list}\n\nWhat people did to move them is in no figure.`;
}

const HEADLINES = [
  "growth_rate",
  "net_revenue_retention",
  "cash_runway",
  "customer_concentration",
  "valuation",
  "exit_readiness",
];

function aboutAll(figures: readonly Seen[]): string {
  const lines = HEADLINES.flatMap((key) => aboutMetric(key, figures, false) ?? []);
  return lines.length > 0 ? lines.map((line) => `- ${line}`).join("") : `${CANNOT_ANSWER} ${I_CAN}\n`;
}

function aboutGaps(figures: readonly Seen[]): string {
  const gaps = [...HEADLINES, "mrr", "gross_margin_ratio", "monthly_net_burn", "cac_payback", "team_retention"].filter(
    (key) => {
      const figure = byKey(figures, key);
      return !figure || (figure.value === null && figure.reason !== "not-burning");
    },
  );
  if (gaps.length === 0) return "None of the headline figures is missing.\n";
  return `The data does not say:\n\n${gaps.map((key) => `- ${metricName(key)}.\n`).join("")}`;
}

function aboutLevers({ result, figures }: Answer): string {
  const levers = leversSchema.safeParse(result).data?.levers ?? [];
  if (levers.length === 0) return "The data shows no lever: too few customers, or no group that lags behind another.\n";
  const figure = (of: string | null) => figures.find((one) => one.id === of && one.value !== null) ?? null;
  const lines = levers.slice(0, 3).map(({ kind, subject, figures: { cost, effect, roi } }, index) => {
    const about = subject !== null && isQuotable(subject) ? ` of [[name:${subject}]]` : "";
    const [price, brings, gives] = [figure(cost), figure(effect), figure(roi)];
    const facts = [
      ...(brings ? [`the effect over the year is ${quote(brings)}`] : []),
      ...(price ? [`the cost is ${quote(price)}`] : []),
      ...(gives ? [`the return is ${quote(gives)}`] : []),
    ];
    return `${index + 1}. The ${kind.replaceAll("-", " ")}${about}: ${facts.join(", ") || "its effect is not known"}.\n`;
  });
  return `These levers come first in the venture's own data:\n\n${lines.join("")}`;
}
