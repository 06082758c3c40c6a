import { shareClassSchema } from "@/lib/distribution/schema";
import type { RecordFacts } from "../rules/records/book";
import type { Lot } from "../rules/records/lots";

export const lot = (id: string, holderId: string, classId: string, more: Partial<Lot> = {}): Lot => ({
  ...{ id, label: id.toUpperCase(), kind: "stock", holderId, classId, units: "1000", price: "1", currency: "EUR" },
  ...{ acquiredOn: "2020-01-01", way: "issue", cost: { minor: 100_000n, note: null }, proceedsMinor: 0n },
  ...{ daysHeld: 1_827, overAYear: true, ...more },
});

/** A fund with a preference of 1,000 EUR and a founder; 3,000 EUR were paid at closing, 600 are held in escrow. */
export function recordFacts(more: Partial<RecordFacts> = {}): RecordFacts {
  const closing = [
    { classId: "a", holderId: "fund", grossMinor: 150_000n, withheldMinor: 5_000n },
    { classId: "common", holderId: "ada", grossMinor: 150_000n, withheldMinor: 0n },
  ];
  const payment = { id: "p1", ordinal: 1, label: "Closing", paidOn: "2025-01-01", trancheId: null, reversed: false };
  const escrow = { id: "t1", label: "Escrow", kind: "escrow", heldBy: "Bank", endsOn: "2027-01-01", status: "open" };
  return {
    ...{ ventureId: "01900000-0000-7000-8000-0000000000aa", venture: "Aurora", currency: "EUR" },
    ...{ asOf: "2025-01-01", today: "2026-01-01", groupIds: ["fund"] },
    classNames: new Map([
      ["a", "Series A"],
      ["common", "Common"],
    ]),
    holders: [
      { id: "ada", name: "Ada", group: false },
      { id: "fund", name: "The Fund", group: true },
    ],
    basis: {
      classes: shareClassSchema.array().parse([
        { id: "a", kind: "preferred", shares: 1_000, invested: 1_000, participation: "none" },
        { id: "common", kind: "common", shares: 1_000 },
      ]),
      holdings: [
        { classId: "a", holderId: "fund", name: "The Fund", units: "1000" },
        { classId: "common", holderId: "ada", name: "Ada", units: "1000" },
      ],
      carveOut: null,
    },
    payments: [{ ...payment, shares: closing, carvedMinor: 0n, inKind: [] }],
    tranches: [{ ...escrow, amountMinor: 60_000n, owedMinor: 60_000n, claimedMinor: 10_000n }],
    transfers: [],
    lots: [
      lot("a-1", "fund", "a", { proceedsMinor: 150_000n }),
      lot("c-1", "ada", "common", { proceedsMinor: 150_000n, cost: { minor: null, reason: "bought-from-a-holder" } }),
    ],
    accounts: new Map(),
    versions: { ledger: 1, capTable: 1, lotCost: 0 },
    ...more,
  };
}
