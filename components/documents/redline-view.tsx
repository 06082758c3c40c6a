import type { Redline, RedlineLine } from "@/lib/documents/rules/redline";
import { plural } from "@/lib/format";

/** Two versions in one text. Told apart by the element, the line through or under it and the colour. */
export function RedlineView({ redline, from, to }: { redline: Redline; from: number; to: number }) {
  const { lines, inserted, deleted } = redline;
  if (inserted + deleted === 0) return <p className="text-muted">Both versions say the same.</p>;
  return (
    <div className="grid gap-3 prose-width">
      <p className="text-sm text-muted">
        From version {from} to {to}: {plural(inserted, "word")} added (underlined), {plural(deleted, "word")} removed
        (struck).
      </p>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two stored versions never change
        <Line key={index} line={line} />
      ))}
    </div>
  );
}

const HEADS: Readonly<Record<string, string>> = { title: "headline text-2xl", heading: "headline mt-3 text-lg" };

function Line({ line: { kind, label, changes } }: { line: RedlineLine }) {
  return (
    <p className={HEADS[kind] ?? (kind === "sub-clause" ? "pl-8" : undefined)}>
      {label ? <span className="mr-2">{label}</span> : null}
      {changes.map(({ op, text }, index) => {
        const key = `${index}${op}`;
        if (op === "keep") return <span key={key}>{text}</span>;
        if (op === "delete")
          return (
            <del key={key} className="text-muted decoration-critical">
              {text}
            </del>
          );
        return (
          <ins key={key} className="bg-selected decoration-accent underline-offset-3">
            {text}
          </ins>
        );
      })}
    </p>
  );
}
