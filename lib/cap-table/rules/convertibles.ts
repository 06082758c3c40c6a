import type Fraction from "fraction.js";
import { type Amount, approximate, payment, positive, rational, whole, ZERO } from "@/lib/distribution/rules/exact";
import type { ShareClassInput } from "@/lib/distribution/schema";
import type { FieldProblem } from "@/lib/errors";
import type { ConvertibleTerms } from "../schema";
import type { ClassDividends } from "../schema/dividends";
import type { Security } from "./ledger";
import type { CapTable } from "./positions";

export type Built = { classes: ShareClassInput[]; problems: FieldProblem[] };
/** What people read in the instruments, by security, and the day up to which interest runs; null: the last transaction. */
export type ConvertibleAnswers = {
  terms: ReadonlyMap<string, ConvertibleTerms>;
  day: string | null;
  /** By preferred class; left out: none has any. */
  dividends?: ReadonlyMap<string, ClassDividends>;
};

export const decimal = (value: Fraction): Amount => {
  const exact = payment(value);
  return typeof exact === "number" ? exact : approximate(value);
};

type Standing = {
  /** Shares and options outstanding as converted, without convertibles: the liquidity capitalization. */
  fullyDiluted: Fraction;
  /** A rank behind every preferred class. */
  last: number;
};

/** What the package itself says of a SAFE; null where that is not enough to pay it, and for every other convertible. */
export function packageTerms({ id, instrument, capAmount, discount, place }: Security): ConvertibleTerms | null {
  if (instrument !== "SAFE" || !(capAmount || discount?.lt(whole(1n)))) return null;
  const text = (value: Fraction | null) => (value && positive(value) ? String(decimal(value)) : null);
  return {
    ...{ securityId: id, kind: "safe", mostFavoured: false, onExit: "better", evidence: place },
    ...{ valuationCap: text(capAmount), discountRatio: text(discount) },
    ...{ interestRatio: null, interestFrom: null, maturesOn: null, premiumRatio: null },
  };
}

/**
 * SAFEs and notes as distribution.waterfall takes them; one without terms is a problem by name. A SAFE's cap counts over
 * the capitalization without convertibles (YC, v1.2: liquidity price). A discount alone is a claim of amount ÷
 * (1 − discount): its liquidity price is the discounted price of common, so that the top-up comes with common, behind all
 * preferred. Beside a cap a discount counts in financings, not at an exit. Without either there is only money back.
 */
export function convertibleClasses(table: CapTable, answers: ConvertibleAnswers, standing: Standing): Built {
  const built: Built = { classes: [], problems: [] };
  for (const security of table.securities) {
    if (security.kind !== "convertible") continue;
    const terms = answers.terms.get(security.id) ?? packageTerms(security);
    const day = answers.day ?? table.asOf ?? table.lastTransactionOn;
    const found = terms && classesOf(security, terms, standing, day);
    if (found) built.classes.push(...found);
    else
      built.problems.push({
        path: `securities.${security.id}`,
        expected: `terms of conversion of ${labelOf(table, security)} at an exit: cap, discount, interest, as the instrument says; they are given on the venture's data page, under the cap table`,
      });
  }
  return built;
}

export const labelOf = (table: CapTable, { customId, instrument, holderId }: Security): string =>
  [customId, instrument, "of", table.holders.get(holderId) ?? holderId].filter(Boolean).join(" ");

function classesOf(security: Security, terms: ConvertibleTerms, standing: Standing, day: string | null) {
  const { fullyDiluted } = standing;
  const cap = terms.onExit === "better" && terms.valuationCap ? rational(terms.valuationCap) : null;
  if (cap && !positive(fullyDiluted)) return null;
  const { id } = security;
  if (terms.kind === "safe") return safeClasses(security, terms, cap, standing);
  const accrued = accruedInterest(security, terms, day);
  const note: ShareClassInput = {
    id,
    kind: "note",
    principal: decimal(security.outstanding),
    accruedInterest: decimal(accrued),
    premium: terms.premiumRatio ?? 0,
    ...(cap ? { conversionPrice: decimal(cap.div(fullyDiluted)) } : { shares: 0 }),
  };
  return [note];
}

function safeClasses(
  { id, outstanding }: Security,
  { onExit, discountRatio }: ConvertibleTerms,
  cap: Fraction | null,
  { fullyDiluted, last }: Standing,
): ShareClassInput[] {
  const purchaseAmount = decimal(outstanding);
  if (cap)
    return [{ id, kind: "safe", purchaseAmount, valuationCap: decimal(cap), capitalization: decimal(fullyDiluted) }];
  const plain: ShareClassInput = { id, kind: "safe", purchaseAmount, shares: 0 };
  const discount = onExit === "better" && discountRatio ? rational(discountRatio) : ZERO;
  if (!positive(discount)) return [plain];
  const topUp: ShareClassInput = {
    id: `${id}:discount`,
    name: "discount of the SAFE",
    kind: "preferred",
    shares: 0,
    preferenceAmount: decimal(outstanding.mul(discount).div(whole(1n).sub(discount))),
    participation: "none",
    seniority: last,
    convertible: false,
  };
  return [plain, topUp];
}

const DAY_MS = 86_400_000;

/** Simple interest, actual days ÷ 365, from the day named or of issue; none before it. */
export function accruedInterest(
  { outstanding, issuedOn }: Pick<Security, "outstanding" | "issuedOn">,
  { interestRatio, interestFrom }: Pick<ConvertibleTerms, "interestRatio" | "interestFrom">,
  day: string | null,
): Fraction {
  if (!interestRatio || day === null) return ZERO;
  const days = Math.round((Date.parse(day) - Date.parse(interestFrom ?? issuedOn)) / DAY_MS);
  return days > 0
    ? outstanding
        .mul(rational(interestRatio))
        .mul(whole(BigInt(days)))
        .div(whole(365n))
    : ZERO;
}
