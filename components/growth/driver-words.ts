import { ERROR_SENTENCES } from "@/lib/error-sentences";
import type { AppErrorCode } from "@/lib/errors";
import type { TreeRefusal } from "@/lib/growth/schema/driver-tree";

/** How parts are put together, as a person says it. */
export const OPERATION_WORDS: Readonly<Record<string, string>> = {
  sum: "sum of",
  product: "product of",
  difference: "the first less the others",
  quotient: "the first divided by the second",
  stock: "month by month: what was there, grown, less losses, plus what comes in",
  driver: "driver",
};

const SENTENCES: Readonly<Record<TreeRefusal, string>> = {
  STALE_TREE: "Someone changed this since you opened it. Nothing was saved; reload to see what stands.",
  UNKNOWN_DRIVER: "This driver is no longer in the tree.",
  NOT_A_LEAF: "Only a driver without parts, and not where a stock starts from, can be changed so.",
  NO_FACT: "No stored fact stands behind this driver, so it needs a value.",
  NOT_A_BRANCH: "A part can be added to a sum, a product or a difference.",
  TWO_PARTS_ONLY: "A division has exactly two parts.",
  ROOT: "This cannot be taken away: the tree needs it.",
  TOO_LARGE: "A tree holds at most sixty drivers.",
  UNKNOWN_VERSION: "There is no such version.",
  UNKNOWN_HOLDER: "One of these holders is no longer in the cap table.",
};

export function growthSentence(refusal: string | null): string | null {
  if (refusal === null) return null;
  if (refusal in SENTENCES) return SENTENCES[refusal as TreeRefusal];
  return ERROR_SENTENCES[refusal as AppErrorCode] ?? "It did not work. Nothing was saved; try again.";
}
