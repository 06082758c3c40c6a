import type { ReactNode } from "react";
import { FigureValue } from "@/components/figures/figure-value";
import { Level } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { formatDay } from "@/lib/format";
import type { InitiativeView } from "@/lib/growth/queries/initiatives/initiative";
import { BudgetBar } from "./initiative-budget-bar";
import { STATUS_LEVELS } from "./initiative-words";

const EVERY: Readonly<Record<number, string>> = { 1: "monthly", 3: "quarterly", 6: "twice a year", 12: "yearly" };

/** What it is, who answers for it, what it may cost, and where its measure stands. */
export function InitiativeHead({ initiative }: { initiative: InitiativeView }) {
  const { figures, status, statusReason, owner, ownerRole, leadingMetric, memoId } = initiative;
  const { baseline, now, target } = figures;
  return (
    <dl className="grid gap-x-8 sm:grid-cols-2">
      <Fact term="State">
        <Level level={STATUS_LEVELS[status]} word={status} />
        {statusReason ? <span className="block text-sm text-muted">{statusReason}</span> : null}
      </Fact>
      <Fact term="Owner">{owner ? `${owner.name} (${ownerRole})` : `nobody yet; asked for: ${ownerRole}`}</Fact>
      <Fact term="Measured by">{now?.label.replace(/, now$/, "") ?? initiative.metric}</Fact>
      <Fact term="Moves first">{leadingMetric?.name ?? "no leading metric named"}</Fact>
      <Fact term="Before the start">{baseline ? <FigureValue figure={baseline} /> : "unknown"}</Fact>
      <Fact term="Now">{now ? <FigureValue figure={now} /> : "unknown"}</Fact>
      <Fact term="Target">{target ? <FigureValue figure={target} /> : "unknown"}</Fact>
      <Fact term="Budget used">
        <BudgetBar used={usedOf(figures)} figures={figures} />
      </Fact>
      <Fact term="Planned from">
        {formatDay(initiative.startsOn)}
        {initiative.startedOn ? `, started ${formatDay(initiative.startedOn)}` : ", not started"}
        {initiative.endedOn ? `, ended ${formatDay(initiative.endedOn)}` : ""}
      </Fact>
      <Fact term="Next review">
        {formatDay(initiative.reviewOn)}, then {EVERY[initiative.reviewMonths] ?? "at each review"}
      </Fact>
      <Fact term="Stop rule">{initiative.stopRule}</Fact>
      <Fact term="Approved by">
        {memoId ? <TextLink href={`/inbox/${memoId}`}>the chairman's memo</TextLink> : "an import"}
      </Fact>
    </dl>
  );
}

function usedOf({ budget, spent, committed }: InitiativeView["figures"]) {
  const whole = Number(budget?.value ?? 0);
  if (!(whole > 0)) return null;
  const part = Number(spent?.value ?? 0) / whole;
  return { spent: part, all: part + Number(committed?.value ?? 0) / whole };
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4 border-b border-line py-1">
      <dt className="text-muted">{term}</dt>
      <dd className="min-w-0 text-right">{children}</dd>
    </div>
  );
}
