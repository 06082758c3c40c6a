import { FigureValue } from "@/components/figures/figure-value";
import { Level } from "@/components/ui/level";
import type { LevelledFigure as LevelledFigureView } from "./venture-line";

/** The mark before the number; the word for those who do not see the mark, or for all with `words`. */
export function LevelledFigure({ of, words }: { of: LevelledFigureView | null; words?: boolean }) {
  if (!of) return <span className="text-muted">–</span>;
  return (
    <span className="figure-line">
      {of.level && !words ? <Level level={of.level.tone} word={of.level.word} markOnly /> : null}
      <FigureValue figure={of.figure} keepZeros={!words} />
      {of.level && words ? (
        <span className="text-sm text-muted">
          <Level level={of.level.tone} word={of.level.word} />
        </span>
      ) : null}
    </span>
  );
}
