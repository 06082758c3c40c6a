import type { RunView } from "@/lib/agents/run-stream";

/** The plan as a checklist. */
export function RunPlan({ plan, running }: { plan: RunView["plan"]; running: boolean }) {
  const current = running ? plan.findIndex((item) => !item.done) : -1;
  return (
    <ol aria-label="Plan" className="grid gap-1">
      {plan.map((item, index) => (
        <li key={item.id} aria-current={index === current ? "step" : undefined} className="flex items-baseline gap-2">
          <span aria-hidden="true" className={item.done ? "w-4 text-healthy" : "w-4 text-muted"}>
            {item.done ? "✓" : index === current ? "›" : "·"}
          </span>
          <span className={item.done || index === current ? undefined : "text-muted"}>
            {item.title}
            <span className="sr-only">{item.done ? ", done" : index === current ? ", in progress" : ", to do"}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
