"use client";

import { useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { Textarea } from "@/components/ui/textarea";
import { askSend, writeStatus } from "@/lib/closing/actions";
import type { ClosingView } from "@/lib/closing/queries/closing";
import { isSettled } from "@/lib/closing/rules/checklist";
import { statusLetter } from "@/lib/closing/rules/status-letter";
import { formatDay } from "@/lib/format";
import { ClosingDialog } from "./closing-dialog";
import { recipientsOf } from "./closing-lines";
import { ClosingProblem } from "./closing-problem";

type StatusProps = {
  closing: ClosingView;
  venture: { slug: string; name: string };
  today: string;
  mayEdit: boolean;
  mayAsk: boolean;
};

/** Where the deal stood, written down; sent to somebody only by a decision of the chairman. */
export function StatusUpdates({ closing, venture, today, mayEdit, mayAsk }: StatusProps) {
  const { dealId, reports } = closing;
  const { busy, refusal, problems, run, dialog } = useChange();
  const [newest] = reports;
  return (
    <Section title="Status updates">
      <div className="grid gap-3">
        {reports.length === 0 ? (
          <p className="text-muted">None is written yet. One keeps what is open, late and signed as it stands today.</p>
        ) : (
          <ul className="grid gap-1">
            {reports.map(({ id, version, createdAt }) => (
              <li key={id}>
                <TextLink href={`/ventures/${venture.slug}/deal/reports/${id}`}>{`Version ${version}`}</TextLink>
                <span className="text-muted">, {formatDay(createdAt.slice(0, 10))}</span>
              </li>
            ))}
          </ul>
        )}
        <div className="flex flex-wrap gap-2 empty:hidden">
          {mayEdit ? (
            <Button busy={busy} onClick={() => run(() => writeStatus({ dealId }), "The status update is stored.")}>
              Write a status update
            </Button>
          ) : null}
          {mayAsk && newest ? (
            <SendDialog
              key={newest.id}
              {...{ closing, artefactId: newest.id }}
              draft={draftOf(closing, venture.name, today)}
            />
          ) : null}
        </div>
        <ClosingProblem code={refusal} problems={problems} />
        {dialog}
      </div>
    </Section>
  );
}

const draftOf = (closing: ClosingView, venture: string, today: string): string => {
  const { bidder, released, ready, earliestOn, target, items, path, signatures } = closing;
  const titles = (some: ClosingView["items"]) => some.map(({ task }) => task.title);
  return statusLetter({
    ...{ venture, bidder, today, released, ready, earliestOn, target },
    openConditions: titles(items.filter((one) => one.task.condition !== null && !isSettled(one))),
    overdue: titles(items.filter(({ overdue }) => overdue)),
    path: path.map(({ title }) => title),
    signaturesOpen: signatures.filter(({ state }) => state !== "held" && state !== "released").length,
  });
};

type SendProps = { closing: ClosingView; artefactId: string; draft: string };

function SendDialog({ closing: { dealId, bidder }, artefactId, draft }: SendProps) {
  const [names, setNames] = useState("");
  const [message, setMessage] = useState(draft);
  return (
    <ClosingDialog
      title="Ask to send a status update?"
      description={`The chairman decides. These words, and no others, go to the people you name about the closing with ${bidder}.`}
      trigger={<Button>Ask to send</Button>}
      submit="Ask the chairman"
      done="The chairman is asked."
      send={() => askSend({ dealId, artefactId, recipients: recipientsOf(names), message })}
    >
      {(problemAt) => (
        <>
          <Field
            label="To"
            required
            hint="One on each line: Ada Lind <ada@example.com>"
            error={problemAt("recipients") ?? problemAt("recipients.0.email")}
          >
            {(control) => (
              <Textarea {...control} rows={3} value={names} onChange={(event) => setNames(event.target.value)} />
            )}
          </Field>
          <Field label="What is written to them" required error={problemAt("message")}>
            {(control) => (
              <Textarea {...control} rows={6} value={message} onChange={(event) => setMessage(event.target.value)} />
            )}
          </Field>
        </>
      )}
    </ClosingDialog>
  );
}
