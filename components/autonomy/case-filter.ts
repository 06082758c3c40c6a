import type { ListedCase } from "@/lib/decisions/queries/autonomy/records";

/** What the address of a record may ask for, with what it is called. */
export const CASE_FILTERS: readonly { key: string; label: string; holds: (one: ListedCase) => boolean }[] = [
  { key: "all", label: "All", holds: () => true },
  { key: "as-proposed", label: "Approved as proposed", holds: ({ answer }) => answer === "as-proposed" },
  { key: "amended", label: "Amended", holds: ({ answer }) => answer === "amended" },
  { key: "refused", label: "Refused", holds: ({ answer }) => answer === "refused" },
  { key: "automatic", label: "By itself", holds: ({ answer }) => answer === "automatic" },
  { key: "reversed", label: "Reversed", holds: ({ reversedAt }) => reversedAt !== null },
  {
    ...{ key: "would", label: "Auto would have done it" },
    holds: ({ shadow, answer }) => shadow === "execute" && ["as-proposed", "amended", "refused"].includes(answer),
  },
  { key: "settled", label: "Settled", holds: ({ right }) => right !== null },
];
