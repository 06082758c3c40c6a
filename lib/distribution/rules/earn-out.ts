import type Fraction from "fraction.js";
import { type FieldProblem, ok, type Result, refuse } from "@/lib/errors";
import { known, type Measure, MISSING } from "@/lib/metrics/rules/measure";
import { type Amount, lesser, rational, sum, ZERO } from "./exact";
import { exactOf } from "./rates";
import { roundHalfUp } from "./rounding";

export type EarnOutTerms = { threshold: Amount; amountAtThreshold: Amount; ratePerUnit: Amount; cap: Amount | null };
export type EarnOut = {
  terms: EarnOutTerms;
  outcomes: readonly { metric: Amount; probability?: Amount | undefined }[];
  discountRate?: Amount | undefined;
  years?: Amount | undefined;
};

/** Nothing below the threshold; from it on the amount at the threshold and the rate for each unit above, up to the cap. */
export function earnOutPayoff(terms: EarnOutTerms, metric: Amount): Fraction {
  const above = rational(metric).sub(rational(terms.threshold));
  if (above.s < 0n && above.n !== 0n) return ZERO;
  const ramp = rational(terms.amountAtThreshold).add(above.mul(rational(terms.ratePerUnit)));
  return terms.cap === null ? ramp : lesser(ramp, rational(terms.cap));
}

/** How far rounded probabilities such as 0.3333 may miss 1 in sum. */
const SLACK = rational("1e-9");

function problemsOf({ terms, outcomes }: EarnOut): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (terms.cap !== null && rational(terms.cap).lt(rational(terms.amountAtThreshold)))
    problems.push({ path: "terms.cap", expected: "a cap of at least the amount at the threshold" });
  const given = outcomes.flatMap(({ probability }) => (probability === undefined ? [] : [rational(probability)]));
  if (given.length > 0 && given.length < outcomes.length) {
    const missing = outcomes.findIndex(({ probability }) => probability === undefined);
    problems.push({
      path: `outcomes[${missing}].probability`,
      expected: "a probability for every outcome, or for none",
    });
  } else if (given.length > 0 && sum(given).sub(1).abs().gt(SLACK))
    problems.push({ path: "outcomes", expected: "probabilities that sum to 1" });
  return problems;
}

/** Probability-weighted payoff, taken per outcome first; unknown for several outcomes without probabilities. */
function expectedOf(payoffs: readonly Fraction[], { outcomes }: EarnOut): Fraction | null {
  const [first] = payoffs;
  if (outcomes.some(({ probability }) => probability === undefined))
    return outcomes.length === 1 && first ? first : null;
  return sum(payoffs.map((payoff, index) => payoff.mul(rational(outcomes[index]?.probability ?? 0))));
}

export type EarnOutValue = { payouts: Fraction[]; expected: Measure; presentValue: Measure };

/** Payouts to the minor unit; expected and present value unrounded, the latter at the end of `years`. Source: methods a1. */
export function earnOut(given: EarnOut, digits: number): Result<EarnOutValue, "CONTRADICTION"> {
  const problems = problemsOf(given);
  if (problems.length > 0) return refuse("CONTRADICTION", problems);
  const payoffs = given.outcomes.map(({ metric }) => earnOutPayoff(given.terms, metric));
  const expected = expectedOf(payoffs, given);
  const { discountRate, years } = given;
  const discount =
    discountRate === undefined || years === undefined
      ? null
      : exactOf(rational(discountRate))
          .plus(1)
          .pow(exactOf(rational(years)));
  return ok({
    payouts: payoffs.map((payoff) => roundHalfUp(payoff, digits)),
    expected: expected ? known(exactOf(expected)) : MISSING,
    presentValue: expected && discount ? known(exactOf(expected).div(discount)) : MISSING,
  });
}
