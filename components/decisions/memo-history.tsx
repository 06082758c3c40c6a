import { Disclosure } from "@/components/ui/disclosure";
import type { MemoView, VerdictView } from "@/lib/decisions/queries/memo";
import { lookWords } from "@/lib/decisions/rules/condition-words";
import { formatMoment } from "@/lib/format";
import { conditionWords } from "./condition-words";
import { VERDICT_WORDS } from "./verdict-words";

type Line = { key: string; at: string; text: string; by: string; note: string; conditions: VerdictView["conditions"] };

/** Versions and verdicts in order: what was read, what was said. */
export function MemoHistory({ memo, zone }: { memo: MemoView; zone: string }) {
  const versions = memo.versions.map(
    (version): Line => ({
      ...{ key: `v${version.version}`, at: version.at, by: version.by, note: "", conditions: [] },
      text: `Version ${version.version}: ${version.reason.toLowerCase()}`,
    }),
  );
  const verdicts = memo.verdicts.map(
    (verdict): Line => ({
      ...{ key: `verdict${verdict.version}`, at: verdict.at, by: verdict.by, note: verdict.note },
      text: `${VERDICT_WORDS[verdict.verdict] ?? verdict.verdict}, on version ${verdict.version}`,
      conditions: verdict.conditions,
    }),
  );
  const lines = [...versions, ...verdicts].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return (
    <Disclosure summary={`History (${lines.length})`}>
      <ol className="grid gap-2">
        {lines.map((line) => (
          <li key={line.key}>
            <p>
              {line.text}{" "}
              <span className="text-muted">{` — ${line.by}, ${formatMoment(new Date(line.at), zone)}`}</span>
            </p>
            {line.note ? <p className="prose-width text-muted">“{line.note}”</p> : null}
            {line.conditions.map((condition) => (
              <p key={`${condition.metric} ${condition.comparator}`} className="text-muted">
                {conditionWords(condition, memo.venture.currency)}: {lookWords(condition.look)}
              </p>
            ))}
          </li>
        ))}
      </ol>
    </Disclosure>
  );
}
