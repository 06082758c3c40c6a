"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { writeDocument } from "@/lib/documents/actions";
import type { DocumentsPage } from "@/lib/documents/queries/documents";
import { DOCUMENT_KINDS, KIND_NAMES, kindOfDocument } from "@/lib/documents/schema";
import { DocumentProblem } from "./document-problem";

const FIRST = { kind: "loi", offer: "", about: "" };

/** Chooses what is written, to whom and from which terms. */
export function WriteDialog({ page: { venture, deals, tranches } }: { page: DocumentsPage }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [values, setValues] = useState({ ...FIRST, deal: deals[0]?.id ?? "" });
  const { busy, refusal, problems, run, dialog } = useChange();
  const set = (more: Partial<typeof values>) => setValues((before) => ({ ...before, ...more }));
  const kind = kindOfDocument(values.kind);
  const offers = deals.find(({ id }) => id === values.deal)?.offers ?? [];
  const offer = offers.find(({ offerId, version }) => `${offerId}:${version}` === values.offer) ?? null;
  const subjects =
    kind === "distribution-notice"
      ? { label: "Holder", options: offer?.holders ?? [] }
      : kind === "release-letter"
        ? { label: "Tranche", options: tranches.map(({ id, label }) => ({ id, name: label })) }
        : null;
  async function submit(event: FormEvent) {
    event.preventDefault();
    const from = offer && { offerId: offer.offerId, version: offer.version };
    const about = subjects && values.about ? values.about : null;
    const done = await run(() => writeDocument({ dealId: values.deal, kind, offer: from, about }), "It is written.");
    if (!done) return;
    setOpen(false);
    router.push(`/ventures/${venture.slug}/deal/documents/${done.value.documentId}`);
  }
  return (
    <Dialog
      title="Write a document"
      description="From the newest template and what is stored now. What is missing is marked."
      trigger={<Button variant="primary">Write</Button>}
      open={open}
      onOpenChange={setOpen}
    >
      <form onSubmit={submit} className="grid grid-cols-1 gap-3">
        <Field label="Document">
          {(control) => (
            <Select
              {...control}
              options={DOCUMENT_KINDS.map((value) => ({ value, label: KIND_NAMES[value] }))}
              value={values.kind}
              onChange={(event) => set({ kind: event.target.value, about: "" })}
            />
          )}
        </Field>
        <Field label="Bidder">
          {(control) => (
            <Select
              {...control}
              options={deals.map(({ id, bidder }) => ({ value: id, label: bidder }))}
              value={values.deal}
              onChange={(event) => set({ deal: event.target.value, offer: "", about: "" })}
            />
          )}
        </Field>
        <Field label="Terms" hint="Clauses stand in the document where these terms have them.">
          {(control) => (
            <Select
              {...control}
              placeholder="No offer"
              options={offers.map(({ offerId, version, label }) => ({ value: `${offerId}:${version}`, label }))}
              value={values.offer}
              onChange={(event) => set({ offer: event.target.value, about: "" })}
            />
          )}
        </Field>
        {subjects ? (
          <Field label={subjects.label}>
            {(control) => (
              <Select
                {...control}
                placeholder="Nobody named"
                options={subjects.options.map(({ id, name }) => ({ value: id, label: name }))}
                value={values.about}
                onChange={(event) => set({ about: event.target.value })}
              />
            )}
          </Field>
        ) : null}
        <DocumentProblem code={refusal} problems={problems} />
        <div>
          <Button type="submit" variant="primary" busy={busy}>
            Write it
          </Button>
        </div>
      </form>
      {dialog}
    </Dialog>
  );
}
