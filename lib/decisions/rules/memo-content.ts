import type { FieldProblem } from "@/lib/errors";
import { FIGURE_REFERENCE } from "@/lib/figures/schema";
import { toMinor } from "@/lib/money";
import { type Action, DO_NOTHING, type MemoContent, type Quote } from "../schema";

export function figuresIn(text: string): string[] {
  return [...text.matchAll(FIGURE_REFERENCE)].map((match) => match[1] ?? "");
}

const textsOf = (content: Omit<MemoContent, "quotes">): string[] => [
  content.recommendation,
  ...content.why,
  ...content.options.flatMap((option) => [option.title, option.text]),
  content.reversibility,
  ...content.onApproval,
  ...content.dissent.map((voice) => voice.text),
];

export const figuresOfAction = ({ baselineFigure, budgetFigure, targetFigure }: Action): string[] =>
  [baselineFigure, budgetFigure, targetFigure].filter((id) => id !== null);

/** The largest commitment that approving any of the options would make. */
export function commitmentOf(content: MemoContent): Action | null {
  const actions = content.options.flatMap((option) => option.action ?? []);
  return actions.reduce<Action | null>(
    (most, action) => (most === null || BigInt(action.budgetMinor) > BigInt(most.budgetMinor) ? action : most),
    null,
  );
}

const tableFigures = ({ tables = [] }: Omit<MemoContent, "quotes">): string[] =>
  tables.flatMap(({ rows }) =>
    rows.flatMap(({ cells }) => cells.flatMap((cell) => (cell && "figure" in cell ? [cell.figure] : []))),
  );

/** Every figure that the memo quotes in its texts, lists as a consequence, or names as evidence; each once, in order. */
export function quotedFigures(content: Omit<MemoContent, "quotes">): string[] {
  const consequences = content.options.flatMap((option) => option.consequences.map(({ figure }) => figure));
  const ids = [
    ...textsOf(content).flatMap(figuresIn),
    ...consequences,
    ...tableFigures(content),
    ...content.evidence.figures,
    ...content.options.flatMap((option) => (option.action ? figuresOfAction(option.action) : [])),
  ];
  return [...new Set(ids)];
}

/** What a memo must have to be decided on: a recommended option that does something, and doing nothing to compare with. */
export function contentProblems(content: MemoContent): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const ids = content.options.map((option) => option.id);
  const recommended = content.options.find((option) => option.id === content.recommendedOption);
  const nothing = content.options.find((option) => option.id === DO_NOTHING);
  if (new Set(ids).size !== ids.length) problems.push({ path: "options", expected: "options with different ids" });
  if (!nothing || nothing.action) {
    problems.push({
      path: "options",
      expected: `doing nothing among them, as option "${DO_NOTHING}" without an action`,
    });
  }
  if (!recommended) problems.push({ path: "recommendedOption", expected: "the id of one of the options" });
  if (recommended && !recommended.action && recommended.id !== DO_NOTHING) {
    problems.push({ path: "recommendedOption", expected: "an option with an action" });
  }
  const quoted = new Set(content.quotes.map((quote) => quote.id));
  for (const id of quotedFigures(content)) {
    if (!quoted.has(id)) problems.push({ path: "quotes", expected: `the revision of figure ${id}` });
  }
  return problems;
}

export type Change = { part: string; before: string | null; after: string | null };

const parts = (title: string, content: MemoContent): Map<string, string> => {
  const pairs: [string, string][] = [
    ["Title", title],
    ["Recommendation", content.recommendation],
    ...content.why.map((line, i): [string, string] => [`Reason ${i + 1}`, line]),
    ...content.options.map((option): [string, string] => [`Option “${option.title}”`, JSON.stringify(option)]),
    ...(content.tables ?? []).map((table): [string, string] => [`Table “${table.title}”`, JSON.stringify(table)]),
    ["Reversibility", content.reversibility],
    ["On approval", content.onApproval.join(" · ")],
    ...content.dissent.map((voice): [string, string] => [`Dissent of ${voice.by}`, voice.text]),
    ...content.quotes.map((quote): [string, string] => [`Figure ${quote.id}`, String(quote.revision)]),
  ];
  return new Map(pairs);
};

type Version = { title: string; content: MemoContent };

/** What differs between the version last seen and the one now, part by part. */
export function changesBetween(before: Version, after: Version): Change[] {
  const [old, fresh] = [parts(before.title, before.content), parts(after.title, after.content)];
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .filter((part) => old.get(part) !== fresh.get(part))
    .map((part) => ({ part, before: old.get(part) ?? null, after: fresh.get(part) ?? null }));
}

type Amount = { value: string | null; unit: string };
type Staked = { stakeMinor: bigint | null; stakeCurrency: string | null };

/**
 * What is at stake, read again from the figures that said it: those which the memo quotes and whose value it was. Where none
 * did, or they differ by now, or one has no value any more, it stays as it was written.
 */
export function stakeAgain(
  stake: Staked,
  before: ReadonlyMap<string, Amount>,
  after: ReadonlyMap<string, Amount>,
): Staked {
  const { stakeMinor, stakeCurrency } = stake;
  if (stakeMinor === null || stakeCurrency === null) return stake;
  const minorOf = (amount: Amount | undefined): bigint | null =>
    amount && amount.value !== null && amount.unit === stakeCurrency ? toMinor(amount.value, stakeCurrency) : null;
  const said = [...before].flatMap(([id, amount]) => (minorOf(amount) === stakeMinor ? [minorOf(after.get(id))] : []));
  const [now = null] = said;
  return now === null || now < 0n || said.some((one) => one !== now) ? stake : { stakeMinor: now, stakeCurrency };
}

/**
 * The same memo on newer figures: what a budget or a target was taken from is read again. A figure without a value leaves
 * the number as it was, because an unknown is no amount.
 */
export function withFigures(
  content: MemoContent,
  quotes: readonly Quote[],
  figureValue: (id: string) => string | null,
): MemoContent {
  const renew = (action: Action): Action => {
    if (action.type !== "growth.start-initiative") return action;
    const budget = action.budgetFigure ? figureValue(action.budgetFigure) : null;
    const target = action.targetFigure ? figureValue(action.targetFigure) : null;
    return {
      ...action,
      budgetMinor: budget === null ? action.budgetMinor : toMinor(budget, action.currency).toString(),
      targetValue: target ?? action.targetValue,
    };
  };
  const options = content.options.map((option) => ({ ...option, action: option.action ? renew(option.action) : null }));
  return { ...content, options, quotes: [...quotes] };
}
