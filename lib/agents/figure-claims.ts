import { Exact } from "@/lib/money";
import { METRIC_TERMS, metricName, metricOfMethod, termsIn } from "./metric-terms";

/**
 * Does the figure stand where it says it does? Only what is plain is refused: a figure of one known metric beside the name
 * of another, and a direction that the figures contradict. What could be meant otherwise passes. Pure.
 */

/** What a figure is, as far as a sentence can contradict it. */
export type FigureFact = { method: string; label: string; unit: string; value: string | null };
export type ClaimProblem = { code: "wrong-figure" | "wrong-direction"; found: string };

const REFERENCE = /\[\[fig:([0-9a-f]{16})\]\]/g;
const NAME = /\[\[name:[^[\]\n]*\]\]/g;

/** Terms that are said of a figure of another key, and rightly. */
const RELATED: Readonly<Record<string, readonly string[]>> = {
  valuation_change: ["valuation"],
  rule_of_40: ["growth_rate", "ebitda_margin"],
  cac_payback: ["cac"],
  ltv_to_cac: ["ltv", "cac"],
  cash_runway: ["cash", "monthly_net_burn"],
};

type Quoted = { fact: FigureFact; before: string; after: string };

/** Each figure with the words between it and its neighbours. */
function quotedIn(sentence: string, facts: ReadonlyMap<string, FigureFact>): (Quoted | null)[] {
  const text = sentence.replace(NAME, "…");
  const marks = [...text.matchAll(REFERENCE)];
  return marks.map((mark, index) => {
    const fact = facts.get(mark[1] ?? "");
    const from = marks[index - 1];
    const start = from ? from.index + from[0].length : 0;
    const end = marks[index + 1]?.index ?? text.length;
    if (!fact) return null;
    return { fact, before: text.slice(start, mark.index), after: text.slice(mark.index + mark[0].length, end) };
  });
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{L}{5,}/gu) ?? [];

/** Where the words about a figure end and those about the next begin. */
const BREAK = /[,;:.]|\b(?:while|and|but|with|against|versus)\b/iu;

/** A word of the figure's own name nearby: then it may be spoken of as what it is. */
function saysItself({ fact, before, after }: Quoted, key: string): boolean {
  const named = termsIn(before, "strict");
  const rest = named.reduce(
    (text, { at, end }) => `${text.slice(0, at)}${" ".repeat(end - at)}${text.slice(end)}`,
    before,
  );
  const near = `${rest} … ${after.slice(0, BREAK.exec(after)?.index ?? after.length)}`;
  const known = METRIC_TERMS.find((term) => term.key === key);
  if (known && [...near.matchAll(known.loose)].length > 0) return true;
  const words = new Set(wordsOf(near));
  return wordsOf(fact.label).some((word) => words.has(word));
}

function wrongFigure(quoted: Quoted): ClaimProblem[] {
  const key = metricOfMethod(quoted.fact.method);
  if (!key || !METRIC_TERMS.some((term) => term.key === key)) return [];
  const named = [...new Set(termsIn(quoted.before, "strict").map((term) => term.key))];
  const [said] = named;
  if (named.length !== 1 || !said || said === key || RELATED[key]?.includes(said)) return [];
  if (saysItself(quoted, key)) return [];
  return [{ code: "wrong-figure", found: `${metricName(said)} [[${quoted.fact.label}]]` }];
}

/** Figures that are changes themselves: their sign is the direction. */
const CHANGES = new Set(["growth_rate", "valuation_change"]);
const UP = "rose|rises|risen|grew|grows|grown|increased|increases|gained|climbed|improved";
const DOWN = "fell|falls|fallen|declined|declines|dropped|drops|shrank|shrinks|decreased|decreases|lost";
const RISES_BY = new RegExp(`\\b(?:${UP})\\s+by\\s*$`, "iu");
const FALLS_BY = new RegExp(`\\b(?:${DOWN})\\s+by\\s*$`, "iu");

function wrongSign({ fact, before }: Quoted): ClaimProblem[] {
  if (fact.value === null || !CHANGES.has(metricOfMethod(fact.method) ?? "")) return [];
  const value = new Exact(fact.value);
  const against = (value.lt(0) && RISES_BY.exec(before)) || (value.gt(0) && FALLS_BY.exec(before));
  return against ? [{ code: "wrong-direction", found: `${against[0].trim()} [[${fact.label}]]` }] : [];
}

const RISES_FROM = new RegExp(`\\b(?:${UP})\\b[^,;:.]{0,40}\\bfrom\\s*$`, "iu");
const FALLS_FROM = new RegExp(`\\b(?:${DOWN})\\b[^,;:.]{0,40}\\bfrom\\s*$`, "iu");
const NOT = /\b(?:not|never|no longer|nor|neither|nearly|almost|if|until|unless|should|would|could|must)\b|n't\b/iu;
const ABOVE = /^[^,;:.]*\b(?:above|higher than|greater than|exceeds?|exceeded|beats?)\b[^,;:.]*$/iu;
const BELOW = /^[^,;:.]*\b(?:below|lower than|less than|under|short of)\b[^,;:.]*$/iu;

/** Which of two figures is said to be the larger: the first, the second, or neither. */
function saidLarger(first: Quoted, second: Quoted): "first" | "second" | null {
  const between = second.before;
  if (NOT.test(first.before) || NOT.test(between)) return null;
  if (/^\s*to\s*$/iu.test(between)) {
    if (RISES_FROM.test(first.before)) return "second";
    return FALLS_FROM.test(first.before) ? "first" : null;
  }
  const [above, below] = [ABOVE.test(between), BELOW.test(between)];
  if (above === below) return null;
  return above ? "first" : "second";
}

function wrongOrder(first: Quoted, second: Quoted | null | undefined): ClaimProblem[] {
  if (!second || first.fact.unit !== second.fact.unit) return [];
  const larger = saidLarger(first, second);
  const [a, b] = [first.fact.value, second.fact.value];
  if (!larger || a === null || b === null) return [];
  const holds = larger === "first" ? new Exact(a).gte(b) : new Exact(a).lte(b);
  if (holds) return [];
  return [{ code: "wrong-direction", found: `[[${first.fact.label}]]${second.before}[[${second.fact.label}]]` }];
}

/** What a sentence says of its figures that they contradict. */
export function claimProblems(sentence: string, facts: ReadonlyMap<string, FigureFact>): ClaimProblem[] {
  if (facts.size === 0) return [];
  const quoted = quotedIn(sentence, facts);
  return quoted.flatMap((one, index) =>
    one ? [...wrongFigure(one), ...wrongSign(one), ...wrongOrder(one, quoted[index + 1])] : [],
  );
}
