import { type FieldProblem, ok, type Result, refuse } from "@/lib/errors";

export type Made = { id: string; ordinal: number; paidOn: string; reversed: boolean };

export type ReversalRefusal = "REVERSED" | "LATER_ONE" | "BEFORE_IT";

/**
 * May this distribution be undone? The last one that stands only: those after it were split as if they were one payment
 * with it.
 */
export function mayReverse(all: readonly Made[], id: string, on: string): Result<Made, ReversalRefusal> {
  const found = all.find((one) => one.id === id);
  if (!found || found.reversed) return refuse("REVERSED");
  if (all.some(({ ordinal, reversed }) => !reversed && ordinal > found.ordinal)) return refuse("LATER_ONE");
  return on < found.paidOn ? refuse("BEFORE_IT") : ok(found);
}

type Asked = { status: string; version: number; requestedBy: string };
export type DecideRefusal = "WITHDRAWN" | "CONFLICT" | "OWN_REQUEST";

/** May this person carry out what was asked for, as it was read? Nobody carries out what they asked for. */
export function mayCarryOut(asked: Asked, version: number, actorRef: string): Result<null, DecideRefusal> {
  if (asked.status === "withdrawn") return refuse("WITHDRAWN");
  if (asked.requestedBy === actorRef) return refuse("OWN_REQUEST");
  return asked.version === version ? ok(null) : refuse("CONFLICT");
}

type Part = { holderId: string; amountMinor: bigint };
type Expected = { id: string; name: string; amountMinor: bigint };

/** Holders whom the ledger would owe other amounts than the funds-flow statement has, each named; none where all agree. */
export function differences(shares: readonly Part[], expected: readonly Expected[]): FieldProblem[] {
  const owed = new Map<string, bigint>();
  for (const { holderId, amountMinor } of shares) owed.set(holderId, (owed.get(holderId) ?? 0n) + amountMinor);
  const strangers = [...owed.keys()].filter((id) => !expected.some((one) => one.id === id));
  return [
    ...expected
      .filter(({ id, amountMinor }) => (owed.get(id) ?? 0n) !== amountMinor)
      .map(({ id, name, amountMinor }) => ({
        path: id,
        expected: `${name}: ${amountMinor} minor units, where the ledger has ${owed.get(id) ?? 0n}`,
      })),
    ...strangers.map((id) => ({ path: id, expected: "a holder of the statement" })),
  ];
}
