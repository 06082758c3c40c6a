"use client";

import { useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { errorSentence } from "@/components/ui/error-sentence";
import { Field } from "@/components/ui/field";
import { loadBuyers, previewBuyers } from "@/lib/buyers/actions";
import { plural } from "@/lib/format";
import { BUYER_SENTENCES } from "./buyer-words";

type Looked = Awaited<ReturnType<typeof previewBuyers>>;

const COLUMNS =
  "name, kind, as_of and source; also country, website, sectors, currency, cash, debt, ebitda, deals_36m, and a claim as overlap, overlap_claim, overlap_tier (likewise appetite, speed, relationship, capacity, antitrust)";

/** A list as CSV: what it would add is said before it does; one bad row, and nothing is taken. */
export function BuyersUpload({ ventureId }: { ventureId: string }) {
  const [csv, setCsv] = useState("");
  const [looked, setLooked] = useState<Looked | null>(null);
  const { busy, refusal, run, dialog } = useChange();
  async function choose(file: File) {
    const text = await file.text();
    setCsv(text);
    setLooked(await previewBuyers({ ventureId, csv: text }));
  }
  async function load() {
    if (await run(() => loadBuyers({ ventureId, csv }), "The list is loaded.")) setLooked(null);
  }
  return (
    <div className="grid gap-3">
      <Field label="CSV file" hint={`Columns: ${COLUMNS}`}>
        {(control) => (
          <input
            {...control}
            type="file"
            accept=".csv,text/csv"
            className="max-w-full text-sm"
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              if (file) void choose(file);
            }}
          />
        )}
      </Field>
      <div role="status">{looked?.ok ? <Promised {...looked.value} /> : null}</div>
      {looked && !looked.ok ? <Problems looked={looked} /> : null}
      {refusal ? <p role="alert">{errorSentence(refusal, BUYER_SENTENCES)}</p> : null}
      {looked?.ok ? (
        <div>
          <Button variant="primary" busy={busy} onClick={load}>
            Load the list
          </Button>
        </div>
      ) : null}
      {dialog}
    </div>
  );
}

const Promised = ({ rows, added, known, claims }: { rows: number; added: number; known: number; claims: number }) => (
  <p>{`${plural(rows, "buyer")}: ${added} new, ${known} on the list already, ${plural(claims, "claim")}.`}</p>
);

function Problems({ looked }: { looked: Extract<Looked, { ok: false }> }) {
  return (
    <div role="alert">
      <p className="font-medium text-critical-text">{errorSentence(looked.refusal, BUYER_SENTENCES)}</p>
      <ul>
        {looked.problems?.map(({ path, expected }) => (
          <li key={`${path}-${expected}`}>{`${path}: expected ${expected}`}</li>
        ))}
      </ul>
    </div>
  );
}
