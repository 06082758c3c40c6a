import type { RunItem } from "@/lib/agents/run-stream";
import { durationOf } from "./words";

/** Every tool call a line that fills with its result; what was refused and what went wrong between them. */
export function RunTrace({ items }: { items: readonly RunItem[] }) {
  const lines = items.filter((item) => item.kind !== "text");
  if (lines.length === 0) return null;
  return (
    <ul aria-label="What the agent did" className="grid text-sm">
      {lines.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the trace only grows at the end
        <li key={index} className="min-w-0 border-b border-line py-1.5 last:border-b-0">
          {item.kind === "tool" ? <ToolLine call={item} /> : <NoteLine item={item} />}
        </li>
      ))}
    </ul>
  );
}

function ToolLine({ call }: { call: Extract<RunItem, { kind: "tool" }> }) {
  const { tool, outcome, startedAt } = call;
  return (
    <div className="flex flex-wrap items-baseline gap-x-3">
      <code className="font-mono text-xs">{tool}</code>
      {outcome ? (
        <>
          <span className="min-w-0 flex-1 basis-32 text-muted">{outcome.summary}</span>
          <span className="whitespace-nowrap">
            <span aria-hidden="true" className={outcome.ok ? "text-healthy" : "text-critical"}>
              {outcome.ok ? "✓" : "✕"}
            </span>
            <span className="sr-only">{outcome.ok ? "done" : "failed"}</span>{" "}
            <span className="text-muted">{durationOf(startedAt, outcome.endedAt)}</span>
          </span>
        </>
      ) : (
        <span className="h-2 w-16 rounded-sm bg-line motion-safe:animate-wait">
          <span className="sr-only">running</span>
        </span>
      )}
    </div>
  );
}

function NoteLine({ item }: { item: Exclude<RunItem, { kind: "tool" | "text" }> }) {
  if (item.kind === "notice") return <p className="text-muted">{item.message}</p>;
  return (
    <div className="border-l-3 border-warning pl-2">
      <p>{item.subject === "tool" ? "Refused a tool: " : "Refused a sentence, and sent it back: "}</p>
      <p className="text-muted">
        {item.subject === "tool" ? <code className="font-mono text-xs">{item.text}</code> : <q>{item.text}</q>}
      </p>
      {item.reasons.map((reason) => (
        <p key={reason} className="text-muted">
          {reason}
        </p>
      ))}
    </div>
  );
}
