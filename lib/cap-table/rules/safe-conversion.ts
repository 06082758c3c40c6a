import type Fraction from "fraction.js";
import { lesser, positive, rational, sum, whole, ZERO } from "@/lib/distribution/rules/exact";
import { type FieldProblem, ok, type Result, refuse } from "@/lib/errors";
import type { SafeConversionInput } from "../schema/computing";

const ONE = whole(1n);

/** A SAFE or note: its money is worth the better of a price off the round's and a price from its cap. */
type Security = {
  id: string;
  claim: Fraction;
  /** Worth in money where the price of the round decides: claim ÷ (1 − discount). */
  atPrice: Fraction;
  cap: Fraction | null;
  /** What the cap is divided by: everything that converts too, the pool increase too, or what was there before. */
  capitalization: "company" | "with-pool" | "before";
  discount: Fraction;
  /** Its shares count in the pre-money capitalization, by which the round is priced. */
  counted: boolean;
  /** Its money counts on top of the pre-money valuation. */
  addsMoney: boolean;
};

type Company = {
  securities: Security[];
  base: Fraction;
  unissued: Fraction;
  newMoney: Fraction;
  target: Fraction | null;
  increase: Fraction;
};

function securitiesOf({ safes, notes }: SafeConversionInput): Security[] {
  const terms = (
    given: { cap?: number | string | undefined; discount?: number | string | undefined },
    claim: Fraction,
  ) => {
    const discount = rational(given.discount ?? 0);
    const cap = given.cap === undefined ? null : rational(given.cap);
    return { claim, cap, discount, atPrice: claim.div(ONE.sub(discount)) };
  };
  return [
    ...safes.map(
      (safe): Security => ({
        ...{ id: safe.id, ...terms(safe, rational(safe.amount)), counted: true, addsMoney: false },
        capitalization: safe.kind === "pre-money" ? "with-pool" : "company",
      }),
    ),
    ...notes.map(
      (note): Security => ({
        ...{ id: note.id, ...terms(note, rational(note.principal).add(rational(note.accruedInterest))) },
        ...{ capitalization: "before", counted: note.method !== "pre-money" },
        addsMoney: note.method === "dollars-invested",
      }),
    ),
  ];
}

const RESERVED = ["common", "options", "unissuedPool", "newMoney"];

function contradictions({ round, safes, notes, capitalization }: SafeConversionInput): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if ((round.preMoney === undefined) === (round.pricePerShare === undefined))
    problems.push({
      path: round.preMoney === undefined ? "round.preMoney" : "round.pricePerShare",
      expected: "either preMoney or pricePerShare",
    });
  if (round.poolIncrease !== undefined && round.poolTarget !== undefined)
    problems.push({ path: "round.poolTarget", expected: "either poolIncrease or poolTarget" });
  const { common, options, unissuedPool } = capitalization;
  if (!positive(sum([common, options, unissuedPool].map(rational))))
    problems.push({ path: "capitalization.common", expected: "shares before the round" });
  const seen = new Set(RESERVED);
  const entries = [
    ...safes.map(({ id }, i) => ({ id, at: `safes[${i}].id` })),
    ...notes.map(({ id }, i) => ({ id, at: `notes[${i}].id` })),
  ];
  for (const { id, at } of entries) {
    if (seen.has(id)) problems.push({ path: at, expected: `an id of its own; "${id}" is taken` });
    seen.add(id);
  }
  safes.forEach(({ kind, cap, discount }, index) => {
    if (kind !== "discount-only") return;
    if (discount === undefined)
      problems.push({ path: `safes[${index}].discount`, expected: "a discount, as there is nothing else" });
    if (cap !== undefined)
      problems.push({ path: `safes[${index}].cap`, expected: 'no cap, or kind "post-money" or "pre-money"' });
  });
  return problems;
}

/** A value that grows with the price of the round along a straight line. */
type Line = { fixed: Fraction; perPrice: Fraction };
const at = ({ fixed, perPrice }: Line, price: Fraction): Fraction => fixed.add(perPrice.mul(price));

/** Who takes the price from its cap, and whether the pool has to grow to its target. */
type Policy = { capped: boolean[]; grows: boolean };
type Standing = { policy: Policy; company: Line; pool: Line };

/**
 * Worth of the company capitalization (Y) and of the pool increase (U) while each security takes what the policy says:
 * two linear equations. Null where the promises leave nothing for anybody else.
 */
function solve({ securities, base, unissued, newMoney, target, increase }: Company, policy: Policy): Standing | null {
  const parts = securities.map(({ claim, atPrice, cap, capitalization }, index) =>
    cap && policy.capped[index]
      ? { by: capitalization, part: claim.div(cap), fixed: ZERO }
      : { by: null, part: ZERO, fixed: atPrice },
  );
  const partOf = (by: Security["capitalization"]) => sum(parts.filter((one) => one.by === by).map(({ part }) => part));
  const [ofCompany, ofPool, ofBefore] = [partOf("company"), partOf("with-pool"), partOf("before")];
  const company: Line = {
    fixed: sum(parts.map(({ fixed }) => fixed)),
    perPrice: base.mul(ONE.add(ofPool).add(ofBefore)),
  };
  const own = ONE.sub(ofCompany);
  if (!positive(own)) return null;
  const grown = target && policy.grows ? target : null;
  if (!grown) {
    const pool: Line = { fixed: ZERO, perPrice: increase };
    const total = { fixed: company.fixed.div(own), perPrice: company.perPrice.add(ofPool.mul(increase)).div(own) };
    return { policy, company: total, pool };
  }
  // (1 − F) Y − H U = company; −t Y + (1 − t) U = t × new money − price × unissued.
  const right: Line = { fixed: grown.mul(newMoney), perPrice: unissued.neg() };
  const determinant = own.mul(ONE.sub(grown)).sub(ofPool.mul(grown));
  if (!positive(determinant)) return null;
  const both = (key: keyof Line) => ({
    y: ONE.sub(grown).mul(company[key]).add(ofPool.mul(right[key])).div(determinant),
    u: own.mul(right[key]).add(grown.mul(company[key])).div(determinant),
  });
  const [fixed, perPrice] = [both("fixed"), both("perPrice")];
  return {
    policy,
    company: { fixed: fixed.y, perPrice: perPrice.y },
    pool: { fixed: fixed.u, perPrice: perPrice.u },
  };
}

/** Worth at its cap, at a price of the round. */
function atCap(
  { claim, cap, capitalization }: Security,
  company: Company,
  standing: Standing,
  price: Fraction,
): Fraction {
  if (!cap) return ZERO;
  const before = price.mul(company.base);
  const worth = { company: at(standing.company, price), "with-pool": before.add(at(standing.pool, price)), before };
  return claim.mul(worth[capitalization]).div(cap);
}

/** Everyone's better choice at a price of the round: the choices only ever grow, so that this ends. */
function settleAt(company: Company, price: Fraction): Standing | null {
  let standing = solve(company, { capped: company.securities.map(() => false), grows: false });
  while (standing) {
    const now = standing;
    const capped = company.securities.map(
      (security, index) => now.policy.capped[index] || atCap(security, company, now, price).gt(security.atPrice),
    );
    const worth = at(now.company, price).add(at(now.pool, price)).add(company.newMoney);
    const short = company.target?.mul(worth).sub(price.mul(company.unissued)).sub(at(now.pool, price));
    const grows = now.policy.grows || (short !== undefined && positive(short));
    if (grows === now.policy.grows && capped.every((one, index) => one === now.policy.capped[index])) return now;
    standing = solve(company, { capped, grows });
  }
  return null;
}

/** Worth of the pre-money capitalization as the term sheet counts it. */
function preMoneyWorth(company: Company, standing: Standing): Line {
  const left = company.securities.filter(({ counted }) => !counted);
  const fixed = left.flatMap((security) => (capped(company, standing, security) ? [] : [security.atPrice]));
  const perPrice = left.flatMap((security) =>
    security.cap && capped(company, standing, security) ? [security.claim.mul(company.base).div(security.cap)] : [],
  );
  return {
    fixed: standing.company.fixed.add(standing.pool.fixed).sub(sum(fixed)),
    perPrice: standing.company.perPrice.add(standing.pool.perPrice).sub(sum(perPrice)),
  };
}

const capped = ({ securities }: Company, { policy }: Standing, security: Security): boolean =>
  policy.capped[securities.indexOf(security)] ?? false;

/**
 * The price at which the pre-money capitalization is worth what was agreed: the worth rises with the price along a convex
 * line of straight pieces, so that Newton's steps from above reach it exactly. Null where there is none.
 */
function priceOf(company: Company, agreed: Fraction): Fraction | null {
  let price = agreed.div(company.base);
  for (;;) {
    const standing = settleAt(company, price);
    if (!standing) return null;
    const worth = preMoneyWorth(company, standing);
    if (at(worth, price).equals(agreed)) return price;
    price = agreed.sub(worth.fixed).div(worth.perPrice);
    if (!positive(price)) return null;
  }
}

export type SafeConversion = {
  pricePerShare: Fraction;
  companyCapitalization: Fraction;
  securities: { id: string; conversionPrice: Fraction; shares: Fraction; by: "cap" | "discount" | "round" }[];
  newShares: Fraction;
  poolIncrease: Fraction;
  totalShares: Fraction;
  ownership: Map<string, Fraction>;
};

function assembled(given: SafeConversionInput, company: Company, standing: Standing, price: Fraction): SafeConversion {
  const [capitalization, increase] = [at(standing.company, price).div(price), at(standing.pool, price).div(price)];
  const counts = { company: capitalization, "with-pool": company.base.add(increase), before: company.base };
  const securities = company.securities.map(({ id, claim, cap, capitalization: by, discount }) => {
    const discounted = price.mul(ONE.sub(discount));
    const fromCap = cap?.div(counts[by]) ?? null;
    const conversionPrice = fromCap ? lesser(fromCap, discounted) : discounted;
    const binding = fromCap?.lt(discounted) ? "cap" : discount.n === 0n ? "round" : "discount";
    return { id, conversionPrice, shares: claim.div(conversionPrice), by: binding } as const;
  });
  const newShares = company.newMoney.div(price);
  const totalShares = capitalization.add(increase).add(newShares);
  const { common, options } = given.capitalization;
  const parts: [string, Fraction][] = [
    ["common", rational(common)],
    ["options", rational(options)],
    ["unissuedPool", company.unissued.add(increase)],
    ["newMoney", newShares],
    ...securities.map(({ id, shares }): [string, Fraction] => [id, shares]),
  ];
  const ownership = new Map(parts.map(([id, shares]) => [id, shares.div(totalShares)]));
  return {
    pricePerShare: price,
    companyCapitalization: capitalization,
    securities,
    newShares,
    poolIncrease: increase,
    totalShares,
    ownership,
  };
}

/**
 * A priced round over SAFEs and notes: price per share, what each converts at and into, the pool increase and everyone's
 * part, solved together and exactly. A post-money cap is divided by all stock, options, the pool before the round and
 * everything that converts; a pre-money cap by the same with the pool increase and without what converts; a note's cap by
 * what was there before. Source: methods a6; YC post-money SAFE v1.2; Cooley GO, three methods for notes.
 */
export function safeConversion(given: SafeConversionInput): Result<SafeConversion, "CONTRADICTION"> {
  const problems = contradictions(given);
  if (problems.length > 0) return refuse("CONTRADICTION", problems);
  const { round, capitalization } = given;
  const securities = securitiesOf(given);
  const company: Company = {
    securities,
    base: sum([capitalization.common, capitalization.options, capitalization.unissuedPool].map(rational)),
    unissued: rational(capitalization.unissuedPool),
    newMoney: rational(round.newMoney),
    target: round.poolTarget === undefined ? null : rational(round.poolTarget),
    increase: rational(round.poolIncrease ?? 0),
  };
  const promised = sum(
    securities.flatMap(({ claim, cap, capitalization: by }) => (cap && by === "company" ? [claim.div(cap)] : [])),
  );
  if (promised.gte(1))
    return refuse("CONTRADICTION", [
      { path: "safes", expected: "amounts ÷ caps that sum to less than the whole company" },
    ]);
  const added = sum(securities.filter(({ addsMoney }) => addsMoney).map(({ claim }) => claim));
  const price =
    round.pricePerShare === undefined
      ? priceOf(company, rational(round.preMoney ?? 0).add(added))
      : rational(round.pricePerShare);
  const standing = price && settleAt(company, price);
  if (!price || !standing)
    return refuse("CONTRADICTION", [
      price === null && company.target === null
        ? { path: "round.preMoney", expected: "more than what SAFEs and notes convert into" }
        : { path: "round.poolTarget", expected: "a pool that leaves room for what converts and the new money" },
    ]);
  return ok(assembled(given, company, standing, price));
}
