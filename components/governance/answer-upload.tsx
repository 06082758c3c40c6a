"use client";

import { type ChangeEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { errorSentence } from "@/components/ui/error-sentence";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { plural } from "@/lib/format";
import { lookIntoFolder, takeInDocument } from "@/lib/governance/actions";
import { GOVERNANCE_REFUSALS } from "./governance-words";

const LARGEST = 600_000;

/** An answer of governance: a file in hand, or what lies in the inbox folder. Judged against its schema before it is kept. */
export function AnswerUpload({ mayReadFolder }: { mayReadFolder: boolean }) {
  const [said, setSaid] = useState<string | null>(null);
  const { busy, refusal, problems, run, dialog } = useChange();
  async function choose(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    event.target.value = "";
    if (!file) return;
    setSaid(null);
    if (file.size > LARGEST) return setSaid("The file is larger than 600 kB. Nothing was kept.");
    const text = await file.text();
    const done = await run(() => takeInDocument({ text }));
    if (!done) return;
    const { fresh, learnings } = done.value;
    setSaid(
      fresh
        ? `The answer is kept${learnings.length > 0 ? `, with ${plural(learnings.length, "learning")}: ${learnings.join(", ")}` : ""}.`
        : "This answer was here already; nothing changed.",
    );
  }
  async function look() {
    setSaid(null);
    const done = await run(() => lookIntoFolder({}));
    if (!done) return;
    const { taken, known, refused } = done.value;
    setSaid(
      taken + known + refused === 0
        ? "No document lies in the folder."
        : `${plural(taken, "answer")} taken in, ${known} known already, ${refused} refused.`,
    );
  }
  return (
    <div className="grid grid-cols-1 gap-3">
      <div className="flex flex-wrap items-end gap-3">
        <Field label="An answer (JSON file)">
          {(control) => (
            <input
              {...control}
              type="file"
              accept="application/json,.json"
              onChange={choose}
              className="max-w-full text-sm"
            />
          )}
        </Field>
        {mayReadFolder ? (
          <Button busy={busy} onClick={look}>
            Look into the folder
          </Button>
        ) : null}
      </div>
      {refusal ? (
        <Notice level="critical" word="not kept">
          {errorSentence(refusal, GOVERNANCE_REFUSALS)}
          <ul className="list-disc pl-5 text-sm">
            {problems.map(({ path, expected }) => (
              <li key={`${path} ${expected}`}>
                {path ? `${path}: ` : ""}
                {expected}
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <p role="status">{said}</p>
      {dialog}
    </div>
  );
}
