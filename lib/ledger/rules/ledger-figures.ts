import { makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureSource } from "@/lib/figures/schema";
import { fromMinor } from "@/lib/money";
import { ACCOUNTS, onOwnSide } from "./accounts";
import type { TrialLine } from "./entry";
import { trialTotals } from "./entry";

const PREFIX = "ledger.";
export const isLedgerMethod = (method: string): boolean => method.startsWith(PREFIX);

export const LEDGER_DATASET = "ledger";

/** The ledger of a venture on a day, both included, at the version that was read. */
export type LedgerScope = { ventureId: string; version: number; day: string };

export type Balance = TrialLine & { accountId: string; name: string; postings: number };

const source = ({ ventureId, version, day }: LedgerScope, rows: number, filter: object): FigureSource[] => [
  { kind: "dataset", ventureId, dataset: LEDGER_DATASET, version, rows, filter: { ...filter, to: day } },
];

const labelOf = ({ kind, name }: Balance): string =>
  name && name !== ACCOUNTS[kind].label ? `${ACCOUNTS[kind].label}: ${name}` : ACCOUNTS[kind].label;

/** What stands on an account at the end of a day, above zero on its own side. */
export function balanceFigure(scope: LedgerScope, balance: Balance): Figure {
  const { accountId, kind, currency, signedMinor, postings } = balance;
  return makeFigure({
    label: labelOf(balance),
    value: fromMinor(onOwnSide(kind, signedMinor), currency).toFixed(),
    ...{ unit: currency, asOf: scope.day, sources: source(scope, postings, { account: accountId }) },
    method: `${PREFIX}balance@1`,
    formula: ACCOUNTS[kind].side === 1 ? "Σ debits − Σ credits up to the day" : "Σ credits − Σ debits up to the day",
    inputs: { venture: { value: scope.ventureId }, account: { value: accountId }, day: { value: scope.day } },
  });
}

const SIDES = ["debit", "credit"] as const;

/** The trial balance of each currency: debit balances and credit balances, which are equal. */
export function trialFigures(scope: LedgerScope, balances: readonly Balance[]): Figure[] {
  const rows = balances.reduce((sum, { postings }) => sum + postings, 0);
  return [...trialTotals(balances)].flatMap(([currency, totals]) =>
    SIDES.map((side) =>
      makeFigure({
        label: `Trial balance ${currency}, ${side}s`,
        value: fromMinor(totals[side], currency).toFixed(),
        ...{ unit: currency, asOf: scope.day, sources: source(scope, rows, { currency }) },
        method: `${PREFIX}trial.${side}@1`,
        formula: `Σ balances of the accounts that stand in ${side}`,
        inputs: { venture: { value: scope.ventureId }, currency: { value: currency }, day: { value: scope.day } },
      }),
    ),
  );
}

export type TrancheAmounts = { id: string; label: string; currency: string; balanceMinor: bigint; heldMinor: bigint };

/** What a tranche still owes, and what of it could be released. */
export function trancheFigures(scope: LedgerScope, tranche: TrancheAmounts): { owed: Figure; free: Figure } {
  const { id, label, currency, balanceMinor, heldMinor } = tranche;
  const shared = { unit: currency, asOf: scope.day, sources: source(scope, 1, { tranche: id }) };
  const inputs = { venture: { value: scope.ventureId }, tranche: { value: id }, day: { value: scope.day } };
  const owed = makeFigure({
    ...{ ...shared, inputs, label: `${label}: still held back`, method: `${PREFIX}tranche.owed@1` },
    value: fromMinor(balanceMinor, currency).toFixed(),
    formula: "amount − what its instructions have released",
  });
  const free = makeFigure({
    ...{ ...shared, label: `${label}: free of claims`, method: `${PREFIX}tranche.free@1` },
    value: fromMinor(balanceMinor - heldMinor, currency).toFixed(),
    formula: "still held back − open claims",
    inputs: {
      ...inputs,
      owed: { figure: owed.id },
      claims: { value: heldMinor.toString(), label: "open claims, minor units" },
    },
  });
  return { owed, free };
}
