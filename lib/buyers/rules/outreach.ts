import { LEAVES_HOLDING, OUTREACH, type OutreachStage } from "../schema";

export const STAGE_LABELS: Readonly<Record<OutreachStage, string>> = {
  identified: "Identified",
  nda: "NDA",
  teaser: "Teaser",
  memorandum: "Information memorandum",
  ioi: "IOI",
  loi: "LOI",
  declined: "Declined",
};

const order = (stage: OutreachStage): number => OUTREACH.indexOf(stage);

export type Move = { from: OutreachStage; to: OutreachStage; cleared: readonly string[]; on: string; today: string };

/**
 * Whether a buyer may be moved on the board. Nothing leaves the holding that the chairman has not approved; a board
 * goes forward, and back only from "declined".
 */
export function mayMove({
  from,
  to,
  cleared,
  on,
  today,
}: Move): "NOT_APPROVED" | "GOES_BACK" | "DATE_IN_FUTURE" | null {
  if (on > today) return "DATE_IN_FUTURE";
  if (to === from || to === "declined" || from === "declined") {
    return LEAVES_HOLDING.includes(to) && to !== from && !cleared.includes(to) ? "NOT_APPROVED" : null;
  }
  if (order(to) < order(from)) return "GOES_BACK";
  return LEAVES_HOLDING.includes(to) && !cleared.includes(to) ? "NOT_APPROVED" : null;
}

/** Whether a sale that has come this far takes the board with it. */
export const isAhead = (from: OutreachStage, to: OutreachStage): boolean =>
  from !== to && (to === "declined" || from === "declined" || order(to) > order(from));

/** "SAP SE" and "Sap se." are one company; "SAP Ventures" is another. */
export const nameKey = (name: string): string =>
  name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
