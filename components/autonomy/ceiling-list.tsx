import type { PolicyPage } from "@/lib/decisions/queries/autonomy/page";
import { ACTION_WORDS, CEILING_WORDS } from "@/lib/decisions/schema/words";

/** The ceilings of the house, by why they are there: no level, no row, no agent and no memo lifts them. */
export function CeilingList({ ceilings }: { ceilings: PolicyPage["ceilings"] }) {
  const groups = Map.groupBy(ceilings, ({ because }) => because);
  return (
    <>
      <p className="mb-2 prose-width text-muted">
        These always come to the chairman, whatever is set; no agent can change what is set.
      </p>
      <ul className="grid max-w-4xl gap-x-8 gap-y-1 sm:grid-cols-2">
        <li>A commitment above $50,000, or above 10 % of the venture’s budget for growth</li>
        <li>Commitments of thirty days at a venture that together are above either</li>
        <li>An amount without a stored exchange rate, or a venture whose budget is unknown</li>
        <li>What rests on figures that changed, was refused before, or is under way already</li>
        {[...groups].map(([because, group]) => (
          <li key={because}>
            {sentence(group.map(({ actionClass }) => ACTION_WORDS[actionClass]).join("; "))}
            <span className="text-muted">: {CEILING_WORDS[because] ?? because}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
