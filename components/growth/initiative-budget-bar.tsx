import { FigureValue } from "@/components/figures/figure-value";
import { Level } from "@/components/ui/level";
import { formatRatio } from "@/lib/format";
import type { InitiativeLine, StandingViews } from "@/lib/growth/queries/initiatives/initiatives";

type BudgetBarProps = { used: InitiativeLine["used"]; figures: StandingViews };

/** What is spent (full) and committed (pale) of the budget, with the numbers beside it; more than the whole says so. */
export function BudgetBar({ used, figures }: BudgetBarProps) {
  const { spent, budget } = figures;
  if (!budget) return <span className="text-muted">unknown</span>;
  const over = used !== null && used.all > 1;
  return (
    <div className="grid min-w-36 gap-1">
      <span className="flex flex-wrap justify-end gap-x-1 whitespace-nowrap">
        {spent ? <FigureValue figure={spent} /> : null}
        <span className="text-muted">of</span>
        <FigureValue figure={budget} />
      </span>
      {used ? (
        <svg
          viewBox="0 0 100 1"
          preserveAspectRatio="none"
          aria-hidden="true"
          className="h-1.5 w-full rounded-sm bg-line"
        >
          <rect width={Math.min(1, used.all) * 100} height="1" fillOpacity="0.4" className="fill-accent" />
          <rect width={Math.min(1, used.spent) * 100} height="1" className={over ? "fill-critical" : "fill-accent"} />
        </svg>
      ) : null}
      {over && used ? (
        <span className="text-sm">
          <Level level="critical" word={`over budget: ${formatRatio(used.all, { decimals: 0 })} used`} />
        </span>
      ) : null}
    </div>
  );
}
