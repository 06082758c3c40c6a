import { recordHref } from "@/components/autonomy/words";
import { TextLink } from "@/components/ui/link";
import type { MemoRecord } from "@/lib/decisions/queries/autonomy/memo-record";
import type { PolicyResult } from "@/lib/decisions/rules/policy";
import { formatRatio, plural } from "@/lib/format";

type RecordLineProps = { record: MemoRecord | null; policy: PolicyResult };

/** How this agent's earlier proposals of the kind were answered, what it stated, what auto would have said, and why it is here. */
export function RecordLine({ record, policy }: RecordLineProps) {
  return (
    <div className="grid gap-1 prose-width">
      {record ? (
        <>
          <Answered record={record.record} />
          <Stated record={record} />
          <p>{shadowWords(record.shadow)}</p>
        </>
      ) : (
        <p>No agent proposed it, so there is no record to hold against it.</p>
      )}
      <p className="text-muted">Why it is here: {policy.sentence}</p>
    </div>
  );
}

function Answered({ record: { agent, actionClass, answers, reversed } }: Pick<MemoRecord, "record">) {
  const counts: readonly (readonly [number, string])[] = [
    [answers["as-proposed"], "approved as proposed"],
    [answers.amended, "amended (a condition or another option)"],
    [answers.refused, "refused"],
    [answers.automatic, "carried out by itself"],
    [reversed, "reversed since"],
  ];
  const parts = counts.flatMap(([count, words]) => (count > 0 ? [`${count} ${words}`] : []));
  const total = answers["as-proposed"] + answers.amended + answers.refused + answers.automatic;
  return (
    <p>
      {total > 0
        ? `Of ${plural(total, "proposal")} of this kind decided so far: ${parts.join(", ")}.`
        : "No proposal of this kind has been decided yet."}{" "}
      <TextLink href={recordHref(agent, actionClass)}>Its record</TextLink>
    </p>
  );
}

/** By rule, not a model's word; with the numbers that it is made of. */
function Stated({ record: { stated, record } }: { record: MemoRecord }) {
  if (!stated) return <p className="text-muted">No confidence was stated when it was written.</p>;
  const { probability, right, settled } = stated;
  return (
    <p>
      Stated confidence {formatRatio(probability, { decimals: 0 })}
      <span className="text-muted">
        {": "}
        {settled > 0
          ? `${right} of its last ${plural(settled, "settled proposal")} of this kind ${right === 1 ? "was" : "were"} right, so (${right} + 1) ÷ (${settled} + 2).`
          : "without a settled proposal of this kind it says neither yes nor no, (0 + 1) ÷ (0 + 2)."}
        {record.brier === null ? null : ` Brier score so far ${record.brier.toFixed(3)}, where a coin scores 0.25.`}
      </span>
    </p>
  );
}

function shadowWords(shadow: PolicyResult | null): string {
  if (!shadow) return "What auto would have said was not asked when it was written.";
  if (shadow.outcome === "execute") return "At auto it would have been carried out without you.";
  return `At auto it would have come to you all the same. ${shadow.sentence}`;
}
