import { actorWords } from "@/components/record/event-words";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import type { RunTrace } from "@/lib/agents/queries/trace";
import { formatMoment, formatNumber, plural } from "@/lib/format";
import { kindWords, reportHref } from "@/lib/reports/schema";
import { costText, secondsText, statusWords, taskWords } from "./took-words";
import { TraceStepLine } from "./trace-step";

type TraceViewProps = { trace: RunTrace; slug: string; zone: string };

/** A run to be looked into: what it took as a whole, then every step in order. */
export function TraceView({ trace, slug, zone }: TraceViewProps) {
  const { head, steps, question, failure, artefact } = trace;
  const begun = steps[0]?.startedAt ?? null;
  return (
    <div className="grid gap-9">
      <header className="grid gap-1">
        <p className="text-sm text-muted" data-print="none">
          <TextLink href={`/ventures/${slug}/runs`}>Agent runs</TextLink>
        </p>
        <h1 className="headline text-xl">{taskWords(head.task)}</h1>
        <p className="text-sm text-muted">
          {actorWords(`agent:${head.agent}`)}, begun {formatMoment(new Date(head.createdAt), zone)} by {head.startedBy},{" "}
          {statusWords(head.status)}
        </p>
        {question ? <p className="prose-width wrap-anywhere">Asked: {question}</p> : null}
        {artefact ? (
          <p>
            It wrote <TextLink href={reportHref(slug, artefact)}>{kindWords(artefact.kind)}</TextLink>.
          </p>
        ) : null}
        {failure ? <Notice word={statusWords(head.status)}>{failure}</Notice> : null}
      </header>
      <Totals trace={trace} />
      <Section title="Steps" aside={plural(steps.length, "step")}>
        {steps.length === 0 ? (
          <p className="py-2 text-muted">Nothing has been done yet.</p>
        ) : (
          <ol>
            {steps.map((step) => (
              <TraceStepLine key={step.name} step={step} begun={begun} />
            ))}
          </ol>
        )}
      </Section>
    </div>
  );
}

function Totals({ trace: { head, total, tokensIn, tokensOut } }: { trace: RunTrace }) {
  const lines: readonly (readonly [string, string])[] = [
    ["Model", total.models.join(", then ") || head.model],
    ["Model calls", formatNumber(total.modelCalls)],
    ["Tool calls", formatNumber(total.toolCalls)],
    ["Figures", formatNumber(total.figures)],
    ["Tokens in", formatNumber(tokensIn)],
    ["Tokens out", formatNumber(tokensOut)],
    ["Cost", costText(head.costMicros)],
    ["Time", secondsText(head.seconds ?? total.seconds)],
    ["Retries", formatNumber(total.retries)],
    ["Sent back to be mended", formatNumber(total.mends)],
    ["Refused", formatNumber(total.refusals)],
    ["Taken up again", formatNumber(total.repeats)],
  ];
  return (
    <Section title="What it took">
      <dl className="grid grid-cols-2 gap-x-8 gap-y-2 sm:grid-cols-3 lg:grid-cols-6">
        {lines.map(([name, text]) => (
          <div key={name} className="border-b border-line py-1">
            <dt className="text-sm text-muted">{name}</dt>
            <dd className="wrap-anywhere tabular-nums">{text}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
