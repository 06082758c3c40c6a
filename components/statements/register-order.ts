import type { RegisterLine } from "@/lib/distribution/queries/records/records";
import { Exact } from "@/lib/money";

export type RegisterKey = "day" | "label" | "holder" | "className" | "gross" | "withheld" | "net";
export type RegisterOrder = { by: RegisterKey; descending: boolean };
export type RegisterFilter = { text: string; label: string };

export const REGISTER_NUMBERS: readonly RegisterKey[] = ["gross", "withheld", "net"];

const compare = (a: RegisterLine, b: RegisterLine, by: RegisterKey): number => {
  if (by === "gross" || by === "withheld" || by === "net")
    return new Exact(a[by]?.value ?? 0).comparedTo(b[by]?.value ?? 0);
  return a[by].localeCompare(b[by], "en");
};

/** Equal rows keep the order of the ledger. */
export const inRegisterOrder = (lines: readonly RegisterLine[], { by, descending }: RegisterOrder): RegisterLine[] =>
  lines.toSorted((a, b) => (descending ? -1 : 1) * compare(a, b, by));

export const isShownLine = (line: RegisterLine, { text, label }: RegisterFilter): boolean =>
  (label === "" || line.label === label) &&
  `${line.holder} ${line.className} ${line.label}`.toLowerCase().includes(text.trim().toLowerCase());
