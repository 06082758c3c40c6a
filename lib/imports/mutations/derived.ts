import "server-only";
import { keysOfImport, settleListings } from "@/lib/buyers/mutations/listings";
import { settleChecklist } from "@/lib/closing/mutations/checklist-listings";
import type { Tx } from "@/lib/db";
import { settleOffers } from "@/lib/deals/mutations/offer-listings";
import { keysOfComparableImport, settleComparables } from "@/lib/market/mutations/comparable-listings";
import type { ImportKind } from "../schema";

type Changed = { ventureId: string; importId: string; by: string; now: Date };
/** What a domain keeps true beside its facts, in the same transaction; names what was built upon them, or nobody. */
type Settle = (tx: Tx, changed: Changed) => Promise<string[]>;

const SETTLED: Readonly<Partial<Record<ImportKind, Settle>>> = {
  buyers: async (tx, { importId, ...changed }) =>
    settleListings(tx, { ...changed, keys: await keysOfImport(tx, importId) }),
  comparables: async (tx, { importId, ...changed }) => {
    await settleComparables(tx, { ...changed, keys: await keysOfComparableImport(tx, importId) });
    return [];
  },
  offers: settleOffers,
  checklist: settleChecklist,
};

/** After an import's rows were written or withdrawn; what it answers does not let that stand. */
export async function settleDerived(tx: Tx, kind: ImportKind, changed: Changed): Promise<string[]> {
  return (await SETTLED[kind]?.(tx, changed)) ?? [];
}
