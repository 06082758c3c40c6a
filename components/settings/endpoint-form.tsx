"use client";

import { type FormEvent, useState } from "react";
import { InitiativeProblem } from "@/components/growth/initiative-problem";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { openWayOut } from "@/lib/growth/actions/initiatives";
import { ShownOnce } from "./shown-once";
import { useChange } from "./use-change";

/** A new address that may be called; its secret is shown once. */
export function EndpointForm({ ventures }: { ventures: readonly { id: string; name: string }[] }) {
  const [name, setName] = useState("");
  const [url, setUrl] = useState("");
  const [ventureId, setVentureId] = useState("");
  const [secret, setSecret] = useState<string | null>(null);
  const { busy, refusal, run, dialog } = useChange();
  async function submit(event: FormEvent) {
    event.preventDefault();
    const made = await run(() => openWayOut({ name, url, ventureId: ventureId || null }), "The address is kept.");
    if (!made) return;
    setSecret(made.value.secret);
    setName("");
    setUrl("");
  }
  return (
    <form onSubmit={submit} className="grid grid-cols-1 gap-4" aria-label="Add an address">
      <p className="prose-width text-muted">
        When the chairman approves an initiative, its title, budget and milestones can be sent to a task tracker or
        another system. The memo names every address and what it is sent; nothing goes out without the chairman's
        approval.
      </p>
      <div className="flex flex-wrap items-end gap-3">
        <Field label="Name" required>
          {(control) => (
            <TextInput {...control} maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
        <Field label="Address" required className="min-w-0 flex-1 basis-72">
          {(control) => (
            <TextInput
              {...control}
              type="url"
              maxLength={500}
              placeholder="https://tracker.example/hooks/chairman"
              value={url}
              onChange={(event) => setUrl(event.target.value)}
            />
          )}
        </Field>
        <Field label="For">
          {(control) => (
            <Select
              {...control}
              placeholder="Every venture"
              options={ventures.map(({ id, name: label }) => ({ value: id, label }))}
              value={ventureId}
              onChange={(event) => setVentureId(event.target.value)}
            />
          )}
        </Field>
        <Button type="submit" busy={busy}>
          Add the address
        </Button>
      </div>
      <InitiativeProblem code={refusal} />
      {secret ? (
        <ShownOnce
          what="The secret with which each call is signed (HMAC-SHA256 of “time.body”). Give it to the receiver."
          secret={secret}
          onDone={() => setSecret(null)}
        />
      ) : null}
      {dialog}
    </form>
  );
}
