"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { errorSentence } from "@/components/ui/error-sentence";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import { setWeeklyZone } from "@/lib/reports/actions/weekly";

const REFUSALS: Readonly<Record<string, string>> = {
  NO_SUCH_ZONE: "There is no such time zone. Write it as in “Europe/Zurich”.",
  CHANGED_SINCE: "Somebody changed it since you opened the page. Reload to see it.",
};

/** Where the holding's weeks begin and end; what was written keeps its zone. */
export function ZoneForm({ timeZone, version }: { timeZone: string; version: number }) {
  const router = useRouter();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const zone = String(new FormData(event.currentTarget).get("timeZone")).trim();
    setBusy(true);
    const outcome = await setWeeklyZone({ timeZone: zone, version }).catch(() => null);
    setBusy(false);
    if (!outcome?.ok) return setRefusal(outcome?.refusal ?? "UNAVAILABLE");
    setRefusal(null);
    toast({ text: `Weeks end on Sunday at midnight, ${zone}.` });
    router.refresh();
  }
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-3" data-print="none">
      <Field
        label="Weeks end on Sunday at midnight in"
        error={refusal ? (REFUSALS[refusal] ?? errorSentence(refusal)) : null}
      >
        {(control) => <TextInput name="timeZone" defaultValue={timeZone} maxLength={60} {...control} />}
      </Field>
      <Button type="submit" busy={busy}>
        Set the zone
      </Button>
    </form>
  );
}
