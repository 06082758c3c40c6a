import { FigureValue } from "@/components/figures/figure-value";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { formatMoment } from "@/lib/format";
import type { DirectiveView } from "@/lib/governance/queries";
import { AnswerLines, HandoffLine } from "./handoff-line";

type DirectiveListProps = { directives: readonly DirectiveView[]; zone: string; mayExchange: boolean };

/** What fired, newest first: which trigger, why, on which numbers, and where its document is. */
export function DirectiveList({ directives, zone, mayExchange }: DirectiveListProps) {
  if (directives.length === 0)
    return (
      <EmptyState title="No directive yet">
        A growth lever that pays off, an exit opportunity, a valuation milestone or the right moment of the market
        writes one here, once for each cause, and hands it over to governance.
      </EmptyState>
    );
  return (
    <ol className="grid grid-cols-1">
      {directives.map((directive) => (
        <li key={directive.id} id={directive.number} className="grid grid-cols-1 gap-1 border-b border-line py-3">
          <Head directive={directive} zone={zone} />
          <p className="prose-width text-muted">{directive.cause}</p>
          {directive.evidence.length > 0 ? (
            <ul className="flex flex-wrap gap-x-6 gap-y-1">
              {directive.evidence.map((figure) => (
                <li key={figure.id}>
                  <span className="text-sm text-muted">{figure.label}</span> <FigureValue figure={figure} />
                </li>
              ))}
            </ul>
          ) : null}
          {directive.handoff ? <HandoffLine handoff={directive.handoff} zone={zone} mayExchange={mayExchange} /> : null}
          <AnswerLines answers={directive.answers} zone={zone} />
        </li>
      ))}
    </ol>
  );
}

function Head({ directive, zone }: { directive: DirectiveView; zone: string }) {
  const { number, trigger, name, mode, title, instruction, firedAt, endedAt, occurrence } = directive;
  return (
    <div>
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-sm text-muted">
        <span>
          {number} · {trigger}, {name}
        </span>
        <Badge>{mode}</Badge>
        <span>{formatMoment(firedAt, zone)}</span>
        {occurrence > 1 ? <span>fired {occurrence} times</span> : null}
        {endedAt ? <span>its cause was over {formatMoment(endedAt, zone)}</span> : null}
      </p>
      <h3 className="font-medium">
        {title}. <span className="font-normal">{instruction}</span>
      </h3>
    </div>
  );
}
