import type Fraction from "fraction.js";
import type { FieldProblem } from "@/lib/errors";
import type { ShareClass } from "../schema";
import { lesser, rational, ZERO } from "./exact";

/** A class reduced to what the waterfall needs: a claim by rank, shares in the residual, and a choice. */
export type Position = {
  id: string;
  kind: ShareClass["kind"];
  /** Debt ranks before every preference, whatever the numbers. */
  tier: "debt" | "preference";
  /** Within the tier; lower is paid first. */
  seniority: number;
  /** Claim while it holds, cut to its cap. */
  held: Fraction;
  /** What survives conversion as a claim: dividends that are kept. */
  kept: Fraction;
  /** As converted. */
  shares: Fraction;
  strike: Fraction;
  /** Shares in the residual while it holds. */
  participates: boolean;
  /** On everything it receives while it holds. */
  cap: Fraction | null;
  chooses: boolean;
  /** Counts in the vote for mandatory conversion. */
  votes: boolean;
  converted: boolean;
};

const PLAIN = {
  tier: "preference",
  seniority: 1,
  held: ZERO,
  kept: ZERO,
  shares: ZERO,
  strike: ZERO,
  participates: false,
  cap: null,
  chooses: false,
  votes: false,
  converted: false,
} as const;

function preferredPosition(given: Extract<ShareClass, { kind: "preferred" }>): Position {
  const { id, kind, seniority, convertible } = given;
  const dividends = rational(given.accruedDividends);
  const invested = rational(given.invested ?? 0);
  const preference = given.preferenceAmount === undefined ? invested.mul(rational(given.multiple)) : null;
  const claim = (preference ?? rational(given.preferenceAmount ?? 0)).add(dividends);
  const cap =
    given.participation !== "capped"
      ? null
      : given.capAmount === undefined
        ? invested.mul(rational(given.capMultiple ?? 0))
        : rational(given.capAmount);
  return {
    ...PLAIN,
    id,
    kind,
    seniority,
    held: cap ? lesser(cap, claim) : claim,
    kept: given.dividendsOnConversion === "kept" ? dividends : ZERO,
    shares: rational(given.shares),
    participates: given.participation !== "none",
    cap,
    chooses: convertible,
    votes: convertible,
  };
}

export function positionOf(given: ShareClass): Position {
  const { id, kind } = given;
  switch (given.kind) {
    case "common":
      return { ...PLAIN, id, kind, shares: rational(given.shares), participates: true };
    case "option":
    case "warrant": {
      const shares = rational(given.shares);
      return { ...PLAIN, id, kind, shares, strike: rational(given.strike), participates: true };
    }
    case "debt":
      return { ...PLAIN, id, kind, tier: "debt", seniority: given.seniority, held: rational(given.claim) };
    case "safe": {
      const held = rational(given.purchaseAmount);
      // Purchase amount ÷ liquidity price, where the liquidity price is cap ÷ liquidity capitalization (YC, v1.2).
      const shares =
        given.shares === undefined
          ? held.mul(rational(given.capitalization ?? 0)).div(rational(given.valuationCap ?? 1))
          : rational(given.shares);
      return { ...PLAIN, id, kind, seniority: given.seniority, held, shares, chooses: true };
    }
    case "note": {
      const principal = rational(given.principal);
      const balance = principal.add(rational(given.accruedInterest));
      const held = balance.add(principal.mul(rational(given.premium)));
      const shares =
        given.shares === undefined ? balance.div(rational(given.conversionPrice ?? 1)) : rational(given.shares);
      return { ...PLAIN, id, kind, tier: "debt", seniority: given.seniority, held, shares, chooses: true };
    }
    case "preferred":
      return preferredPosition(given);
  }
}

/** The position after conversion, or with its choice taken away. */
export const asConverted = (position: Position): Position => ({
  ...position,
  held: position.kept,
  participates: true,
  cap: null,
  chooses: false,
  converted: true,
});
export const asHeld = (position: Position): Position => ({ ...position, chooses: false });

function preferredProblems(given: Extract<ShareClass, { kind: "preferred" }>, at: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const caps = [given.capMultiple, given.capAmount].filter((cap) => cap !== undefined).length;
  const capped = given.participation === "capped";
  const capPath = `${at}.${given.capMultiple === undefined ? "capAmount" : "capMultiple"}`;
  if (capped && caps === 0)
    problems.push({ path: `${at}.capMultiple`, expected: "capMultiple or capAmount, as the class is capped" });
  if (caps === 2) problems.push({ path: `${at}.capAmount`, expected: "either capMultiple or capAmount, not both" });
  if (!capped && caps > 0) problems.push({ path: capPath, expected: 'no cap, or participation "capped"' });
  if (given.invested === undefined && (given.preferenceAmount === undefined || given.capMultiple !== undefined))
    problems.push({ path: `${at}.invested`, expected: "the amount invested, on which the multiple is taken" });
  if (problems.length > 0 || !capped) return problems;
  const { cap, kept } = preferredPosition(given);
  if (cap?.lt(kept)) problems.push({ path: capPath, expected: "a cap of at least the dividends kept on conversion" });
  return problems;
}

function conversionProblems(given: ShareClass, at: string): FieldProblem[] {
  if (given.kind === "note") {
    const ways = [given.shares, given.conversionPrice].filter((way) => way !== undefined).length;
    return ways === 1 ? [] : [{ path: `${at}.shares`, expected: "either shares or conversionPrice" }];
  }
  if (given.kind !== "safe") return [];
  const capped = [given.valuationCap, given.capitalization].filter((part) => part !== undefined).length;
  const complete = given.shares === undefined ? capped === 2 : capped === 0;
  return complete ? [] : [{ path: `${at}.shares`, expected: "either shares, or valuationCap with capitalization" }];
}

/** What no company can have at once: the same id twice, a cap on a class that is not capped, two conversion terms. */
export function contradictions(classes: readonly ShareClass[]): FieldProblem[] {
  const seen = new Set<string>();
  return classes.flatMap((given, index) => {
    const at = `classes[${index}]`;
    const twice = seen.has(given.id);
    seen.add(given.id);
    return [
      ...(twice ? [{ path: `${at}.id`, expected: `an id of its own; "${given.id}" is taken` }] : []),
      ...(given.kind === "preferred" ? preferredProblems(given, at) : []),
      ...conversionProblems(given, at),
    ];
  });
}
