"use client";

import { useState } from "react";
import { FigureValue } from "@/components/figures/figure-value";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { Level } from "@/components/ui/level";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { Textarea } from "@/components/ui/textarea";
import { askRelease } from "@/lib/closing/actions";
import type { ClosingView } from "@/lib/closing/queries/closing";
import { formatDay } from "@/lib/format";
import { ClosingDialog } from "./closing-dialog";

const COUNTING = ["days", "target", "spare"];
const SHOWN = [
  ["days", "to the earliest closing"],
  ["target", "to the expected closing"],
  ["spare", "to spare"],
  ["open-conditions", "open conditions"],
  ["overdue", "overdue"],
  ["unheld", "signatures not held"],
] as const;

/** How far it is: days to close, the longest chain, and what the release waits for. */
export function ClosingHead({ closing, mayAsk }: { closing: ClosingView; mayAsk: boolean }) {
  const { bidder, figures, earliestOn, target, path, unknown, ready, released, missing } = closing;
  const days = released
    ? "closed"
    : `${earliestOn ? `Earliest ${formatDay(earliestOn)}` : "Earliest day unknown"}, expected ${target ? formatDay(target) : "on no day yet"}`;
  return (
    <Section title={`Closing with ${bidder}`} aside={days}>
      <div className="grid gap-4 *:min-w-0">
        <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-3 lg:grid-cols-6">
          {SHOWN.filter(([part]) => !released || !COUNTING.includes(part)).map(([part, label]) => {
            const figure = figures[part];
            return (
              <div key={part} className="flex flex-col-reverse justify-end">
                <dt className="text-sm text-muted">{label}</dt>
                <dd className="text-lg">{figure ? <FigureValue figure={figure} /> : "unknown"}</dd>
              </div>
            );
          })}
        </dl>
        <p>
          <span className="text-muted">Critical path: </span>
          {path.length > 0 ? path.map(({ title }) => title).join(" → ") : "nothing is open, or it is not known"}
        </p>
        {unknown.length > 0 ? (
          <Notice level="warning" word="unknown">
            Neither days nor a due date: {unknown.map(({ title }) => title).join("; ")}.
          </Notice>
        ) : null}
        <Release closing={closing} state={{ ready, released }} mayAsk={mayAsk} />
        {missing.length > 0 && !released ? (
          <Disclosure summary="What the release of signatures waits for">
            <ul className="list-disc pl-5">
              {missing.map(({ kind, text }) => (
                <li key={`${kind} ${text}`}>
                  {kind}: {text}
                </li>
              ))}
            </ul>
          </Disclosure>
        ) : null}
      </div>
    </Section>
  );
}

type ReleaseProps = { closing: ClosingView; state: { ready: boolean; released: boolean }; mayAsk: boolean };

function Release({ closing, state: { ready, released }, mayAsk }: ReleaseProps) {
  const [reason, setReason] = useState("");
  const { dealId, version } = closing;
  return (
    <div className="flex flex-wrap items-center gap-4">
      {released ? (
        <Level level="excellent" word="signatures released" />
      ) : (
        <Level level={ready ? "healthy" : "warning"} word={ready ? "ready to close" : "not ready to close"} />
      )}
      {ready && !released && mayAsk ? (
        <ClosingDialog
          title="Ask to release all signatures?"
          description="The chairman decides. All documents take effect together; it cannot be undone."
          trigger={<Button variant="primary">Ask to release</Button>}
          submit="Ask the chairman"
          done="The chairman is asked."
          send={() => askRelease({ dealId, version, reason })}
        >
          {(problemAt) => (
            <Field label="Why now" required error={problemAt("reason")}>
              {(control) => (
                <Textarea {...control} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />
              )}
            </Field>
          )}
        </ClosingDialog>
      ) : null}
    </div>
  );
}
