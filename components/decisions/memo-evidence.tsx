import { recordHref } from "@/components/autonomy/words";
import { FigureValue } from "@/components/figures/figure-value";
import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import type { MemoView } from "@/lib/decisions/queries/memo";

const ROOMS: Readonly<Record<string, string>> = {
  ...{ growth: "growth", exit: "exit", deal: "deal", payments: "deal/payments", distribution: "deal/statements" },
  stage: "stage",
};

/** The page whose facts the memo rests on: of a promotion the record of the agent. */
function sourceOf({ content, venture }: MemoView): string {
  const action = content.options.find(({ action: deed }) => deed !== null)?.action;
  if (action?.type === "policy.promote") return recordHref(action.agent, action.actionClass);
  return `/ventures/${venture.slug}/${ROOMS[action?.type.split(".")[0] ?? ""] ?? "growth"}`;
}

/** Every figure that the memo quotes, each of which opens to its proof, and the analysis that it comes from. */
export function MemoEvidence({ memo }: { memo: MemoView }) {
  const { quotes, tables = [] } = memo.content;
  // What stands in a table above is not listed a second time.
  const shown = new Set(
    tables.flatMap(({ rows }) =>
      rows.flatMap(({ cells }) => cells.flatMap((cell) => (cell && "figure" in cell ? cell.figure : []))),
    ),
  );
  const figures = quotes.flatMap(({ id }) => (shown.has(id) ? [] : (memo.figures[id] ?? [])));
  return (
    <div id="evidence" tabIndex={-1} className="outline-none">
      <Section title="Evidence" aside={<TextLink href={sourceOf(memo)}>Where it comes from</TextLink>}>
        <dl className="grid gap-x-8 sm:grid-cols-2">
          {figures.map((figure) => (
            <div key={figure.id} className="flex items-baseline justify-between gap-4 border-b border-line py-1.5">
              <dt className="min-w-0 wrap-anywhere">
                {figure.label}
                {figure.stale ? <span className="block text-sm text-muted">{figure.stale}</span> : null}
              </dt>
              <dd className="shrink-0 text-right font-medium">
                <FigureValue figure={figure} />
              </dd>
            </div>
          ))}
        </dl>
      </Section>
    </div>
  );
}
