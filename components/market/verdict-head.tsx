import { FigureValue } from "@/components/figures/figure-value";
import { type FigureView, REASON_SENTENCES } from "@/lib/figures/schema";
import { formatNumber } from "@/lib/format";
import type { TimingPage } from "@/lib/market/queries/timing-page";
import { FLIP_WORDS, VERDICT_WORDS, verdictSentence } from "./words";

const FACTS = [
  { part: "score", name: "Market score, −1 to +1" },
  { part: "coverage", name: "of the weight known" },
  { part: "own.readiness", name: "Exit readiness" },
  { part: "own.runway", name: "Cash runway" },
  { part: "own.valuation", name: "A sale today" },
  { part: "multiple", name: "as a multiple of revenue" },
] as const;

/** The answer in a sentence, the figures that it is read from, and what would change it. */
export function VerdictHead({ page: { timing, figures } }: { page: TimingPage }) {
  const { verdict } = timing;
  return (
    <div className="grid content-start gap-5">
      <p className="headline prose-width text-xl">{verdictSentence(verdict)}</p>
      <dl className="grid grid-cols-2 gap-x-8 gap-y-2 sm:grid-cols-3">
        {FACTS.map(({ part, name }) => (
          <Fact key={part} name={name} figure={figures[part]} />
        ))}
      </dl>
      {verdict.flips.length > 0 ? <Flips flips={verdict.flips} /> : null}
    </div>
  );
}

function Fact({ name, figure }: { name: string; figure: FigureView | undefined }) {
  if (!figure) return null;
  const why = figure.value === null && figure.reason !== "not-burning" ? (figure.reason ?? "no-data") : null;
  return (
    <div className="border-b border-line py-1">
      <dt className="text-sm text-muted">{name}</dt>
      <dd className="text-lg">
        <FigureValue figure={figure} />
      </dd>
      {why ? <p className="text-sm text-muted">{REASON_SENTENCES[why] ?? why}</p> : null}
    </div>
  );
}

const twoPlaces = (value: number) => formatNumber(value, { decimals: 2 });

type Flips = TimingPage["timing"]["verdict"]["flips"];

/** Each input alone, nearest first: where its next threshold is, and what the answer would be beyond it. */
function Flips({ flips }: { flips: Flips }) {
  return (
    <div>
      <p className="rubric mb-1">What would change the answer</p>
      <ul className="grid gap-1">
        {flips.map(({ input, value, direction, threshold, verdict }) => (
          <li
            key={`${input} ${threshold}`}
            className="flex flex-wrap justify-between gap-x-4 border-b border-line py-1"
          >
            <span>
              {FLIP_WORDS[input]} {direction === "up" ? "at or above" : "below"} {twoPlaces(threshold)}
              <span className="text-muted">, now {twoPlaces(value)}</span>
            </span>
            <span className="text-muted">{VERDICT_WORDS[verdict].toLowerCase()}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
