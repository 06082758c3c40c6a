export const INSTRUCTION_STATES = [
  "draft",
  "proposed",
  "approved",
  "exported",
  "sent",
  "confirmed",
  "failed",
  "returned",
  "cancelled",
] as const;
export type InstructionState = (typeof INSTRUCTION_STATES)[number];

/** The only ways a payment goes; the database has the same table. A file that was not sent can be taken back. */
const NEXT: Readonly<Record<InstructionState, readonly InstructionState[]>> = {
  draft: ["proposed", "cancelled"],
  proposed: ["draft", "approved", "cancelled"],
  approved: ["exported", "cancelled"],
  exported: ["approved", "sent"],
  sent: ["confirmed", "failed", "returned"],
  confirmed: ["returned"],
  failed: [],
  returned: [],
  cancelled: [],
};

export const mayBecome = (from: InstructionState, to: InstructionState): boolean => NEXT[from].includes(to);

/** Drafted or proposed, so that nothing is ordered of the account yet. */
export const RESERVING: readonly InstructionState[] = ["draft", "proposed"];

/** What is free of an account for another draft: what is owed less what other drafts already count on. */
export const freeToDraft = (owedMinor: bigint, reservedMinor: bigint): bigint =>
  owedMinor > reservedMinor ? owedMinor - reservedMinor : 0n;

export type PaymentLine = {
  id: string;
  payeeId: string;
  detailsId: string;
  accountId: string;
  amountMinor: bigint;
  currency: string;
  endToEndId: string;
  remittance: string;
};

/** What a memo's approval is bound to, in an order that does not depend on how rows come; every other line is another text. */
export const linesText = (lines: readonly PaymentLine[]): string =>
  JSON.stringify(
    lines
      .map(({ id, payeeId, detailsId, accountId, amountMinor, currency, endToEndId, remittance }) => [
        ...[id, payeeId, detailsId, accountId, amountMinor.toString(), currency, endToEndId, remittance],
      ])
      .toSorted((a, b) => ((a[0] ?? "") < (b[0] ?? "") ? -1 : 1)),
  );

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** 15 characters from 9 random bytes: "P", then 70 bits in Crockford's base 32. Fits a pain.001 and an ACH entry. */
export function endToEndIdOf(bytes: Uint8Array): string {
  let value = bytes.reduce((all, byte) => (all << 8n) | BigInt(byte), 0n);
  let text = "";
  for (let place = 0; place < 14; place += 1) {
    text = (ALPHABET[Number(value & 31n)] ?? "0") + text;
    value >>= 5n;
  }
  return `P${text}`;
}
