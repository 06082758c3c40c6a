import { FigureValue, type FigureView } from "@/components/figures/figure-value";
import { InitiativeLetter } from "@/components/growth/initiative-letter";
import { Badge } from "@/components/ui/badge";
import type { MemoContent } from "@/lib/decisions/schema";
import { MemoText } from "./memo-text";

type MemoOptionsProps = {
  content: MemoContent;
  figures: Readonly<Record<string, FigureView>>;
  /** As it stands in what an option would send outside. */
  venture: string;
};

/** Each option with its consequences as figures; doing nothing is always one of them. */
export function MemoOptions({ content, figures, venture }: MemoOptionsProps) {
  return (
    <ol className="grid">
      {content.options.map((option, index) => (
        <li key={option.id} className="border-b border-line py-2 first:pt-0 last:border-0">
          <p className="flex flex-wrap items-baseline gap-x-2 font-medium">
            <span className="text-muted">{index + 1}</span> {option.title}
            {option.id === content.recommendedOption ? <Badge>recommended</Badge> : null}
          </p>
          {option.consequences.length > 0 ? (
            <dl className="mt-1 flex flex-wrap gap-x-6 gap-y-1">
              {option.consequences.map(({ label, figure }) => (
                <div key={label} className="flex flex-wrap items-baseline gap-x-2">
                  <dt className="text-sm text-muted">{label}</dt>
                  <dd className="font-medium">
                    <Consequence figure={figures[figure]} />
                  </dd>
                </div>
              ))}
            </dl>
          ) : null}
          {option.text ? (
            <p className="mt-1 prose-width text-muted">
              <MemoText text={option.text} figures={figures} />
            </p>
          ) : null}
          {option.action?.type === "growth.start-initiative" ? (
            <InitiativeLetter venture={venture} action={option.action} />
          ) : null}
        </li>
      ))}
    </ol>
  );
}

function Consequence({ figure }: { figure: FigureView | undefined }) {
  return figure ? <FigureValue figure={figure} /> : <span>unknown</span>;
}
