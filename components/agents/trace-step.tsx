import { FigureValue } from "@/components/figures/figure-value";
import { classNames } from "@/components/ui/class-names";
import { Disclosure } from "@/components/ui/disclosure";
import { Level, type LevelName } from "@/components/ui/level";
import type { RunFigure } from "@/lib/agents/run-stream";
import type { TraceStep } from "@/lib/agents/trace";
import { formatNumber, plural } from "@/lib/format";
import { costText, secondsText } from "./took-words";

const OUTCOMES: Readonly<Record<TraceStep["outcome"], { level: LevelName; word: string }>> = {
  done: { level: "healthy", word: "done" },
  failed: { level: "critical", word: "failed" },
  refused: { level: "warning", word: "refused" },
  stopped: { level: "unknown", word: "stopped" },
  limit: { level: "warning", word: "limit reached" },
};

const secondsAfter = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1_000;

/** One step: what it was and took in a line, its words and data one key away. */
export function TraceStepLine({ step, begun }: { step: TraceStep; begun: string | null }) {
  const { title, outcome, startedAt, seconds, model, took, tool, notices, refused, repeats, asked, text } = step;
  const facts = [
    ...(model ? [model] : []),
    `took ${secondsText(seconds)}`,
    ...(begun && startedAt && startedAt > begun
      ? [`${secondsText(secondsAfter(begun, startedAt))} after the beginning`]
      : []),
    ...(took ? [`${formatNumber(took.tokensIn)} tokens in, ${formatNumber(took.tokensOut)} out`] : []),
    ...(took ? [`cost ${costText(took.costMicros)}`] : []),
    ...(repeats > 0 ? [`taken up again ${plural(repeats, "time")}`] : []),
  ];
  return (
    // What folds out has a line of its own.
    <li className={classNames("grid gap-1 py-2", tool || text.trim() ? "" : "border-b border-line")}>
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span className="font-medium">{title}</span>
        {tool ? <code className="font-mono text-sm wrap-anywhere">{tool.name}</code> : null}
        <Level {...OUTCOMES[outcome]} />
      </p>
      <p className="text-sm text-muted">{facts.join(" · ")}</p>
      {notices.map((notice) => (
        <p key={notice} className="text-sm">
          {notice}
        </p>
      ))}
      {refused.map(({ subject, text: words, reasons }) => (
        <div key={words} className="border-l-3 border-warning pl-2 text-sm">
          <p className="wrap-anywhere">
            {subject === "tool" ? "Refused the call of " : "Refused the sentence "}
            <q>{words}</q>
          </p>
          <p className="text-muted">{reasons.join("; ")}</p>
        </div>
      ))}
      {asked.length > 0 ? <p className="text-sm">Asked for {asked.join(", ")}.</p> : null}
      {text.trim() ? (
        <Disclosure summary="What it said">
          <pre className="prose-width whitespace-pre-wrap font-sans text-sm wrap-anywhere">{text.trim()}</pre>
        </Disclosure>
      ) : null}
      {tool ? <ToolData tool={tool} /> : null}
    </li>
  );
}

function ToolData({ tool }: { tool: NonNullable<TraceStep["tool"]> }) {
  const { input, output, summary, figures } = tool;
  return (
    <>
      {summary ? <p className="text-sm text-muted">{summary}</p> : null}
      <Disclosure summary="Input">
        <Json value={input} />
      </Disclosure>
      {output === null ? null : (
        <Disclosure summary="Answer, as the model read it">
          <Json value={output} />
        </Disclosure>
      )}
      {figures.length > 0 ? (
        <Disclosure summary={plural(figures.length, "figure")}>
          <Figures figures={figures} />
        </Disclosure>
      ) : null}
    </>
  );
}

const Json = ({ value }: { value: unknown }) => (
  <pre className="whitespace-pre-wrap font-mono text-xs wrap-anywhere">{JSON.stringify(value, null, 2)}</pre>
);

function Figures({ figures }: { figures: readonly RunFigure[] }) {
  return (
    <ul className="grid gap-x-8 text-sm sm:grid-cols-2">
      {figures.map((figure) => (
        <li key={figure.id} className="flex items-baseline justify-between gap-3 border-b border-line py-1">
          <span className="min-w-0 wrap-anywhere">{figure.label}</span>
          <FigureValue figure={figure} />
        </li>
      ))}
    </ul>
  );
}
