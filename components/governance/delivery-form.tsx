"use client";

import { type FormEvent, useState } from "react";
import { ShownOnce } from "@/components/settings/shown-once";
import { useChange } from "@/components/settings/use-change";
import { ActionProblem } from "@/components/ui/action-problem";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { chooseDelivery, renewSecret } from "@/lib/governance/actions";
import type { DeliveryKind } from "@/lib/governance/schema";
import { GOVERNANCE_REFUSALS } from "./governance-words";

type Delivery = { kind: DeliveryKind; version: number; url: string | null; answers: boolean };
const KINDS = [
  { value: "folder", label: "the folder" },
  { value: "webhook", label: "a signed webhook" },
];

/** Where handoffs go from now on. */
export function DeliveryForm({ delivery }: { delivery: Delivery }) {
  const [kind, setKind] = useState<DeliveryKind>(delivery.kind);
  const [url, setUrl] = useState(delivery.url ?? "");
  const [secret, setSecret] = useState<string | null>(null);
  const { busy, refusal, problemAt, run, dialog } = useChange();
  async function submit(event: FormEvent) {
    event.preventDefault();
    const { version } = delivery;
    const call = () => chooseDelivery(kind === "webhook" ? { kind, version, url } : { kind, version });
    const done = await run(call, "Handoffs go there from now on.");
    if (done) setSecret(done.value.secret);
  }
  return (
    <form onSubmit={submit} aria-label="Where handoffs go" className="grid grid-cols-1 gap-3">
      <ActionProblem code={refusal} sentences={GOVERNANCE_REFUSALS} word="not kept" />
      <div className="flex flex-wrap items-end gap-3">
        <Field label="Handoffs go to">
          {(control) => (
            <Select
              {...control}
              options={KINDS}
              value={kind}
              onChange={(event) => setKind(event.target.value as DeliveryKind)}
            />
          )}
        </Field>
        {kind === "webhook" ? (
          <Field label="Address" required error={problemAt("url")} className="min-w-0 flex-1 basis-72">
            {(control) => (
              <TextInput
                {...control}
                type="url"
                maxLength={500}
                placeholder="https://governance.example/hooks/chairman"
                value={url}
                onChange={(event) => setUrl(event.target.value)}
              />
            )}
          </Field>
        ) : null}
        <Button type="submit" busy={busy}>
          Keep it
        </Button>
      </div>
      {secret ? (
        <ShownOnce
          what="The secret with which each handoff is signed (HMAC-SHA256 of “time.body”). Give it to the receiver."
          secret={secret}
          onDone={() => setSecret(null)}
        />
      ) : null}
      {dialog}
    </form>
  );
}

/** The secret of the route by which governance answers. */
export function AnswerSecret({ delivery }: { delivery: Delivery }) {
  const [secret, setSecret] = useState<string | null>(null);
  const { refusal, run, dialog } = useChange();
  async function renew() {
    const done = await run(() => renewSecret({ version: delivery.version }), "There is a new secret.");
    if (done) setSecret(done.value.secret);
  }
  return (
    <div className="grid grid-cols-1 gap-3">
      <ActionProblem code={refusal} sentences={GOVERNANCE_REFUSALS} />
      <div>
        {delivery.answers ? (
          <ConfirmDialog
            title="Make a new secret?"
            description="The one before it opens nothing any more, at once."
            confirmLabel="Make a new one"
            danger
            trigger={<Button>Make a new secret</Button>}
            onConfirm={renew}
          />
        ) : (
          <Button onClick={renew}>Make a secret</Button>
        )}
      </div>
      {secret ? (
        <ShownOnce
          what="The secret with which governance signs its answers (header x-chairman-signature). Give it to the sender."
          secret={secret}
          onDone={() => setSecret(null)}
        />
      ) : null}
      {dialog}
    </div>
  );
}
