import { Level } from "@/components/ui/level";
import type { GateResult } from "@/lib/ventures/rules";

/** The gate line by line: what is required, what was found. */
export function EntryGate({ gate }: { gate: GateResult }) {
  return (
    <ul>
      {gate.lines.map((line) => (
        <li key={line.criterion} className="grid grid-cols-[5.5rem_1fr] gap-x-3 border-b border-line py-2">
          <Level level={line.passed ? "healthy" : "critical"} word={line.passed ? "passed" : "not met"} />
          <div>
            <p>
              {line.required}; found {line.found}.
            </p>
            {line.detail.map((detail) => (
              <p key={detail} className="text-sm text-muted">
                {detail}
              </p>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}
