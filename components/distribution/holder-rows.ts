import type { HolderLine, Split } from "@/lib/distribution/rules/split/split";
import { SUMS } from "@/lib/distribution/rules/split/split";
import { formatNumber } from "@/lib/format";
import { Exact } from "@/lib/money";
import type { HolderRow } from "./holder-split";

/** Shares of a class that a holder has: part × shares, where both are known. */
function sharesOf(part: string, shares: string | null): string | null {
  const [above, below = "1"] = part.split("/");
  if (!above || shares === null) return null;
  return formatNumber(new Exact(above).div(below).times(shares), { decimals: 0 });
}

function heldWords({ classes }: HolderLine, split: Split): string {
  const shares = new Map(split.classes.map((one) => [one.id, one.shares]));
  return classes
    .map(({ classId, name, part }) => {
      const count = sharesOf(part, shares.get(classId) ?? null);
      return count === null ? name : `${name} ${count}`;
    })
    .join("; ");
}

/** The holders as plain rows that cross to the browser, with what they have in words. */
export const holderRows = (split: Split): HolderRow[] =>
  split.holders.map((line) => ({
    ...{ id: line.id, name: line.name, group: line.group, has: heldWords(line, split) },
    ...(Object.fromEntries(SUMS.map((key) => [key, line[key]])) as Pick<HolderLine, (typeof SUMS)[number]>),
  }));
