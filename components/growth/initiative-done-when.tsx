import { Level } from "@/components/ui/level";
import type { Criterion } from "@/lib/growth/rules/initiatives/initiative-done-when";

/** When growth management counts as done, line by line, each with what it rests on. */
export function DoneWhen({ criteria }: { criteria: readonly Criterion[] }) {
  return (
    <ul className="grid gap-x-8 sm:grid-cols-3">
      {criteria.map(({ key, title, holds, evidence }) => (
        <li key={key} className="border-b border-line py-2">
          <p className="flex flex-wrap items-baseline gap-x-2 font-medium">
            {title}
            <Level
              level={holds === null ? "unknown" : holds ? "healthy" : "warning"}
              word={holds === null ? "unknown" : holds ? "yes" : "not yet"}
            />
          </p>
          <p className="text-sm text-muted">{evidence}</p>
        </li>
      ))}
    </ul>
  );
}
