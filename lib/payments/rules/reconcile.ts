import type { InstructionState } from "./instruction";

/** A movement at the bank: above zero came in. */
export type Movement = { amountMinor: bigint; currency: string; isReturn: boolean };

/** The payment that carries the movement's end-to-end id. */
export type Known = {
  status: InstructionState;
  amountMinor: bigint;
  currency: string;
  /** What the bank has booked of it until now, and what came back of that. */
  paidMinor: bigint;
  returnedMinor: bigint;
};

export const LINE_REASONS = [
  "NO_REFERENCE",
  "CURRENCY_DIFFERS",
  "NOT_SENT",
  "ALREADY_OVER",
  "MORE_THAN_ORDERED",
  "MORE_THAN_PAID",
] as const;
export type LineReason = (typeof LINE_REASONS)[number];

export type Match = { as: "open"; reason: LineReason } | { as: "payment" | "return"; becomes: InstructionState | null };

const open = (reason: LineReason): Match => ({ as: "open", reason });

/**
 * What a movement says about a payment. Nothing is guessed: what does not fit waits for a person. A part leaves the payment
 * where it is until the rest comes; more than was ordered is never booked as that payment.
 */
export function matchMovement(movement: Movement, known: Known | null): Match {
  if (!known) return open("NO_REFERENCE");
  if (movement.currency !== known.currency) return open("CURRENCY_DIFFERS");
  const { status, amountMinor, paidMinor, returnedMinor } = known;
  if (!["sent", "confirmed", "returned"].includes(status))
    return open(status === "failed" || status === "cancelled" ? "ALREADY_OVER" : "NOT_SENT");
  if (movement.amountMinor < 0n) {
    const paid = paidMinor - movement.amountMinor;
    if (paid > amountMinor || status === "returned") return open("MORE_THAN_ORDERED");
    return { as: "payment", becomes: paid === amountMinor && status === "sent" ? "confirmed" : null };
  }
  const returned = returnedMinor + movement.amountMinor;
  if (returned > paidMinor) return open("MORE_THAN_PAID");
  return { as: "return", becomes: returned === amountMinor ? "returned" : null };
}
