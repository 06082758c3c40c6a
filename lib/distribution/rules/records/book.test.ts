import { expect, test } from "vitest";
import { recordFacts } from "../../test-support/records";
import { openParts } from "./book";

test("what is held back is split as if all payments were one", () => {
  // Both converted at closing, so the escrow is shared by shares: 300 each of 600.
  expect(openParts(recordFacts())).toEqual([
    { trancheId: "t1", holderId: "fund", amountMinor: 30_000n },
    { trancheId: "t1", holderId: "ada", amountMinor: 30_000n },
  ]);
  // Nothing was above the preference before: all of the first 1,000 is the fund's (methods a1).
  const first = recordFacts({ payments: [] });
  expect(openParts(first)).toEqual([{ trancheId: "t1", holderId: "fund", amountMinor: 60_000n }]);
  // A tenth of the 600 is management's before.
  const carveOut = { ratio: "0.1", party: "Management", name: "Management carve-out" };
  const { basis } = recordFacts();
  expect(openParts(recordFacts({ basis: { ...basis, carveOut } }))?.map(({ amountMinor }) => amountMinor)).toEqual([
    ...[27_000n, 27_000n],
  ]);
});
