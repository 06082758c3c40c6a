import type Fraction from "fraction.js";
import { byValue, positive, rational, sum, ZERO } from "@/lib/distribution/rules/exact";
import type { ShareClassInput } from "@/lib/distribution/schema";
import { type FieldProblem, ok, type Result, refuse } from "@/lib/errors";
import { Exact } from "@/lib/money";
import type { ClassTerms } from "../schema";
import type { ClassDividends } from "../schema/dividends";
import { type Built, type ConvertibleAnswers, convertibleClasses, decimal } from "./convertibles";
import { dividendTerms, type Paid, paidFor } from "./dividends";
import type { ClassState, Security } from "./ledger";
import type { CapTable } from "./positions";

export type Terms = ReadonlyMap<string, ClassTerms>;

/**
 * Our rank of each preferred class that has shares: 1 is paid first. Open Cap Format counts the other way round:
 * there the higher seniority is paid first; equal numbers are pari passu in both.
 */
export function ranks(table: CapTable): Map<string, number> {
  const preferred = table.classes.filter(({ definition }) => definition.class_type === "PREFERRED");
  const levels = [...new Set(preferred.map(({ definition }) => rational(definition.seniority).toFraction()))]
    .map((level) =>
      rational(
        preferred.find((c) => rational(c.definition.seniority).toFraction() === level)?.definition.seniority ?? 0,
      ),
    )
    .sort((a, b) => byValue(b, a));
  const rankOf = ({ definition }: ClassState) =>
    levels.findIndex((level) => level.equals(rational(definition.seniority))) + 1;
  return new Map(preferred.map((state) => [state.definition.id, rankOf(state)]));
}

export const stockOf = (table: CapTable, classId: string): Security[] =>
  table.securities.filter((security) => security.kind === "stock" && security.classId === classId);

export const outstandingOf = (securities: readonly Security[]): Fraction =>
  sum(securities.map((security) => security.outstanding));

export type Holding = { holderId: string; name: string; classId: string; kind: Security["kind"]; quantity: Fraction };

/** Holders × classes: what each holds of each class, options apart from stock. */
export function holdings(table: CapTable): Holding[] {
  const rows = new Map<string, Holding>();
  for (const { holderId, classId, kind, outstanding, planId, instrument } of table.securities) {
    const of = classId ?? planId ?? instrument ?? kind;
    const key = JSON.stringify([holderId, of, kind]);
    const row = rows.get(key);
    if (row) row.quantity = row.quantity.add(outstanding);
    else
      rows.set(key, {
        holderId,
        name: table.holders.get(holderId) ?? holderId,
        classId: of,
        kind,
        quantity: outstanding,
      });
  }
  return [...rows.values()].sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : a.classId < b.classId ? -1 : 1,
  );
}

export type Question = {
  classId: string;
  className: string;
  topic: "participation" | "liquidationMultiple" | "conversionRatio";
  question: string;
};

/**
 * What the format does not say about preferred that is outstanding, and nobody has answered: whether it participates
 * (a missing cap multiple means "none" or "without a cap"), its preference multiple, what it converts into.
 */
export function openQuestions(table: CapTable, terms: Terms): Question[] {
  return table.classes.flatMap(({ definition, ratio }) => {
    const { id: classId, name: className } = definition;
    if (definition.class_type !== "PREFERRED" || stockOf(table, classId).length === 0) return [];
    const answer = terms.get(classId);
    const open: Question[] = [];
    const ask = (topic: Question["topic"], question: string) => open.push({ classId, className, topic, question });
    if (!answer && definition.participation_cap_multiple === undefined)
      ask(
        "participation",
        `Does ${className} share in what is left after its preference: not at all, in full, or up to a cap?`,
      );
    if (definition.liquidation_preference_multiple === undefined && !answer?.liquidationMultiple)
      ask("liquidationMultiple", `How many times its price is ${className} paid before common?`);
    if (ratio === null && !answer?.conversionRatio)
      ask(
        "conversionRatio",
        `How many common shares is one share of ${className} on conversion (0 if it may not convert)?`,
      );
    return open;
  });
}

/** Price paid per share × shares outstanding; the class's own issue price where the format gives one. Null if unknown. */
function invested(state: ClassState, securities: readonly Security[]): Fraction | null {
  const classPrice = state.definition.price_per_share;
  const parts = securities.map(({ price, outstanding }) => {
    const each = price ?? (classPrice ? rational(classPrice.amount) : null);
    return each ? each.mul(outstanding) : null;
  });
  return parts.every((part) => part !== null) ? sum(parts.filter((part) => part !== null)) : null;
}

/** What was paid for each security of a class; the class's own issue price where the security has none. */
function paidOf({ definition }: ClassState, securities: readonly Security[]): Paid[] {
  const classPrice = definition.price_per_share;
  return securities.map((security) => {
    const each = security.price ?? rational(classPrice?.amount ?? 0);
    const base = each.mul(security.outstanding);
    return paidFor(security, new Exact(base.n.toString()).div(base.d.toString()));
  });
}

/** Of dividends in kind: shares, and what was paid for them, have grown. */
const grown = (value: Fraction, growth: string | undefined): Fraction =>
  growth === undefined ? value : value.mul(rational(growth));

type Answered = { terms: ClassTerms | undefined; dividends: ClassDividends | undefined; day: string };

function preferredClass(table: CapTable, state: ClassState, rank: number, answered: Answered): Built {
  const { terms: answer, dividends, day } = answered;
  const { id, name, participation_cap_multiple: cap } = state.definition;
  const securities = stockOf(table, id);
  const shares = outstandingOf(securities);
  if (!positive(shares)) return { classes: [], problems: [] };
  const paid = invested(state, securities);
  if (!paid)
    return {
      classes: [],
      problems: [{ path: `classes.${id}.share_price`, expected: "the price that was paid per share" }],
    };
  const ratio = state.ratio ?? rational(answer?.conversionRatio ?? 0);
  const participation = cap === undefined ? (answer?.participation ?? "none") : "capped";
  const capMultiple = cap ?? answer?.capMultiple;
  const { growth, ...claims } = dividendTerms(dividends, paidOf(state, securities), day);
  const built: ShareClassInput = {
    id,
    name,
    kind: "preferred",
    shares: decimal(grown(shares.mul(ratio), growth)),
    invested: decimal(grown(paid, growth)),
    ...claims,
    multiple: state.definition.liquidation_preference_multiple ?? answer?.liquidationMultiple ?? "1",
    participation,
    ...(participation === "capped" && capMultiple ? { capMultiple } : {}),
    seniority: rank,
    convertible: positive(ratio),
  };
  return { classes: [built], problems: [] };
}

/** On a day; null: nobody says when, so nothing has expired. */
function exercisable(table: CapTable, day: string | null): Built {
  const problems: FieldProblem[] = [];
  const classes = table.securities.flatMap((security): ShareClassInput[] => {
    const { id, kind, outstanding, price, customId, expiresOn } = security;
    if (kind !== "warrant" && kind !== "equity-compensation") return [];
    if (expiresOn !== null && day !== null && expiresOn < day) return [];
    if (price === null)
      problems.push({ path: `securities.${id}.exercise_price`, expected: "the price at which it is exercised" });
    const holder = table.holders.get(security.holderId) ?? security.holderId;
    const name = [customId, holder].filter(Boolean).join(" ");
    return [
      {
        id,
        name,
        kind: kind === "warrant" ? "warrant" : "option",
        shares: decimal(outstanding),
        strike: decimal(price ?? ZERO),
      },
    ];
  });
  return { classes, problems };
}

export type ClassesRefusal = "OPEN_QUESTIONS" | "INCOMPLETE";

/**
 * The classes as distribution.waterfall takes them, or a refusal that names each unanswered question. All options
 * outstanding count, vested or not, as an acceleration at the sale would have it; expired ones do not.
 */
export function toWaterfallClasses(
  table: CapTable,
  terms: Terms,
  convertibles: ConvertibleAnswers = { terms: new Map(), day: null },
): Result<ShareClassInput[], ClassesRefusal> {
  const questions = openQuestions(table, terms);
  if (questions.length > 0) {
    const problems = questions.map(({ classId, topic, question }) => ({
      path: `classes.${classId}.${topic}`,
      expected: question,
    }));
    return refuse("OPEN_QUESTIONS", problems);
  }
  const rank = ranks(table);
  const day = convertibles.day ?? table.asOf ?? table.lastTransactionOn ?? "";
  const stock = table.classes.map((state): Built => {
    const { id, name, class_type: type } = state.definition;
    if (type === "PREFERRED") {
      const answered = { terms: terms.get(id), dividends: convertibles.dividends?.get(id), day };
      return preferredClass(table, state, rank.get(id) ?? 1, answered);
    }
    const shares = outstandingOf(stockOf(table, id));
    return { classes: positive(shares) ? [{ id, name, kind: "common", shares: decimal(shares) }] : [], problems: [] };
  });
  const options = exercisable(table, convertibles.day ?? table.asOf);
  const counted = [...stock.flatMap((built) => built.classes), ...options.classes];
  const fullyDiluted = sum(counted.map((given) => ("shares" in given ? rational(given.shares ?? 0) : ZERO)));
  const last = Math.max(0, ...rank.values()) + 1;
  const built = [...stock, options, convertibleClasses(table, convertibles, { fullyDiluted, last })];
  const problems = built.flatMap((each) => each.problems);
  return problems.length > 0 ? refuse("INCOMPLETE", problems) : ok(built.flatMap((each) => each.classes));
}
