import { Level, type LevelName } from "@/components/ui/level";
import { plural } from "@/lib/format";
import type { SendView } from "@/lib/growth/queries/initiative";

const STATES: Readonly<Record<SendView["state"], { level: LevelName; word: string }>> = {
  waiting: { level: "unknown", word: "waiting" },
  delivered: { level: "healthy", word: "delivered" },
  abandoned: { level: "warning", word: "not delivered" },
};

/** What the memo allowed to be sent, and what became of it. */
export function InitiativeSends({ sends }: { sends: readonly SendView[] }) {
  return (
    <ul>
      {sends.map(({ id, name, url, state, attempts, problem }) => (
        <li key={id} className="flex flex-wrap items-baseline gap-x-3 border-b border-line py-1">
          <span className="font-medium">{name}</span>
          <span className="min-w-0 break-all text-muted">{url}</span>
          <Level level={STATES[state].level} word={STATES[state].word} />
          <span className="text-sm text-muted">
            {plural(attempts, "attempt")}
            {problem ? `; ${problem}` : ""}
          </span>
        </li>
      ))}
    </ul>
  );
}
