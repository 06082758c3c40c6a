"use client";

import { type FormEvent, useState } from "react";
import { Problem } from "@/components/auth/problem";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { setOwnDigest } from "@/lib/decisions/actions/inbox";
import type { DigestView } from "@/lib/decisions/queries/digest";
import { FREQUENCIES, type Frequency } from "@/lib/decisions/schema/inbox";
import { useChange } from "./use-change";

const WORDS: Readonly<Record<Frequency, string>> = {
  daily: "Every day",
  weekly: "Once a week, on Monday",
  off: "Never",
};
const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, "0")}:00`,
}));

/** How often what waits, what is new and what one was asked to read comes by letter. */
export function DigestForm({ digest, last }: { digest: DigestView; last: string | null }) {
  const [frequency, setFrequency] = useState<Frequency>(digest.frequency);
  const [hour, setHour] = useState(String(digest.hour));
  const { busy, refusal, run, dialog } = useChange();
  function submit(event: FormEvent) {
    event.preventDefault();
    void run(() => setOwnDigest({ frequency, hour: Number(hour) }), "Saved.");
  }
  return (
    <form onSubmit={submit} className="grid max-w-md gap-4" aria-label="Digest by e-mail">
      <p className="text-muted">
        Decisions that wait, memos that you were asked to read, suspended approvals and new alerts, in one letter. Its
        links open the pages; nothing is decided from a letter.
      </p>
      {digest.canMail ? null : <p className="font-medium">No mail server is set up, so nothing is sent.</p>}
      <Problem code={refusal} />
      <Field label="How often">
        {(control) => (
          <Select
            {...control}
            options={FREQUENCIES.map((value) => ({ value, label: WORDS[value] }))}
            value={frequency}
            onChange={(event) => setFrequency(FREQUENCIES.find((one) => one === event.target.value) ?? "off")}
          />
        )}
      </Field>
      <Field label="From this hour on" hint={`Clocks of ${digest.zone}, as the weekly report has them.`}>
        {(control) => (
          <Select {...control} options={HOURS} value={hour} onChange={(event) => setHour(event.target.value)} />
        )}
      </Field>
      <p className="text-sm text-muted">{last ? `The last one: ${last}.` : "None was sent yet."}</p>
      <div>
        <Button type="submit" busy={busy} disabled={frequency === digest.frequency && Number(hour) === digest.hour}>
          Save the digest
        </Button>
      </div>
      {dialog}
    </form>
  );
}
