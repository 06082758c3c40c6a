"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextLink } from "@/components/ui/link";
import { TextInput } from "@/components/ui/text-input";
import type { Hit } from "@/lib/data-room/queries/search";
import { onForm } from "../on-form";

/** Only among what this group may see. */
export function GuestSearch({ link }: { link: string }) {
  const [hits, setHits] = useState<Hit[] | null>(null);
  const [failed, setFailed] = useState(false);
  async function search(form: FormData) {
    const response = await fetch(`/room/${link}/search?${new URLSearchParams({ q: String(form.get("q")) })}`).catch(
      () => null,
    );
    setFailed(!response?.ok);
    setHits(response?.ok ? await response.json() : null);
  }
  return (
    <search className="grid gap-3">
      <form onSubmit={onForm(search)} className="flex flex-wrap items-end gap-2">
        <Field label="Search the documents" required className="min-w-0 grow">
          {(control) => <TextInput {...control} type="search" name="q" minLength={2} maxLength={200} />}
        </Field>
        <Button type="submit">Search</Button>
      </form>
      <div aria-live="polite">
        {failed ? <p>The search does not answer right now.</p> : null}
        {hits?.length === 0 ? <p className="text-muted">No document says that.</p> : null}
        <ol className="grid gap-2">
          {hits?.map((hit) => (
            <li key={hit.documentId} className="min-w-0">
              <TextLink href={`/room/${link}/documents/${hit.documentId}`}>
                {hit.number} {hit.title}
              </TextLink>
              <p className="text-sm break-words text-muted">{hit.snippet.map(({ text }) => text).join("")}</p>
            </li>
          ))}
        </ol>
      </div>
    </search>
  );
}
