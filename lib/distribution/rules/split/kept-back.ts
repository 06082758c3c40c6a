import type { Bridge, Exchange } from "@/lib/deals/rules/bridge";
import { laterMoney } from "@/lib/deals/rules/later-money";
import type { OfferTerms } from "@/lib/deals/schema/terms";
import type { TrancheKind } from "@/lib/ledger/schema";
import { unitsOf } from "./split";

/** Money that the terms keep for later, in minor units, with the day on which it is due at the latest. */
export type KeptBack = {
  kind: TrancheKind;
  label: string;
  amountMinor: bigint;
  endsOn: string;
  /** Of an earn-out: what has to be reached. */
  milestone: string | null;
};

const KINDS: Readonly<Record<string, TrancheKind>> = { holdback: "holdback", escrow: "escrow", note: "vendor-note" };

/** Escrow, holdback, vendor note and earn-outs as the terms have them, their months counted from the day of the closing. */
export function keptBack(terms: OfferTerms, bridge: Bridge, exchange: Exchange, closedOn: string): KeptBack[] {
  return laterMoney({ ...terms, closesOn: closedOn }, bridge, exchange).map(({ key, label, on, amount }) => {
    const kind = KINDS[key] ?? "earn-out";
    return {
      ...{ kind, label: label.slice(0, 120), amountMinor: unitsOf(amount, exchange.digits) },
      // An earn-out may have been due before the sale has closed.
      endsOn: on < closedOn ? closedOn : on,
      milestone: kind === "earn-out" ? label : null,
    };
  });
}
