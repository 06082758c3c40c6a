import { FigureValue } from "@/components/figures/figure-value";
import { Disclosure } from "@/components/ui/disclosure";
import { Level } from "@/components/ui/level";
import { Section } from "@/components/ui/section";
import type { ConditionLook } from "@/lib/decisions/queries/conditions";
import type { MemoView } from "@/lib/decisions/queries/memo";
import { lookWords } from "@/lib/decisions/rules/condition-words";
import { formatMoment, plural } from "@/lib/format";
import { conditionWords } from "./condition-words";

/** A memo that was opened again hangs on nothing: what its last approval asked for is in the history. */
const UNDECIDED = ["pending", "question", "deferred"];

/** What an approval hangs on: each condition with the figure of the last look, and every look before it. */
export function ConditionList({ memo, zone }: { memo: MemoView; zone: string }) {
  const verdict = memo.verdicts.findLast(({ conditions }) => conditions.length > 0);
  if (!verdict || UNDECIDED.includes(memo.status)) return null;
  const { currency } = memo.venture;
  return (
    <Section title="Conditions">
      <ul className="grid">
        {verdict.conditions.map((condition) => (
          <li key={`${condition.metric} ${condition.comparator}`} className="border-b border-line py-2">
            <p>{conditionWords(condition, currency)}</p>
            <p className="flex flex-wrap items-baseline gap-x-3 text-sm">
              <Standing look={condition.look} />
              {condition.look?.figure ? <FigureValue figure={condition.look.figure} /> : null}
              {condition.look ? (
                <span className="text-muted">looked at {formatMoment(new Date(condition.look.checkedAt), zone)}</span>
              ) : null}
            </p>
          </li>
        ))}
      </ul>
      {memo.looks.length > verdict.conditions.length ? (
        <Disclosure summary={`Every look (${plural(memo.looks.length, "line")})`}>
          <ol className="grid gap-1 text-sm">
            {memo.looks.map((look) => (
              <li key={`${look.checkedAt} ${look.metric} ${look.comparator}`} className="flex flex-wrap gap-x-3">
                <span className="text-muted">{formatMoment(new Date(look.checkedAt), zone)}</span>
                <span>{conditionWords(look, currency)}:</span>
                {look.figure ? <FigureValue figure={look.figure} /> : null}
                <span>{lookWords(look)}</span>
              </li>
            ))}
          </ol>
        </Disclosure>
      ) : null}
    </Section>
  );
}

function Standing({ look }: { look: ConditionLook | null }) {
  if (!look) return <Level level="unknown" word={lookWords(look)} />;
  if (look.holds) return <Level level="healthy" word={lookWords(look)} />;
  if (look.value !== null) return <Level level="warning" word={lookWords(look)} />;
  return (
    <>
      <Level level="unknown" word="unknown" />
      <span className="text-muted">{lookWords(look).replace("unknown, so it", "It")}</span>
    </>
  );
}
