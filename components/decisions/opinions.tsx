import { Level, type LevelName } from "@/components/ui/level";
import { Section } from "@/components/ui/section";
import type { MemoView } from "@/lib/decisions/queries/memo";
import { formatDay, formatMoment } from "@/lib/format";
import { LetOff } from "./let-off";
import { OpinionDialog } from "./opinion-bar";
import { STANCE_WORDS } from "./verdict-words";

const TONES: Readonly<Record<string, LevelName>> = { for: "healthy", against: "warning" };

/** What colleagues who were asked to read it think of it, and who has not said it yet. */
export function Opinions({ memo, zone }: { memo: MemoView; zone: string }) {
  if (memo.readings.length === 0) return null;
  return (
    <Section title="Opinions">
      <ul className="grid gap-3">
        {memo.readings.map((reading) => (
          <li key={reading.id} className="prose-width">
            <p className="flex flex-wrap items-baseline gap-x-3">
              <span className="font-medium">{reading.own ? "You" : reading.reader}</span>
              {reading.stance ? (
                <Level level={TONES[reading.stance] ?? "unknown"} word={STANCE_WORDS[reading.stance]} />
              ) : (
                <span className="text-muted">asked to say by {formatDay(reading.dueOn)}</span>
              )}
              {reading.givenAt ? (
                <span className="text-sm text-muted">
                  {formatMoment(new Date(reading.givenAt), zone)}
                  {reading.opinionVersion === memo.version ? null : `, on version ${reading.opinionVersion}`}
                </span>
              ) : null}
              {reading.own && !reading.givenAt && memo.may.decide ? (
                <OpinionDialog memo={memo} readingId={reading.id} />
              ) : null}
              {reading.mine && !reading.givenAt && memo.may.answer ? (
                <LetOff readingId={reading.id} reader={reading.reader} />
              ) : null}
            </p>
            {reading.note ? (
              <p className="text-muted wrap-anywhere">
                {reading.askedBy} asked: “{reading.note}”
              </p>
            ) : null}
            {reading.opinion ? <p className="whitespace-pre-wrap wrap-anywhere">{reading.opinion}</p> : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}
