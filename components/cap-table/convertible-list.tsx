import { Disclosure } from "@/components/ui/disclosure";
import { Notice } from "@/components/ui/notice";
import type { ConvertibleView } from "@/lib/cap-table/rules/view";
import { formatExactMoney, formatNumber } from "@/lib/format";
import { ConvertibleForm } from "./convertible-form";
import { percentText } from "./percent-text";

type ConvertibleListProps = { ventureId: string; convertibles: readonly ConvertibleView[]; mayAnswer: boolean };

/** SAFEs and notes with their terms; those without any come first, because no proceeds can be split before. */
export function ConvertibleList({ ventureId, convertibles, mayAnswer }: ConvertibleListProps) {
  if (convertibles.length === 0) return null;
  const open = convertibles.filter(({ terms }) => terms === null);
  return (
    <section aria-label="SAFEs and notes" className="grid gap-2 *:min-w-0">
      <h3 className="text-sm font-medium">SAFEs and notes</h3>
      {open.length > 0 ? (
        <Notice level="warning" word="terms missing">
          No proceeds can be split until these have their terms:{" "}
          {open.map(({ id, label }, i) => (
            <span key={id}>
              {i > 0 ? ", " : null}
              <a href={`#${anchorOf(id)}`} className="text-accent underline decoration-line underline-offset-3">
                {label}
              </a>
            </span>
          ))}
          {mayAnswer ? "." : ". An analyst gives them."}
        </Notice>
      ) : null}
      {[...open, ...convertibles.filter(({ terms }) => terms !== null)].map((convertible) => (
        <div key={convertible.id} id={anchorOf(convertible.id)}>
          <Disclosure open={convertible.terms === null && mayAnswer} summary={summaryOf(convertible)}>
            {mayAnswer ? (
              <ConvertibleForm
                key={JSON.stringify(convertible.terms)}
                ventureId={ventureId}
                convertible={convertible}
              />
            ) : (
              <p className="text-muted">
                {convertible.terms ? `Read in: ${convertible.terms.evidence}` : "Not read yet."}
              </p>
            )}
          </Disclosure>
        </div>
      ))}
    </section>
  );
}

export const anchorOf = (securityId: string): string => `convertible-${encodeURIComponent(securityId)}`;

function summaryOf({ label, amount, currency, terms, from }: ConvertibleView): string {
  const money = (value: string) => (currency ? formatExactMoney(value, currency) : formatNumber(value));
  if (!terms) return `${label}, ${money(amount)}: terms missing`;
  const parts = [
    terms.valuationCap ? `cap ${money(terms.valuationCap)}` : "no cap",
    terms.discountRatio ? `${percentText(terms.discountRatio)} % off` : null,
    terms.mostFavoured ? "most favoured" : null,
    terms.interestRatio ? `${percentText(terms.interestRatio)} % interest` : null,
    terms.maturesOn ? `matures on ${terms.maturesOn}` : null,
    terms.onExit === "repaid" ? "money back only" : null,
  ].filter(Boolean);
  return `${label}, ${money(amount)}: ${parts.join(", ")}${from === "package" ? " (as the package says)" : ""}`;
}
