import type { OfferTerms } from "@/lib/deals/schema/terms";
import { ok, type Result, refuse } from "@/lib/errors";
import type { InKindForm } from "@/lib/ledger/rules/accounts";
import type { CarveOut } from "@/lib/ledger/schema";
import { splitByLargestRemainder } from "@/lib/money";
import type { Financing } from "../../schema/split";
import { rational, type ZERO } from "../exact";
import { roundHalfUp } from "../rounding";
import { type Split, unitsOf } from "../split/split";

/** One line of a funds-flow statement, in whole minor units. */
export type FlowLine = { key: string; label: string; party: string; units: bigint };
export type HolderFlow = {
  id: string;
  name: string;
  closing: bigint;
  withheld: bigint;
  /** Stock and rollover together. */
  paper: bigint;
  stock: bigint;
  cash: bigint;
};
export type FundsFlow = {
  sources: FlowLine[];
  uses: FlowLine[];
  holders: HolderFlow[];
  /** What sources and uses each add up to. */
  total: bigint;
};
export type FlowRefusal = "FINANCING_EXCEEDS" | "NO_CASH";

const total = (lines: readonly { units: bigint }[]): bigint => lines.reduce((all, { units }) => all + units, 0n);

/** Withheld by office, in the order of the holders and their rates. */
function taxLines(split: Split): FlowLine[] {
  const offices = new Map<string, bigint>();
  for (const { office, units } of split.holders.flatMap(({ taxes }) => taxes))
    offices.set(office, (offices.get(office) ?? 0n) + units);
  return [...offices].map(([office, units], index) => ({
    ...{ key: `tax.${index + 1}`, label: "Tax withheld", party: office, units },
  }));
}

type Paper = { stock: bigint; rollover: bigint };

/** Stock and rollover belong to all who are paid at closing, in proportion to it. */
function holderFlows(split: Split, { stock, rollover }: Paper): HolderFlow[] | null {
  const paid = split.holders.filter(({ gross, held }) => gross > held);
  const closing = paid.map(({ gross, held }) => gross - held);
  const shared = (amount: bigint, by: readonly bigint[]) =>
    amount === 0n ? by.map(() => 0n) : splitByLargestRemainder(amount, by.map(String));
  const inPaper = shared(stock + rollover, closing);
  // By what each has in paper, so that nobody has more stock than paper.
  const inStock = inPaper && shared(stock, inPaper);
  if (!inStock) return null;
  const flows = paid.map(({ id, name, withheld }, index) => {
    const [due, paper] = [closing[index] ?? 0n, inPaper[index] ?? 0n];
    return { id, name, closing: due, withheld, paper, stock: inStock[index] ?? 0n, cash: due - paper - withheld };
  });
  return flows.some(({ cash }) => cash < 0n) ? null : flows;
}

/** Whose the carve-out is, in the statement and on the ledger. */
const CARVE_OUT = { party: "Management", name: "Management carve-out" } as const;

/** The carve-out that the terms agree on, as the ledger takes it of later payments; null where there is none. */
export const carveOutOf = ({ carveOut }: Pick<OfferTerms, "carveOut">): CarveOut | null =>
  carveOut !== null && rational(carveOut).s > 0n && rational(carveOut).n > 0n
    ? { ...CARVE_OUT, ratio: carveOut }
    : null;

const line = (key: string, label: string, party: string, amount: bigint): FlowLine[] =>
  amount === 0n ? [] : [{ key, label, party, units: amount }];

function usesOf(split: Split, holders: readonly HolderFlow[], { stock, rollover }: Paper, digits: number): FlowLine[] {
  const { bridge, carveOut } = split;
  const units = (value: typeof ZERO) => unitsOf(value, digits);
  return [
    ...line("debt", "Debt paid off", "Lenders of the company", units(bridge.debt)),
    ...line("costs", "Transaction costs", "Advisers", units(bridge.costs)),
    ...line("carve-out", CARVE_OUT.name, CARVE_OUT.party, carveOut.closing),
    ...line("escrow", "Into escrow", "Escrow agent", units(bridge.escrow)),
    ...line("holdback", "Held back", "Buyer", units(bridge.holdback)),
    ...taxLines(split),
    ...line("stock-out", "Stock of the bidder to holders", "Holders", stock),
    ...line("rollover-out", "Rolled over by holders", "Holders", rollover),
    ...holders.flatMap(({ id, name, cash }) => line(`holder.${id}`, "Cash to holder", name, cash)),
  ];
}

const givenOf = (financing: readonly Financing[], { stock, rollover }: Paper, digits: number): FlowLine[] => [
  ...financing.flatMap(({ kind, name, amount }, index) =>
    line(
      `${kind}.${index + 1}`,
      kind === "deposit" ? "Deposit paid before" : "Financing",
      name,
      unitsOf(roundHalfUp(rational(amount), digits), digits),
    ),
  ),
  ...line("stock", "Stock of the bidder", "Buyer", stock),
  ...line("rollover", "Rolled over", "Holders", rollover),
];

/**
 * Where the money of the closing comes from and where it goes, to the minor unit: the buyer's own cash is what financing,
 * deposit and paper leave of the uses. Both sides add up to the same, or there is no statement.
 */
export function fundsFlow(
  split: Split,
  terms: Pick<OfferTerms, "currency">,
  financing: readonly Financing[],
  digits: number,
): Result<FundsFlow, FlowRefusal> {
  const { stock, rollover } = split.bridge;
  const paper = { stock: unitsOf(stock, digits), rollover: unitsOf(rollover, digits) };
  const holders = holderFlows(split, paper);
  if (!holders) return refuse("NO_CASH");
  const uses = usesOf(split, holders, paper, digits);
  const given = givenOf(financing, paper, digits);
  const own = total(uses) - total(given);
  if (own < 0n) return refuse("FINANCING_EXCEEDS");
  const sources = [...line("buyer", "Cash of the buyer", `Buyer, in ${terms.currency}`, own), ...given];
  return ok({ sources, uses, holders, total: total(uses) });
}

/** What the ledger is asked to distribute at closing: charges first, the rest to the holders by the same waterfall. */
export type ClosingDistribution = {
  /** All that is distributed, in cash and in kind. */
  amountMinor: bigint;
  charges: { kind: "costs" | "fees"; party: string; name: string; amountMinor: bigint }[];
  withholdings: { holderId: string; classId: string | null; amountMinor: bigint; party: string; name: string }[];
  /** Of it what a holder receives in stock of the bidder or rolls over, at its stated value. */
  inKind: { holderId: string; form: InKindForm; amountMinor: bigint }[];
};

const inKindOf = ({ id: holderId, paper, stock }: HolderFlow): ClosingDistribution["inKind"] =>
  [
    { holderId, form: "stock" as const, amountMinor: stock },
    { holderId, form: "rollover" as const, amountMinor: paper - stock },
  ].filter(({ amountMinor }) => amountMinor > 0n);

/**
 * The closing as lib/ledger takes it (`distributeSchema`): costs and carve-out as charges, tax by holder, and what of it
 * comes in kind and never reaches a bank. Debt is paid off by the buyer and escrow goes to its agent, so neither passes
 * the account.
 */
export function closingDistribution({ uses, holders }: FundsFlow, split: Split): ClosingDistribution {
  const charges = uses.flatMap(({ key, party, label, units }) =>
    key === "costs" || key === "carve-out"
      ? [{ kind: key === "costs" ? ("costs" as const) : ("fees" as const), party, name: label, amountMinor: units }]
      : [],
  );
  const toHolders = holders.reduce((all, { closing }) => all + closing, 0n);
  const taxed = split.holders.flatMap(({ id: holderId, taxes }) =>
    taxes.map(({ classId, office, units }) => ({ holderId, classId, amountMinor: units, party: office, name: office })),
  );
  const amountMinor = charges.reduce((all, charge) => all + charge.amountMinor, toHolders);
  return { amountMinor, charges, withholdings: taxed, inKind: holders.flatMap(inKindOf) };
}
