export const LEVELS = ["critical", "warning", "healthy", "excellent", "unknown"] as const;
export type LevelName = (typeof LEVELS)[number];

const MARKS: Readonly<Record<LevelName, { shape: string; colour: string; word: string }>> = {
  critical: { shape: "■", colour: "text-critical", word: "critical" },
  warning: { shape: "▲", colour: "text-warning", word: "warning" },
  healthy: { shape: "●", colour: "text-healthy", word: "healthy" },
  excellent: { shape: "★", colour: "text-excellent", word: "excellent" },
  unknown: { shape: "○", colour: "text-unknown", word: "unknown" },
};

/** Any word from the rules becomes one of the five marks; an unheard-of one is "unknown", never green. */
export const levelOf = (level: string | null | undefined): LevelName =>
  LEVELS.find((known) => known === level) ?? "unknown";

type LevelProps = {
  level: LevelName;
  /** What this level is called here ("approaching", "watch"); the level's own name otherwise. */
  word?: string;
  /** In a table the head names the metric and the word goes to screen readers and the tooltip only. */
  markOnly?: boolean;
};

/** A word, a shape and a colour, always the three. */
export function Level({ level, word, markOnly }: LevelProps) {
  const mark = MARKS[level];
  return (
    <span className="level" title={markOnly ? (word ?? mark.word) : undefined}>
      <span aria-hidden="true" className={`level-mark ${mark.colour}`}>
        {mark.shape}
      </span>
      <span className={markOnly ? "sr-only" : undefined}>{word ?? mark.word}</span>
    </span>
  );
}
