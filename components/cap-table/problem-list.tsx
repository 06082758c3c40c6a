import { Disclosure } from "@/components/ui/disclosure";
import type { OcfProblem } from "@/lib/cap-table/schema";
import { plural } from "@/lib/format";

/** What the files say twice, differently, or not at all; each with its place. */
export function ProblemList({ problems }: { problems: readonly OcfProblem[] }) {
  if (problems.length === 0) return null;
  return (
    <Disclosure summary={`${plural(problems.length, "place")} in the files to look at`}>
      <ul className="grid gap-1 text-sm">
        {problems.map(({ path, message }) => (
          <li key={`${path} ${message}`}>
            <code className="text-muted">{path}</code> {message}
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
